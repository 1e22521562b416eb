import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import type { Reader } from "../reader.ts";
import { stamp } from "../stamp.ts";
import type { Seen } from "./details-queries.ts";
import type { Entry } from "./entry.ts";

/**
 * Answers the end of a thread: whether the customer has seen the last answer, and who is writing. Its lines have their
 * place whether they say something or not, so that nothing moves when they do.
 */
export function threadEnd({ entries, seen }: { entries: readonly Entry[]; seen: Seen | null }, reader: Reader): Html {
  const last = entries.findLast((entry) => entry.kind === "message" && !entry.isNote);
  const answered = last?.kind === "message" && last.author.kind === "agent" ? last.seq : null;
  const isSeen = seen !== null && answered !== null && seen.seq >= answered;
  const at = seen && html`data-seq="${seen.seq}" data-at="${seen.at.toISOString()}"`;
  return html`<p class="seen" id="seen" ${at}>${isSeen && seenLine(seen.at, reader)}</p><p class="typing" id="typing"></p>`;
}

/** Answers that the customer has read all, and since when. */
export function seenLine(at: Date, reader: Reader): Html {
  return html`${icon("check-check", "s")}${reader.words.seen} ${stamp(at, "since", reader)}`;
}

/** Answers who is writing. */
export function typingLine(names: readonly string[], reader: Reader): Html {
  return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><span dir="auto">${reader.words.typing(names)}</span>`;
}
