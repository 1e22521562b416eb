import { type Html, html } from "./html.ts";
import type { Reader } from "./reader.ts";

/** How what was done can be taken back: a form to be posted, with its fields. */
export type Undo = { action: string; fields: Record<string, string> };

/** Answers a passing line for the agent who did something, with a way back where there is one. */
export function toastChange(sentence: string, undo: Undo | null, reader: Reader): Html {
  return html`<hx-partial hx-target="#toasts" hx-swap="beforeend"><div class="toast"><span>${sentence}</span>${undo && undoForm(undo, reader)}</div></hx-partial>`;
}

function undoForm({ action, fields }: Undo, { words }: Reader): Html {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${action}" hx-post="${action}" hx-target="#desk" hx-swap="none">${inputs}<button type="submit" aria-keyshortcuts="z">${words.undo}</button><kbd aria-hidden="true">Z</kbd></form>`;
}
