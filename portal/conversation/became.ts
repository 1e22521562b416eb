import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import type { MessageEntry, Reaction } from "./entry.ts";
import { prose } from "./prose.ts";

/** Of those who set a sign, so many are named. */
const MOST_NAMED = 10;

/** Answers what a message says; of a deleted one, that it was. */
export function messageText({ body, mentions, tasks, became }: MessageEntry, { words }: Reader): Html {
  if (became.isDeleted) return html`<div class="prose"><p class="tombstone">${words.deletedMessage}</p></div>`;
  return html`<div class="prose" dir="auto">${prose(body, mentions, tasks)}</div>`;
}

/** Answers what its head says of it besides: that it is pinned, and the way to what it said before. */
export function messageFlags({ id, became: { isEdited, isPinned } }: MessageEntry, { words }: Reader): Html {
  return html`${isPinned && html`<span class="pinned">${icon("pin", "s")}<span class="sr">${words.pinned}</span></span>`}${isEdited && html`<a class="edited" href="${paths.messageVersions(id)}" title="${words.earlierVersions}">${words.edited}</a>`}`;
}

/** Answers the signs under a message; the browser presses those that the reader has set. */
export function reactionPills({ id, became: { reactions } }: MessageEntry, reader: Reader): Html | null {
  if (reactions.length === 0) return null;
  return html`<form class="rxs" method="post" action="${paths.reactions(id)}" aria-label="${reader.words.reactions}">${reactions.map((reaction) => pill(reaction, reader))}</form>`;
}

function pill({ emoji, people }: Reaction, { words }: Reader): Html {
  const names = people.slice(0, MOST_NAMED).map(({ name }) => name);
  const label = words.reactedWith(emoji, people.length, names);
  return html`<button class="rx" type="submit" name="emoji" value="${emoji}" data-whose="${people.map((one) => one.id).join(" ")}" aria-label="${label}" title="${label}"><span aria-hidden="true">${emoji}</span><span>${people.length}</span></button>`;
}
