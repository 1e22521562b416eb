import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { moveTicket } from "../../api/helpdesk/actions/move-ticket.ts";
import type { Move } from "../../api/helpdesk/ticket.ts";
import { newId } from "../../api/kernel/id.ts";
import { html } from "../html.ts";
import { readRows } from "../inbox/queries.ts";
import { rowChange } from "../inbox/row.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import { fieldOf, idOf, type Screen, seeOther, type Visit, wantsPart } from "../visit.ts";
import { statusChange } from "./changes.ts";
import { olderEntries } from "./pane.ts";
import { readOlder } from "./queries.ts";
import { send } from "./send.ts";
import { showConversation } from "./show.ts";

/** The addresses of one conversation: its page or pane, older messages, and what an agent does to it. */
export function conversationRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  const at = "/portal/conversations/:id";
  const resolve: Screen = (ctx, visit) => move(ctx, visit, "resolve");
  const reopen: Screen = (ctx, visit) => move(ctx, visit, "reopen");
  router.get(at, signedIn(showConversation));
  router.get(`${at}/messages`, signedIn(showOlder));
  router.post(`${at}/messages`, signedIn(send));
  router.post(`${at}/read`, signedIn(read));
  router.post(`${at}/resolution`, signedIn(resolve));
  router.post(`${at}/resolution/removal`, signedIn(reopen));
  router.delete(`${at}/resolution`, signedIn(reopen));
}

async function showOlder(ctx: Context, visit: Visit): Promise<void> {
  const before = Number(ctx.query.before);
  const older = Number.isSafeInteger(before) ? await readOlder(visit.agent, { id: idOf(ctx), before }) : null;
  if (!older) return showRefusal(ctx, visit, "conversation_not_found");
  ctx.type = "html";
  ctx.body = olderEntries(older, visit.reader).text;
}

async function read(ctx: Context, visit: Visit): Promise<void> {
  const conversationId = idOf(ctx);
  const seq = Number.parseInt(fieldOf(ctx, "seq"), 10) || 0;
  const marked = await markRead(visit.agent, { conversationId, seq });
  if (!marked.ok) return showRefusal(ctx, visit, marked.refusal);
  if (wantsPart(ctx)) ctx.status = 204;
  else seeOther(ctx, paths.conversation(conversationId));
}

async function move(ctx: Context, visit: Visit, wanted: Move): Promise<void> {
  const { agent, reader } = visit;
  const conversationId = idOf(ctx);
  const moved = await moveTicket(agent, { conversationId, move: wanted });
  if (!moved.ok) return showRefusal(ctx, visit, moved.refusal);
  if (!wantsPart(ctx)) return seeOther(ctx, paths.conversation(conversationId));

  // The line of the thread comes by the stream; the buttons must not wait for it.
  const row = (await readRows(agent.workspaceId, [conversationId])).get(conversationId)!;
  const change = { conversationId, contact: row.contact, to: moved.value.status, clientId: newId() };
  ctx.type = "html";
  ctx.body = html`${statusChange(change, reader)}${rowChange(row, reader)}`.text;
}
