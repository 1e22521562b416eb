import { html } from "../html.ts";
import { problemLine } from "../conversation/composer.ts";
import { element, type RequestDetail, reader } from "./here.ts";

const SHOWN_MS = 8_000;

let timer: ReturnType<typeof setTimeout>;

/**
 * Shows what was done for 8 s, longer while it is pointed at or has the focus, with Undo where there is a way back. Tells as
 * well when something has failed, and why where the server has said so; the composer and the stream speak for themselves.
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
  // It does not bubble.
  document.addEventListener("close", ({ target }) => forgetProblem(target as Element), true);
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
  const { ctx } = (event as CustomEvent<Partial<RequestDetail>>).detail;
  const source = ctx?.sourceElement;
  if (source?.matches("#composer, #reply-composer, #live, #reading, [data-unsent]")) return;
  const sentence = refusalIn(ctx?.text ?? "") ?? reader().words.actionFailed;
  const dialog = source?.closest("dialog[open]");
  if (dialog?.isConnected) tellIn(dialog, sentence);
  else toast(sentence);
}

/** The sentence of a refusal, as `problemLine` makes it; null of anything else, such as a page. */
function refusalIn(answer: string): string | null {
  const { body } = new DOMParser().parseFromString(answer, "text/html");
  const isLine = body.childElementCount === 1 && body.firstElementChild!.matches("svg");
  return isLine ? body.textContent.trim() : null;
}

/** Beneath a dialog nothing is reached or read out: what has failed in it is said in it, until it closes. */
function tellIn(dialog: Element, sentence: string): void {
  forgetProblem(dialog);
  const line = element(html`<p class="problem-line" role="alert">${problemLine(sentence)}</p>`);
  const footer = dialog.querySelector("form > footer");
  if (footer) footer.before(line);
  else dialog.append(line);
}

function forgetProblem(place: Element): void {
  if (place.matches("dialog")) place.querySelector(".problem-line")?.remove();
}
