import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { type Refusal, refusalWords } from "../../words/refusals.ts";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { moveTicket } from "../../api/helpdesk/actions/move-ticket.ts";
import type { Move } from "../../api/helpdesk/ticket.ts";
import { newId } from "../../api/kernel/id.ts";
import { deskPage, snapshotCursor } from "../desk-page.ts";
import { html } from "../html.ts";
import { readRows } from "../inbox/queries.ts";
import { rowChange } from "../inbox/row.ts";
import { paths } from "../paths.ts";
import { problemPage } from "../problem/page.ts";
import { type Screen, type Visit, wantsPart } from "../visit.ts";
import { entryChange, statusChange } from "./changes.ts";
import { type Composer, problemLine } from "./composer.ts";
import { conversationPane, olderEntries } from "./pane.ts";
import { readConversation, readEntry, readOlder } from "./queries.ts";

/** The addresses of one conversation: its page or pane, older messages, and what an agent does to it. */
export function conversationRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  const at = "/portal/conversations/:id";
  router.get(at, signedIn((ctx, visit) => showConversation(ctx, visit)));
  router.get(`${at}/messages`, signedIn(showOlder));
  router.post(`${at}/messages`, signedIn(send));
  router.post(`${at}/read`, signedIn(read));
  router.post(`${at}/resolution`, signedIn((ctx, visit) => move(ctx, visit, "resolve")));
  router.post(`${at}/resolution/removal`, signedIn((ctx, visit) => move(ctx, visit, "reopen")));
  router.delete(`${at}/resolution`, signedIn((ctx, visit) => move(ctx, visit, "reopen")));
}

async function showConversation(ctx: Context, visit: Visit, refused?: Composer["refused"]): Promise<void> {
  const { agent, reader } = visit;
  const cursor = snapshotCursor(ctx.get("beseda-cursor"));
  const conversation = await readConversation(agent, idOf(ctx));
  if (!conversation) return showMissing(ctx, visit);

  const pane = conversationPane(conversation, { clientId: newId(), cursor, ...(refused && { refused }) }, reader);
  const title = conversation.contact.name ?? reader.words.visitor;
  ctx.type = "html";
  if (wantsPart(ctx)) ctx.body = html`<title>${title} · Beseda</title>${pane}`.text;
  else ctx.body = await deskPage({ title, view: conversation.status, currentId: conversation.id, conversation: pane }, visit);
}

async function showOlder(ctx: Context, { agent, reader, assets }: Visit): Promise<void> {
  const before = Number(ctx.query.before);
  const id = idOf(ctx);
  const older = Number.isSafeInteger(before) ? await readOlder(agent, { id, before }) : null;
  if (!older) return showMissing(ctx, { agent, reader, assets });
  ctx.type = "html";
  ctx.body = olderEntries(older, reader).text;
}

async function send(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const { body, clientId, visibility } = formOf(ctx);
  // Browsers write line ends of a form as CRLF; what is kept has LF, as from every other sender.
  const text = body.replaceAll("\r\n", "\n");
  const isNote = visibility === "staff";
  const conversationId = idOf(ctx);
  const sent = await sendMessage(agent, { conversationId, clientId, body: text, visibility: isNote ? "staff" : "everyone" });
  if (!sent.ok) return refuseMessage(ctx, visit, { refusal: sent.refusal, body: text, isNote });
  if (!wantsPart(ctx)) return seeOther(ctx, paths.conversation(conversationId));

  const [entry, rows] = await Promise.all([
    readEntry(agent.workspaceId, sent.value.id),
    readRows(agent.workspaceId, [conversationId]),
  ]);
  const row = rows.get(conversationId);
  ctx.type = "html";
  ctx.body = html`${entry && entryChange(conversationId, entry, reader)}${row && rowChange(row, reader)}`.text;
}

async function refuseMessage(
  ctx: Context,
  visit: Visit,
  { refusal, body, isNote }: { refusal: Refusal; body: string; isNote: boolean },
): Promise<void> {
  const sentence = refusalWords[refusal][visit.reader.locale];
  if (refusal === "conversation_not_found") return showMissing(ctx, visit);
  if (!wantsPart(ctx)) await showConversation(ctx, visit, { body, isNote, sentence });
  else ctx.body = problemLine(sentence).text;
  ctx.type = "html";
  ctx.status = refusal === "client_id_conflict" ? 409 : 422;
}

async function read(ctx: Context, visit: Visit): Promise<void> {
  const outcome = await markRead(visit.agent, { conversationId: idOf(ctx), seq: Number.parseInt(formOf(ctx).seq, 10) || 0 });
  if (!outcome.ok) return refuseAction(ctx, visit, outcome.refusal);
  if (wantsPart(ctx)) ctx.status = 204;
  else seeOther(ctx, paths.conversation(idOf(ctx)));
}

async function move(ctx: Context, visit: Visit, wanted: Move): Promise<void> {
  const { agent, reader } = visit;
  const conversationId = idOf(ctx);
  const before = (await readRows(agent.workspaceId, [conversationId])).get(conversationId);
  const moved = await moveTicket(agent, { conversationId, move: wanted });
  if (!moved.ok) return refuseAction(ctx, visit, moved.refusal);
  if (!wantsPart(ctx) || !before) return seeOther(ctx, paths.conversation(conversationId));

  const { status } = moved.value;
  const change = { conversationId, contact: before.contact, from: before.status, to: status, clientId: newId() };
  ctx.type = "html";
  ctx.body = html`${statusChange(change, reader)}${rowChange({ ...before, status }, reader)}`.text;
}

function refuseAction(ctx: Context, { reader, assets }: Visit, refusal: Refusal): void {
  const isMissing = refusalWords[refusal].kind === "NotFound";
  const title = isMissing ? reader.words.conversationNotFound : reader.words.refused;
  const hint = isMissing ? reader.words.notFoundHint : refusalWords[refusal][reader.locale];
  ctx.status = isMissing ? 404 : 422;
  ctx.type = "html";
  ctx.body = wantsPart(ctx) ? problemLine(hint).text : problemPage({ status: ctx.status, title, hint, requestId: null }, reader, assets);
}

function showMissing(ctx: Context, visit: Visit): void {
  refuseAction(ctx, visit, "conversation_not_found");
}

function seeOther(ctx: Context, address: string): void {
  ctx.redirect(address);
  ctx.status = 303;
}

function idOf(ctx: Context): string {
  return (ctx as Context & { params: { id: string } }).params.id;
}

function formOf(ctx: Context): { body: string; clientId: string; visibility: string; seq: string } {
  const form = (ctx.request as { body?: Record<string, unknown> }).body ?? {};
  const text = (name: string) => (typeof form[name] === "string" ? form[name] : "");
  return { body: text("body"), clientId: text("clientId"), visibility: text("visibility"), seq: text("seq") };
}
