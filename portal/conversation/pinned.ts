import { preview } from "../../markdown/parse.ts";
import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import { personName } from "../person.ts";
import type { Reader } from "../reader.ts";
import type { PinnedLine } from "./marks-queries.ts";

/** In UTF-16 code units. */
const OPENING = 120;

/** Answers the pinned messages of a conversation, for its side pane; each is a link to where it stands. */
export function pinnedSection(conversationId: string, pinned: readonly PinnedLine[], reader: Reader): Html {
  return html`<section id="pinned">${pinnedList(conversationId, pinned, reader)}</section>`;
}

/** Answers what changes of it in an open conversation. */
export function pinnedChange(conversationId: string, pinned: readonly PinnedLine[], reader: Reader): Html {
  const place = `#thread[data-conversation="${conversationId}"] ~ #details #pinned`;
  return html`<hx-partial hx-target="${place}" hx-swap="innerHTML">${pinnedList(conversationId, pinned, reader)}</hx-partial>`;
}

function pinnedList(conversationId: string, pinned: readonly PinnedLine[], reader: Reader): Html | null {
  if (pinned.length === 0) return null;
  const items = pinned.map(
    ({ id, author, body }) =>
      html`<li><a class="link" href="${paths.message(conversationId, id)}"><b>${personName(author, reader)}</b> <span class="ell grow" dir="auto">${preview(body, OPENING)}</span></a></li>`,
  );
  return html`<h2>${reader.words.pinnedMessages}</h2><ul class="pins">${items}</ul>`;
}
