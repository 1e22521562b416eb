import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { markThreadRead } from "../../api/chat/actions/mark-thread-read.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { setThreadFollowing } from "../../api/chat/actions/set-thread-following.ts";
import { findThread } from "../../api/chat/thread-queries.ts";
import { refusalWords } from "../../words/refusals.ts";
import { entryChange } from "../conversation/changes.ts";
import { problemLine } from "../conversation/composer.ts";
import { threadLines } from "../conversation/pane.ts";
import { readEntries } from "../conversation/queries.ts";
import { html } from "../html.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import { wordsOf } from "../room/link.ts";
import { showBeside, showRoom } from "../room/show.ts";
import { fieldOf, idOf, type Screen, seeOther, type Visit, wantsPart } from "../visit.ts";
import { replyChange } from "./changes.ts";
import { threadChange } from "./line.ts";
import { followedContent } from "./list.ts";
import { readFollowed } from "./list-queries.ts";
import { followForm, olderReplies } from "./pane.ts";
import { readThreadLines } from "./line-queries.ts";
import { readReplies } from "./queries.ts";

/** The addresses of threads: one beside its room, what is done in it, and those that the agent follows. */
export function threadRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  const at = paths.thread(":id", ":rootId");
  router.get(
    at,
    signedIn((ctx, visit) => showRoom(ctx, visit, { id: idOf(ctx), rootId: rootOf(ctx) })),
  );
  router.post(at, signedIn(reply));
  router.get(`${at}/replies`, signedIn(showOlder));
  router.post(paths.threadFollowing(":id", ":rootId"), signedIn(follow));
  router.post(paths.threadRead(":id", ":rootId"), signedIn(read));
  router.get(paths.threads(), signedIn(showThreads));
}

function rootOf(ctx: Context): string {
  return (ctx as Context & { params: { rootId: string } }).params.rootId;
}

/** Sends a reply. Answers its line in the thread, and in the conversation where it stands there too, else goes back to the page. */
async function reply(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const [conversationId, threadId] = [idOf(ctx), rootOf(ctx)];
  const body = fieldOf(ctx, "body").replaceAll("\r\n", "\n");
  const sending = {
    conversationId,
    threadId,
    body,
    clientId: fieldOf(ctx, "clientId"),
    visibility: "everyone" as const,
  };
  const sent = await sendMessage(agent, { ...sending, isBroadcast: fieldOf(ctx, "also") === "yes" });
  ctx.type = "html";
  if (sent.ok) {
    if (!wantsPart(ctx)) return seeOther(ctx, paths.thread(conversationId, threadId));
    const [[entry], lines] = await Promise.all([
      readEntries(agent.workspaceId, [sent.value.id]),
      readThreadLines(agent.workspaceId, [threadId]),
    ]);
    const inConversation = sent.value.isBroadcast && entryChange(conversationId, entry!, reader);
    ctx.body =
      html`${replyChange(threadId, entry!, reader)}${threadChange(lines.get(threadId)!, reader)}${inConversation}`.text;
    return;
  }
  if (sent.refusal === "conversation_not_found" || sent.refusal === "thread_not_found")
    return showRefusal(ctx, visit, sent.refusal);
  const sentence = refusalWords[sent.refusal][reader.locale];
  ctx.status = sent.refusal === "client_id_conflict" ? 409 : 422;
  if (wantsPart(ctx)) ctx.body = problemLine(sentence).text;
  else await showRoom(ctx, visit, { id: conversationId, rootId: threadId, refusedReply: { body, sentence } });
}

async function showOlder(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const before = Number(ctx.query.before);
  const thread = Number.isSafeInteger(before) ? await findThread(agent, rootOf(ctx)) : null;
  if (thread?.conversationId !== idOf(ctx)) return showRefusal(ctx, visit, "thread_not_found");
  const { replies, olderBefore } = await readReplies(thread, before);
  const { id, conversationId } = thread;
  const more = olderBefore !== null && olderReplies({ conversationId, id, olderBefore }, reader);
  ctx.type = "html";
  ctx.body =
    html`${more}<hx-partial hx-target="#replies-${id}" hx-swap="afterbegin">${threadLines(replies, reader, [], { isInThread: true })}</hx-partial>`.text;
}

async function follow(ctx: Context, visit: Visit): Promise<void> {
  const isFollowing = fieldOf(ctx, "follow") === "yes";
  const done = await setThreadFollowing(visit.agent, { threadId: rootOf(ctx), isFollowing });
  if (!done.ok) return showRefusal(ctx, visit, done.refusal);
  const { id, conversationId } = done.value;
  if (!wantsPart(ctx)) return seeOther(ctx, paths.thread(conversationId, id));
  ctx.type = "html";
  ctx.body = followForm({ id, conversationId, isFollowing }, visit.reader).text;
}

async function read(ctx: Context, visit: Visit): Promise<void> {
  const seq = Number.parseInt(fieldOf(ctx, "seq"), 10) || 0;
  const marked = await markThreadRead(visit.agent, { threadId: rootOf(ctx), seq });
  if (!marked.ok) return showRefusal(ctx, visit, marked.refusal);
  ctx.status = 204;
}

async function showThreads(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const isUnreadOnly = ctx.query.unread === "1";
  const content = followedContent({ isUnreadOnly, threads: await readFollowed(agent, isUnreadOnly) }, reader);
  if (wantsPart(ctx)) {
    ctx.type = "html";
    ctx.body = content.text;
  } else await showBeside(ctx, visit, { title: wordsOf(reader).threads, content, isInThreads: true });
}
