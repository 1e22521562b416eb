import { commandPreviewPlace } from "../commands/preview-place.ts";
import { problemLine } from "../conversation/composer.ts";
import { threadEntry } from "../conversation/entry.ts";
import { threadLines } from "../conversation/pane.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { wordsOf } from "../room/link.ts";
import type { OpenThread } from "./queries.ts";

/** A thread beside its room, and what a page decides of it. */
export type ThreadPane = OpenThread & {
  conversationId: string;
  /** Whether the reader may write in the room. */
  isWritable: boolean;
  /** For the next reply, made anew for each rendering. */
  clientId: string;
  /** What could not be sent, and why, without JavaScript. */
  refused?: { body: string; sentence: string } | undefined;
};

/** Answers a thread: what is replied to, the replies, and where the next one is written. */
export function threadPane(thread: ThreadPane, reader: Reader): Html {
  const { id, conversationId, root, replies, olderBefore, replyCount } = thread;
  const words = wordsOf(reader);
  return html`<section class="pane thread replies-pane" id="replies" aria-labelledby="replies-title" data-thread="${id}">
<header class="bar"><h1 id="replies-title" tabindex="-1">${words.thread}</h1><span class="meta ell grow" id="reply-count-${id}">${words.replies(replyCount)}</span>${replyCount > 0 && followForm(thread, reader)}<a class="ib" id="close-thread" href="${paths.conversation(conversationId)}" aria-label="${words.closeThread}" title="${words.closeThread}">${icon("x")}</a></header>
<div class="scroll stream-scroll" tabindex="0" role="region" aria-label="${words.repliesRegion}"><div class="stream">
<ol class="messages root-of">${threadEntry(root, reader, { isInThread: true })}</ol><hr>
${olderBefore !== null && olderReplies({ conversationId, id, olderBefore }, reader)}
<div class="log" role="log"><ol id="replies-${id}" class="messages">${threadLines(replies, reader, [], { isInThread: true })}</ol></div></div></div>
${thread.isWritable && replyComposer(thread, reader)}</section>`;
}

/** Answers the button by which the reader follows the thread, or stops. */
export function followForm(
  { conversationId, id, isFollowing }: Pick<ThreadPane, "conversationId" | "id" | "isFollowing">,
  reader: Reader,
): Html {
  const words = wordsOf(reader);
  const label = isFollowing ? words.unfollow : words.follow;
  const address = paths.threadFollowing(conversationId, id);
  return html`<form id="following" method="post" action="${address}" hx-post="${address}" hx-target="this" hx-swap="outerHTML"><input type="hidden" name="follow" value="${isFollowing ? "no" : "yes"}"><button class="ib" type="submit" aria-label="${label}" title="${label}">${icon(isFollowing ? "bookmark-check" : "bookmark")}</button></form>`;
}

/** Answers the way to earlier replies. */
export function olderReplies(
  { conversationId, id, olderBefore }: { conversationId: string; id: string; olderBefore: number },
  reader: Reader,
): Html {
  const address = paths.olderReplies(conversationId, id, olderBefore);
  return html`<a class="more" id="older-replies" href="${address}" hx-get="${address}" hx-target="this" hx-swap="outerHTML swapEmpty:true">${wordsOf(reader).olderReplies}</a>`;
}

function replyComposer({ conversationId, id, clientId, refused }: ThreadPane, reader: Reader): Html {
  const words = wordsOf(reader);
  const address = paths.thread(conversationId, id);
  return html`<form class="comp" id="reply-composer" method="post" action="${address}" hx-post="${address}" hx-target="#desk" hx-swap="none" hx-sync="#replies:queue all" data-thread="${id}" data-mentionable="${paths.mentionable(conversationId)}" data-commands="${paths.commands(conversationId)}">
<input type="hidden" name="clientId" value="${clientId}"><input type="radio" name="visibility" value="everyone" checked hidden>
<label class="sr" for="reply-body">${words.replyInThread}</label>
<textarea id="reply-body" name="body" rows="1" required maxlength="10000" dir="auto" aria-describedby="reply-problem" placeholder="${words.replyInThread}">${refused?.body}</textarea>
${commandPreviewPlace(reader)}
<p class="problem-line" id="reply-problem" role="alert">${refused && problemLine(refused.sentence)}</p>
<footer><label class="chk"><input type="checkbox" name="also" value="yes">${words.alsoInConversation}</label><span class="end"><button class="btn primary" type="submit">${words.replyVerb}</button></span></footer></form>`;
}
