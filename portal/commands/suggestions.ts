import type { Suggestion, Suggestions } from "../../api/commands/suggest.ts";
import { shapeOf, usageOf } from "../../api/commands/usage.ts";
import { type Html, html } from "../html.ts";
import type { Reader } from "../reader.ts";
import { presentAvatar, type Presents } from "../presence/mark.ts";
import { wordsOf } from "./words.ts";

/** Colleagues by their handles, for their faces beside what suggests them, and how they are. */
export type Faces = { ids: ReadonlyMap<string, string>; presents: Presents };

/** What stands at the caret of the text that is written. */
type Written = { text: string; caret: number; faces: Faces };

/**
 * Answers what can be written at the caret of a command: how it is written, and what may stand there; nothing where there is
 * nothing to say. What is written already is not suggested by itself, and whoever writes a text is left in peace.
 */
export function commandSuggestions(found: Suggestions, written: Written, reader: Reader): Html {
  const offers = offersOf(found, written.text);
  const isInText = found.argument?.kind === "text" && !/(?:^|\s)\/\S+\s$/.test(written.text.slice(0, written.caret));
  const isWhole = found.suggestions.length > 0;
  if (offers.length === 0 && (isInText || isWhole)) return html``;
  const list = html`<ul role="listbox" aria-label="${wordsOf(reader).suggestionsLabel}">${offers.map((offer) => html`<li role="option" aria-selected="false" ${placeOf(offer)}>${offerOf(offer, written.faces, reader)}</li>`)}</ul>`;
  return html`${usageLine(found, reader)}${offers.length > 0 && list}`;
}

/** Answers the suggestions that would change the text. */
export function offersOf({ suggestions }: Suggestions, text: string): readonly Suggestion[] {
  const changes = ({ text: offered, from, to }: Suggestion) => text.slice(from, to) !== offered;
  return suggestions.some(changes) ? suggestions : [];
}

/** Answers how the command at the caret is written, with what is expected there in bold. */
export function usageLine({ command, argument }: Suggestions, reader: Reader): Html | null {
  if (!command || !argument) return null;
  const usage = usageOf(command, reader.locale);
  const shape = shapeOf(argument, reader.locale);
  const at = usage.indexOf(shape);
  if (at < 0) return html`<p class="usage"><code>${usage}</code></p>`;
  const shown = html`${usage.slice(0, at)}<b>${shape}</b>${usage.slice(at + shape.length)}`;
  return html`<p class="usage"><code>${shown}</code><span class="meta ell">${command.help[reader.locale]}</span></p>`;
}

/** Answers what of an option says what it puts into the text, and where. */
export function placeOf({ text, from, to }: Suggestion): Html {
  return html`data-text="${text}" data-from="${from}" data-to="${to}"`;
}

/** Answers what an option shows: a command with what stands behind it and what it is for, a colleague, or a word. */
export function offerOf({ text, detail, command }: Suggestion, { ids, presents }: Faces, reader: Reader): Html {
  if (command) {
    const [, ...shapes] = usageOf(command, reader.locale).split(" ");
    return html`<code>${text}${shapes.length > 0 && html` <i>${shapes.join(" ")}</i>`}</code><span class="meta ell help">${command.help[reader.locale]}</span>`;
  }
  const id = ids.get(text);
  const face = id !== undefined && presentAvatar({ id, kind: "agent", name: detail }, "s", presents);
  return text.startsWith("@")
    ? html`${face}<b class="ell"><bdi>${detail}</bdi></b><span class="meta">${text}</span>`
    : html`<b>${text}</b><span class="meta ell">${detail}</span>`;
}
