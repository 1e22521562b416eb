import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";

/** Answers the way to what was said before; it is asked for as soon as it comes near. */
export function olderButton(id: string, before: number, reader: Reader): Html {
  const address = paths.olderMessages(id, before);
  return html`<a class="more" id="older" href="${address}" hx-get="${address}" hx-trigger="click, intersect once root:.stream-scroll rootMargin:400px" hx-target="this" hx-swap="outerHTML swapEmpty:true">${reader.words.loadOlder}</a>`;
}
