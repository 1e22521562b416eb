import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { group, keycaps } from "../inbox/palette.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import type { PaletteCommands } from "./palette-queries.ts";
import { commandPreviews } from "./previews.ts";
import { offerOf, offersOf, placeOf, usageLine } from "./suggestions.ts";
import { wordsOf } from "./words.ts";

/** Answers what can be chosen while commands are written in the palette, and what would come of them. What cannot be carried out cannot be run. */
export function commandOptions(given: PaletteCommands, reader: Reader): { options: Html; told: Html } {
  const { found, faces, previews, text } = given;
  const isPossible = previews.length > 0 && previews.every(({ refusal }) => refusal === null);
  const offers = offersOf(found, text).map(
    (offer) =>
      html`<li role="presentation"><button type="button" role="option" aria-selected="false" tabindex="-1" ${placeOf(offer)}>${offerOf(offer, faces, reader)}</button></li>`,
  );
  const usage = usageLine(found, reader);
  const options = html`${isPossible && runOption(given, reader)}${group(usage ?? wordsOf(reader).runHere, offers)}`;
  return { options, told: html`${offers.length === 0 && usage}${commandPreviews(previews, given.caret)}` };
}

function runOption({ conversationId, text, clientId }: PaletteCommands, reader: Reader): Html {
  const values = JSON.stringify({ text, clientId });
  const address = paths.commandRuns(conversationId);
  return html`<li role="presentation"><button type="button" role="option" aria-selected="false" tabindex="-1" hx-post="${address}" hx-vals="${values}" hx-target="#desk" hx-swap="none">${icon("square-terminal")}<span class="ell grow">${wordsOf(reader).run} <code>${text.trim()}</code></span>${keycaps(["↵"])}</button></li>`;
}

/** Answers where commands are given, for a palette that was opened elsewhere. */
export function noCommandsHere(reader: Reader): Html {
  return html`<p class="told">${icon("info", "s")}<span>${wordsOf(reader).openFirst}</span></p>`;
}
