import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { markUnread } from "../../api/chat/actions/mark-unread.ts";
import { saveDraft } from "../../api/chat/actions/save-draft.ts";
import { findConversation, unreadCounts } from "../../api/chat/queries.ts";
import { setTyping } from "../../api/chat/actions/set-typing.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import { fieldOf, idOf, type Screen, seeOther, type Visit, wantsPart } from "../visit.ts";
import { assign } from "./assign.ts";
import { kindOf } from "./kind.ts";
import { messageRoutes } from "./message-routes.ts";
import { move } from "./move.ts";
import { olderEntries } from "./pane.ts";
import { readOlder } from "./queries.ts";
import { send } from "./send.ts";
import { showConversation } from "./show.ts";

/** The addresses of one conversation: its page or pane, older messages, and what an agent does to it. */
export function conversationRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  const at = "/portal/conversations/:id";
  router.get(at, signedIn(showConversation));
  router.get(`${at}/messages`, signedIn(showOlder));
  router.post(`${at}/messages`, signedIn(send));
  router.post(`${at}/read`, signedIn(read));
  router.get(`${at}/unread`, signedIn(showUnread));
  router.post(`${at}/unread`, signedIn(unread));
  router.post(`${at}/draft`, signedIn(keepDraft));
  router.post(`${at}/typing`, signedIn(tellTyping));
  router.post(`${at}/assignee`, signedIn(assign));
  router.post(`${at}/moves`, signedIn(move));
  messageRoutes(router, signedIn);
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

/** What a list asks for when something was deleted: how many messages the agent has not read, as a number. */
async function showUnread(ctx: Context, visit: Visit): Promise<void> {
  const conversation = await findConversation(visit.agent, idOf(ctx));
  if (!conversation) return showRefusal(ctx, visit, "conversation_not_found");
  ctx.body = String((await unreadCounts(visit.agent, [conversation.id])).get(conversation.id));
}

async function unread(ctx: Context, visit: Visit): Promise<void> {
  const seq = Number.parseInt(fieldOf(ctx, "seq"), 10) || 0;
  const marked = await markUnread(visit.agent, { conversationId: idOf(ctx), seq });
  if (!marked.ok) return showRefusal(ctx, visit, marked.refusal);
  ctx.status = 204;
}

/** Keeps what stands in the composer; sent by the script while the agent writes. */
async function keepDraft(ctx: Context, visit: Visit): Promise<void> {
  const [body, clientId] = [fieldOf(ctx, "body").replaceAll("\r\n", "\n"), fieldOf(ctx, "clientId")];
  const visibility = kindOf(ctx);
  if (!visibility) return showRefusal(ctx, visit, "visibility_invalid");
  const kept = await saveDraft(visit.agent, { conversationId: idOf(ctx), clientId, body, visibility });
  if (!kept.ok) return showRefusal(ctx, visit, kept.refusal);
  ctx.status = 204;
}

async function tellTyping(ctx: Context, visit: Visit): Promise<void> {
  const isTyping = fieldOf(ctx, "isTyping") === "true";
  const visibility = kindOf(ctx);
  if (!visibility) return showRefusal(ctx, visit, "visibility_invalid");
  const told = await setTyping(visit.agent, { conversationId: idOf(ctx), isTyping, visibility });
  if (!told.ok) return showRefusal(ctx, visit, told.refusal);
  ctx.status = 204;
}
