import { html } from "../html.ts";
import { problemLine } from "../conversation/composer.ts";
import { element, type RequestDetail, reader } from "./here.ts";

const SHOWN_MS = 8_000;

/** Each line has its own. */
const timers = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>();

/**
 * Shows what was done for 8 s, or as long as a line says, longer while it is pointed at or has the focus, with Undo where there is
 * a way back: what else is said in passing meanwhile stands below that. Tells as well when something has failed, and why where
 * the server has said so; the composer, the stream and the choice of a reminder speak for themselves.
 */
export function watchToasts(): void {
  const place = document.getElementById("toasts");
  if (!place) return;
  const arrivals = new MutationObserver((changes) => {
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
    added.filter((node) => node instanceof HTMLElement).forEach(arrive);
  });
  arrivals.observe(place, { childList: true });
  for (const happening of ["mouseleave", "focusout"]) place.addEventListener(happening, () => lines().forEach(wait));
  place.addEventListener("click", ({ target }) => {
    if ((target as Element).closest("[data-close-toast]")) (target as Element).closest(".toast")!.remove();
  });
  document.addEventListener("htmx:after:request", succeeded);
  document.addEventListener("htmx:response:error", tellFailure);
  document.addEventListener("htmx:error", tellFailure);
  // It does not bubble.
  document.addEventListener("close", ({ target }) => forgetProblem(target as Element), true);
}

/** Says something in passing. */
export function toast(sentence: string): void {
  const line = element(html`<div class="toast"><span>${sentence}</span></div>`);
  document.getElementById("toasts")?.append(line);
}

function lines(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#toasts > .toast")];
}

/** A line takes the place of the one before, but neither of one that is in use, nor, in passing, of one that is to be acted on. */
function arrive(line: HTMLElement): void {
  for (const other of lines())
    if (other !== line && isToStay(other) === isToStay(line) && !isInUse(other)) other.remove();
  wait(line);
}

function isToStay(line: HTMLElement): boolean {
  return line.matches("[data-ms], :has(form)");
}

function isInUse(line: HTMLElement): boolean {
  return line.matches(":hover") || line.contains(document.activeElement);
}

function wait(line: HTMLElement): void {
  clearTimeout(timers.get(line));
  timers.set(
    line,
    setTimeout(() => (isInUse(line) ? wait(line) : line.remove()), Number(line.dataset.ms ?? SHOWN_MS)),
  );
}

/** What was taken back once has no way back any more; and what failed in a dialog has been mended. */
function succeeded(event: Event): void {
  const { sourceElement, response } = (event as CustomEvent<RequestDetail>).detail.ctx;
  if (!response || response.status >= 300) return;
  sourceElement?.closest("#toasts > .toast")?.remove();
  const dialog = sourceElement?.closest("dialog[open]");
  if (dialog) forgetProblem(dialog);
}

// What asked may have left the page: the event is then told of the document alone.
function tellFailure(event: Event): void {
  const { ctx } = (event as CustomEvent<Partial<RequestDetail>>).detail;
  const source = ctx?.sourceElement;
  if (source?.matches("#composer, #reply-composer, #live, #reading, #remind-dialog *, .adding *, [data-unsent]"))
    return;
  const sentence = refusalIn(ctx?.text ?? "") ?? reader().words.actionFailed;
  const dialog = source?.closest("dialog[open]");
  if (dialog?.isConnected) tellIn(dialog, sentence);
  else toast(sentence);
}

/** The sentence of a refusal, as `problemLine` makes it; null of anything else, such as a page. */
export function refusalIn(answer: string): string | null {
  const { body } = new DOMParser().parseFromString(answer, "text/html");
  const isLine = body.childElementCount === 1 && body.firstElementChild!.matches("svg");
  return isLine ? body.textContent.trim() : null;
}

/** Beneath a dialog nothing is reached or read out: what has failed in it is said in it, until it closes. */
function tellIn(dialog: Element, sentence: string): void {
  forgetProblem(dialog);
  const line = element(html`<p class="problem-line" role="alert" data-told="true">${problemLine(sentence)}</p>`);
  const footer = dialog.querySelector("form > footer");
  if (footer) footer.before(line);
  else dialog.append(line);
}

function forgetProblem(place: Element): void {
  if (place.matches("dialog")) place.querySelector(".problem-line[data-told]")?.remove();
}
