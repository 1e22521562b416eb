import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";

/** Answers the form that tells how far the agent has read: the script tells when the thread has been seen; without one, the agent does. */
export function readingForm(id: string, seq: number, { words }: Reader): Html {
  return html`<form id="reading" method="post" action="${paths.read(id)}"><input type="hidden" name="seq" value="${seq}"><noscript><button class="btn s" type="submit">${words.markRead}</button></noscript></form>`;
}
