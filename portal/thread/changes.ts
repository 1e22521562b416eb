import { type MessageEntry, threadEntry } from "../conversation/entry.ts";
import { type Html, html } from "../html.ts";
import type { Reader } from "../reader.ts";

/** Answers a reply for its thread, where that is open; its place is by its number. */
export function replyChange(threadId: string, entry: MessageEntry, reader: Reader): Html {
  return html`<hx-partial hx-target="#replies-${threadId}" hx-swap="place">${threadEntry(entry, reader, { isInThread: true })}</hx-partial>`;
}
