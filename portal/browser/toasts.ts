import { html } from "../html.ts";
import { element, reader } from "./here.ts";

const SHOWN_MS = 8_000;

let timer: ReturnType<typeof setTimeout>;

/**
 * Shows what was done for 8 s, longer while it is pointed at or has the focus, with Undo where there is a way back, by the
 * key Z too. Tells as well when something has failed; the composer and the stream speak for themselves.
 */
export function watchToasts(): void {
  const place = document.getElementById("toasts");
  if (!place) return;
  new MutationObserver(wait).observe(place, { childList: true });
  for (const happening of ["mouseenter", "focusin"]) place.addEventListener(happening, () => clearTimeout(timer));
  for (const happening of ["mouseleave", "focusout"]) place.addEventListener(happening, wait);
  document.addEventListener("keydown", undoByKey);
  document.addEventListener("htmx:response:error", (event) => tellFailure(event.target as Element));
  document.addEventListener("htmx:error", (event) => tellFailure(event.target as Element));
}

/** Says something in passing. */
export function toast(sentence: string): void {
  const line = element(html`<div class="toast"><span>${sentence}</span></div>`);
  document.getElementById("toasts")?.replaceChildren(line);
}

function wait(): void {
  clearTimeout(timer);
  timer = setTimeout(leave, SHOWN_MS);
}

function leave(): void {
  const place = document.getElementById("toasts")!;
  if (place.matches(":hover") || place.contains(document.activeElement)) return wait();
  place.replaceChildren();
}

// By the key's place, so that it works in every layout; not while something is being written.
function undoByKey(event: KeyboardEvent): void {
  if (event.code !== "KeyZ" || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if ((event.target as Element).closest("input:not([type=radio]), textarea, select, [contenteditable]")) return;
  const form = document.querySelector<HTMLFormElement>("#toasts form");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

function tellFailure(source: Element): void {
  if (source.matches("#composer, #live, #reading, [data-unsent]")) return;
  toast(reader().words.actionFailed);
}
