import { type Html, html } from "../html.ts";
import type { Reader } from "../reader.ts";
import { wordsOf } from "./words.ts";

/** Answers the place under a text where it will stand what its commands would do. Browsers make composers, too: it needs no commands. */
export function commandPreviewPlace(reader: Reader): Html {
  return html`<div class="foretold" role="status" aria-label="${wordsOf(reader).previewLabel}"></div>`;
}
