import { classes, type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import { avatar, type Person } from "../person.ts";
import type { Reader } from "../reader.ts";
import { roomWords } from "../../words/rooms.ts";
import { stamp } from "../stamp.ts";

/** The replies to a message, as they are told of under it. */
export type ThreadLine = {
  id: string;
  conversationId: string;
  replyCount: number;
  lastReplyAt: Date;
  /** The first who have replied. */
  faces: readonly Person[];
  /** Whether the reader has not read all of it; a pushed line does not know. */
  isUnread?: boolean;
};

/** How a message of a room belongs to threads: it may be replied to, and perhaps has been; or it is itself a reply. */
export type ThreadPart =
  | { is: "root"; line: ThreadLine | null }
  | { is: "reply"; rootId: string; conversationId: string; isBroadcast: boolean; opening: string };

/** What makes a link put a thread beside its room. */
export function threadLink(conversationId: string, rootId: string): Html {
  const address = paths.thread(conversationId, rootId);
  return html`href="${address}" hx-get="${address}" hx-target="#thread-place" hx-swap="innerHTML" hx-push-url="true" hx-sync="#thread-place:replace" data-thread="${rootId}"`;
}

/** Answers the place under a message where its replies are told of; empty as long as there are none. */
export function threadPlace(rootId: string, line: ThreadLine | null, reader: Reader): Html {
  return html`<div class="${classes("replies", line?.isUnread && "new")}" id="t-${rootId}">${line && threadWay(line, reader)}</div>`;
}

function threadWay({ id, conversationId, replyCount, lastReplyAt, faces }: ThreadLine, reader: Reader): Html {
  const words = roomWords[reader.locale];
  return html`<a ${threadLink(conversationId, id)}>${faces.map((person) => avatar(person, "xs"))}<b>${words.replies(replyCount)}</b><span class="sr unread">, ${reader.words.unread}</span><span class="meta">${words.lastReply} ${stamp(lastReplyAt, "since", reader)}</span></a>`;
}

/** Answers a change of what is told under a message, for every screen that shows it. */
export function threadChange(line: ThreadLine, reader: Reader): Html {
  return html`<hx-partial hx-target="#t-${line.id}" hx-swap="outerHTML">${threadPlace(line.id, line, reader)}</hx-partial><hx-partial hx-target="#reply-count-${line.id}" hx-swap="innerHTML">${roomWords[reader.locale].replies(line.replyCount)}</hx-partial>`;
}

/** Answers the line above a reply that stands in the conversation too: what it replies to. */
export function repliedTo({ rootId, conversationId, opening }: ThreadPart & { is: "reply" }, reader: Reader): Html {
  return html`<a class="of-thread ell" ${threadLink(conversationId, rootId)}>${roomWords[reader.locale].repliedTo} <bdi>${opening}</bdi></a>`;
}
