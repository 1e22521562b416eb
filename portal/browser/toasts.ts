import { html } from "../html.ts";
import { element, type RequestDetail, reader } from "./here.ts";

const SHOWN_MS = 8_000;

let timer: ReturnType<typeof setTimeout>;

/**
 * Shows what was done for 8 s, longer while it is pointed at or has the focus, with Undo where there is a way back. Tells as
 * well when something has failed; the composer, the stream and the choice of a reminder speak for themselves.
 */
export function watchToasts(): void {
  const place = document.getElementById("toasts");
  if (!place) return;
  new MutationObserver(wait).observe(place, { childList: true });
  for (const happening of ["mouseenter", "focusin"]) place.addEventListener(happening, () => clearTimeout(timer));
  for (const happening of ["mouseleave", "focusout"]) place.addEventListener(happening, wait);
  place.addEventListener("click", ({ target }) => {
    if ((target as Element).closest("[data-close-toast]")) place.replaceChildren();
  });
  document.addEventListener("htmx:response:error", tellFailure);
  document.addEventListener("htmx:error", tellFailure);
}

/** Says something in passing. */
export function toast(sentence: string): void {
  const line = element(html`<div class="toast"><span>${sentence}</span></div>`);
  document.getElementById("toasts")?.replaceChildren(line);
}

function wait(): void {
  clearTimeout(timer);
  const { ms = SHOWN_MS } = document.querySelector<HTMLElement>("#toasts > .toast")?.dataset ?? {};
  timer = setTimeout(leave, Number(ms));
}

function leave(): void {
  const place = document.getElementById("toasts")!;
  if (place.matches(":hover") || place.contains(document.activeElement)) return wait();
  place.replaceChildren();
}

// What asked may have left the page: the event is then told of the document alone.
function tellFailure(event: Event): void {
  const source = (event as CustomEvent<Partial<RequestDetail>>).detail.ctx?.sourceElement;
  if (source?.matches("#composer, #reply-composer, #live, #reading, #remind-dialog form, [data-unsent]")) return;
  toast(reader().words.actionFailed);
}
