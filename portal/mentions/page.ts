import type { Mentionable } from "../../api/chat/mention-queries.ts";
import { prose } from "../conversation/prose.ts";
import { classes, type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { avatar, nameOf, personName } from "../person.ts";
import { type Presents, presenceSaid, presentAvatar } from "../presence/mark.ts";
import type { Reader } from "../reader.ts";
import { wordsOf } from "../room/link.ts";
import { stamp } from "../stamp.ts";
import type { MentionLine } from "./queries.ts";

/** Answers the messages that mention the reader, newest first, each a way to where it stands. */
export function mentionsContent(
  { lines, next }: { lines: readonly MentionLine[]; next: string | null },
  reader: Reader,
): Html {
  const words = wordsOf(reader);
  if (lines.length === 0)
    return html`<div class="empty">${icon("at-sign")}<h2>${words.noMentions}</h2><p>${words.noMentionsHint}</p></div>`;
  return html`<ul class="mentions">${lines.map((line) => mentionLine(line, reader))}</ul>${next && html`<a class="more" href="${paths.mentions(next)}">${words.moreMentions}</a>`}`;
}

function mentionLine(line: MentionLine, reader: Reader): Html {
  const { id, conversationId, threadId, author, body, mentions, at, isUnread } = line;
  const address = threadId === null ? paths.message(conversationId, id) : paths.reply(conversationId, threadId, id);
  return html`<li class="${classes("mentioned", isUnread && "new")}">${avatar(author)}<div class="msg-b"><header><a href="${address}"><b>${personName(author, reader)}</b> <span class="meta ell">${placeOf(line, reader)}</span></a>${stamp(at, "since", reader)}${isUnread && html`<span class="sr">${reader.words.unread}</span>`}</header><div class="prose" dir="auto">${prose(body, mentions)}</div></div></li>`;
}

/** Where it stands: in a room, or in the conversation with a customer. */
function placeOf({ kind, roomName, contact }: MentionLine, reader: Reader): Html {
  const words = wordsOf(reader);
  if (kind === "support") return html`${words.customerOf(nameOf(contact!, reader))}`;
  if (kind === "direct") return html`${words.directMessages}`;
  return html`<bdi>${kind === "channel" ? `#${roomName}` : roomName}</bdi>`;
}

/** Answers whom the composer offers to mention. */
export function mentionOptions(people: readonly Mentionable[], presents: Presents, reader: Reader): Html {
  return html`${people.map(({ handle, agentId, name }) => {
    const who =
      agentId === null && name !== null
        ? html`${icon("users-round", "s")}<b class="ell"><bdi>${name}</bdi></b>`
        : agentId === null
          ? html`${icon("users-round", "s")}<b>${wordsOf(reader).everyoneHere}</b>`
          : html`${presentAvatar({ id: agentId, kind: "agent", name }, "s", presents)}<b class="ell"><bdi>${name}</bdi>${presenceSaid(agentId, presents, reader)}</b>`;
    return html`<li role="option" aria-selected="false" data-handle="${handle}">${who}<span class="meta">@${handle}</span></li>`;
  })}`;
}
