import { prose } from "../conversation/prose.ts";
import { classes, type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { avatar, personName } from "../person.ts";
import type { Reader } from "../reader.ts";
import { wordsOf } from "../room/link.ts";
import { stamp } from "../stamp.ts";
import type { Followed } from "./list-queries.ts";

/** Answers the threads that the reader follows, newest reply first, each a way to where it stands. The script asks for them anew when one has another reply. */
export function followedContent(
  { threads, isUnreadOnly }: { threads: readonly Followed[]; isUnreadOnly: boolean },
  reader: Reader,
): Html {
  const words = wordsOf(reader);
  const choice = (isUnread: boolean, label: string) =>
    html`<a href="${paths.threads(isUnread)}" ${isUnread === isUnreadOnly && html`aria-current="page"`}>${label}</a>`;
  const list =
    threads.length > 0
      ? html`<ul class="mentions">${threads.map((thread) => followedLine(thread, reader))}</ul>`
      : html`<div class="empty">${icon("message-square")}<h2>${words.noThreads}</h2><p>${words.noThreadsHint}</p></div>`;
  return html`<div id="followed" hx-get="${paths.threads(isUnreadOnly)}" hx-trigger="threads" hx-target="this" hx-swap="outerHTML" hx-sync="this:replace"><nav class="conditions" aria-label="${words.threads}">${choice(false, words.allThreads)}${choice(true, words.unreadThreads)}</nav>${list}</div>`;
}

function followedLine({ line, room, root, last }: Followed, reader: Reader): Html {
  const words = wordsOf(reader);
  const place =
    room.kind === "direct" ? words.directMessages : html`<bdi>${room.kind === "channel" && "#"}${room.name}</bdi>`;
  return html`<li class="${classes("mentioned", line.isUnread && "new")}">${avatar(root.author)}<div class="msg-b"><header><a href="${paths.thread(line.conversationId, line.id)}"><b>${personName(root.author, reader)}</b> <span class="meta ell">${place}</span></a>${stamp(root.at, "since", reader)}${line.isUnread && html`<span class="sr">${reader.words.unread}</span>`}</header><div class="prose" dir="auto">${prose(root.body, root.mentions)}</div><p class="newest-reply">${avatar(last.author, "xs")}<b>${personName(last.author, reader)}</b><span class="ell" dir="auto">${last.body}</span></p><p class="meta">${words.replies(line.replyCount)} · ${words.lastReply} ${stamp(line.lastReplyAt, "since", reader)}</p></div></li>`;
}
