import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { findReactions, findVersions } from "../../api/chat/act-queries.ts";
import { deleteMessage } from "../../api/chat/actions/delete-message.ts";
import { editMessage } from "../../api/chat/actions/edit-message.ts";
import { pinMessage } from "../../api/chat/actions/pin-message.ts";
import { react } from "../../api/chat/actions/react.ts";
import { findEmoji } from "../../api/chat/emoji.ts";
import { findMessage } from "../../api/chat/queries.ts";
import { findSeen } from "../../api/chat/room-queries.ts";
import type { Outcome } from "../../api/kernel/outcome.ts";
import type { Message } from "../../prisma/generated/client/client.ts";
import { type Refusal, refusalWords } from "../../words/refusals.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import { showBeside } from "../room/show.ts";
import { fieldOf, idOf, type Screen, seeOther, type Visit, wantsPart } from "../visit.ts";
import { foundEmoji, seenList } from "./message-dialogs.ts";
import { versionList } from "./versions.ts";

/** The addresses of what becomes of a message. */
export function messageRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get(paths.messageText(":id"), signedIn(showText));
  router.post(paths.messageText(":id"), signedIn(edit));
  router.get(paths.messageVersions(":id"), signedIn(showVersions));
  router.get(paths.messageSeen(":id"), signedIn(showSeen));
  router.post(paths.messageDeletion(":id"), signedIn(remove));
  router.post(paths.reactions(":id"), signedIn(sign));
  router.post(paths.messagePin(":id"), signedIn(pin));
  router.get(paths.emoji, signedIn(showEmoji));
}

/** What it says, as it was written: what an editor begins with. */
async function showText(ctx: Context, visit: Visit): Promise<void> {
  const message = await findMessage(visit.agent, idOf(ctx));
  if (!message) return showRefusal(ctx, visit, "message_not_found");
  ctx.type = "text";
  ctx.body = message.body;
}

async function edit(ctx: Context, visit: Visit): Promise<void> {
  const body = fieldOf(ctx, "body").replaceAll("\r\n", "\n");
  answer(ctx, visit, await editMessage(visit.agent, { messageId: idOf(ctx), body }));
}

async function showVersions(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const message = await findMessage(agent, idOf(ctx));
  if (!message) return showRefusal(ctx, visit, "message_not_found");
  const versions = (await findVersions(agent.workspaceId, [message.id])).get(message.id) ?? [];
  const content = versionList(versions, reader);
  if (!wantsPart(ctx)) return showBeside(ctx, visit, { title: reader.words.earlierVersions, content });
  ctx.type = "html";
  ctx.body = content.text;
}

async function showSeen(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const message = await findMessage(agent, idOf(ctx));
  if (!message) return showRefusal(ctx, visit, "message_not_found");
  const seen = (await findSeen(agent.workspaceId, [message.id])).get(message.id);
  ctx.type = "html";
  ctx.body = seenList(seen ?? { agents: [], count: 0 }, reader).text;
}

async function remove(ctx: Context, visit: Visit): Promise<void> {
  answer(ctx, visit, await deleteMessage(visit.agent, { messageId: idOf(ctx) }));
}

/** A form without a script does not say which way: what is set is then taken away, and the other way round. */
async function sign(ctx: Context, visit: Visit): Promise<void> {
  const { agent } = visit;
  const [messageId, emoji, wanted] = [idOf(ctx), fieldOf(ctx, "emoji"), fieldOf(ctx, "isOn")];
  const isOn = wanted === "" ? !(await hasSet(visit, messageId, emoji)) : wanted === "true";
  answer(ctx, visit, await react(agent, { messageId, emoji, isOn }));
}

async function hasSet({ agent }: Visit, messageId: string, emoji: string): Promise<boolean> {
  if (!(await findMessage(agent, messageId))) return false;
  const set = (await findReactions(agent.workspaceId, [messageId])).get(messageId) ?? [];
  return set.some((one) => one.emoji === emoji && one.agentIds.includes(agent.agentId));
}

async function pin(ctx: Context, visit: Visit): Promise<void> {
  const isPinned = fieldOf(ctx, "isPinned") === "true";
  answer(ctx, visit, await pinMessage(visit.agent, { messageId: idOf(ctx), isPinned }));
}

async function showEmoji(ctx: Context, { reader }: Visit): Promise<void> {
  const { q } = ctx.query;
  ctx.type = "html";
  ctx.body = foundEmoji(findEmoji(typeof q === "string" ? q : ""), reader).text;
}

/** The stream brings what was changed; a script is told alone whether it was, and why not. */
function answer(ctx: Context, visit: Visit, outcome: Outcome<Message, Refusal>): void {
  if (outcome.ok && !wantsPart(ctx)) return seeOther(ctx, paths.conversation(outcome.value.conversationId));
  if (!outcome.ok && !wantsPart(ctx)) return showRefusal(ctx, visit, outcome.refusal);
  ctx.status = outcome.ok ? 204 : 422;
  ctx.type = "text";
  if (!outcome.ok) ctx.body = refusalWords[outcome.refusal][visit.reader.locale];
}
