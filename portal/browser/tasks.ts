import { problemLine } from "../conversation/composer.ts";
import { openThread, type RequestDetail, reader } from "./here.ts";
import { seldom } from "./seldom.ts";
import { refusalIn } from "./toasts.ts";

/** How often what is known of the open task is asked for at most, in ms. */
const ASK_MS = 500;

/** The parts of a task's page, which it asks for again when the task has changed. */
const parts = ["task-head", "task-about", "task-fields"];

/** Parts that have to be asked for, and are in use. */
const waiting = new Set<string>();

/** Keeps what a page shows of tasks right: of the one that is open, of those that it names, and of those made of its messages. */
export function watchTasks(): void {
  document.addEventListener("task", (event) => {
    const detail = (event as CustomEvent<{ data?: string } | null>).detail;
    if (detail?.data && isShown(detail.data)) askForTask();
    if (detail?.data && isNamedIn("made", detail.data)) askForMade();
  });
  document.addEventListener("made", askForMade);
  document.addEventListener("htmx:config:request", (event) =>
    takeItem((event as CustomEvent<RequestDetail>).detail.ctx),
  );
  document.addEventListener("htmx:after:request", (event) =>
    closeDone((event as CustomEvent<RequestDetail>).detail.ctx),
  );
  document.addEventListener("htmx:finally:request", (event) =>
    settleItem((event as CustomEvent<RequestDetail>).detail.ctx),
  );
  document.addEventListener("htmx:before:swap", holdBack);
  document.addEventListener("click", openForm);
  document.addEventListener("keydown", leaveForm);
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.matches(".adding input")) tellProblem(target, null);
  });
  // What was in use may be no longer: a menu or a dialog has closed, a field was left. The first two do not bubble.
  for (const happening of ["close", "toggle", "focusout"]) document.addEventListener(happening, askForWaiting, true);
}

function isShown(id: string): boolean {
  return isNamedIn("task-fields", id) || openThread()?.dataset.task === id;
}

function isNamedIn(place: string, id: string): boolean {
  return document.querySelector(`#${place} [href$="/${CSS.escape(id)}"]`) !== null;
}

/** Asks for the parts of the open task. Which moves are offered, and to whom, only the server knows. */
const askForTask = seldom(ASK_MS, () => parts.forEach(ask));

/** Asks for the tasks that were made of the open conversation's messages. */
const askForMade = seldom(ASK_MS, () => ask("made"));

/**
 * Where somebody is choosing or writing. The field of a new line is kept over what comes, but with a text in it somebody may be
 * pressing the button beside it, which must not move away.
 */
const IN_USE =
  "dialog[open], :popover-open, .add-item:is(:focus-within, :active) input:not(:placeholder-shown), .add-item select:focus";

/** Asks for a part, unless it is in use: that would be gone. */
function ask(id: string): void {
  const part = document.getElementById(id);
  if (part?.querySelector(IN_USE)) waiting.add(id);
  else part?.dispatchEvent(new CustomEvent("task"));
}

/** What was not in use when it was asked for may be by now, as a dialog that has just been opened: it is asked for later. */
function holdBack(event: Event): void {
  const { target } = (event as CustomEvent<RequestDetail>).detail.ctx;
  if (!target || !parts.includes(target.id) || !target.querySelector(IN_USE)) return;
  event.preventDefault();
  waiting.add(target.id);
}

function askForWaiting(): void {
  if (waiting.size === 0) return;
  setTimeout(() => {
    const wanted = [...waiting];
    waiting.clear();
    wanted.forEach(ask);
  });
}

/** A dialog of a task has done its work once the server has taken what it holds. */
function closeDone({ sourceElement, response }: RequestDetail["ctx"]): void {
  const dialog = sourceElement?.closest?.<HTMLDialogElement>(".task-dialog");
  if (dialog?.open && response && response.status < 300) dialog.close();
}

type Request = RequestDetail["ctx"];

/** New lines of a checklist that are on their way, by what brings them. */
const items = new WeakMap<Request, string>();

/** The field is free for the next line at once, and Enter sends none twice. */
function takeItem(ctx: Request): void {
  const field = itemField(ctx);
  if (!field) return;
  items.set(ctx, field.value);
  field.value = "";
  field.focus();
}

/** What was not taken comes back, before what has been written since, and where the form has a line for it with the reason. */
function settleItem(ctx: Request): void {
  const [field, text] = [itemField(ctx), items.get(ctx)];
  if (!field || text === undefined) return;
  if (ctx.response && ctx.response.status < 300) {
    if (field.name === "parent" || field.name === "link") shut(field);
    return askForTask();
  }
  field.value = `${text} ${field.value}`.trim();
  tellProblem(field, refusalIn(ctx.text ?? "") ?? reader().words.actionFailed);
}

/** One is enough, most of the time: the focus goes back to what opened the form. Subtasks come several at once. */
function shut(field: HTMLInputElement): void {
  const place = field.closest("details");
  if (!place || field.value !== "") return;
  const hadFocus = place.contains(document.activeElement);
  place.open = false;
  if (hadFocus) place.querySelector("summary")!.focus();
}

/** Says beside a field why what stood in it was not taken; null: it was, or other words stand there. */
function tellProblem(field: HTMLInputElement, sentence: string | null): void {
  const line = field.form!.querySelector(".problem-line");
  if (!line) return;
  line.innerHTML = sentence === null ? "" : problemLine(sentence).text;
  if (sentence === null) field.removeAttribute("aria-invalid");
  else field.setAttribute("aria-invalid", "true");
}

/** Who opens such a form writes in it at once: the next key is for its field. */
function openForm(event: Event): void {
  const place = (event.target as Element).closest(".adding > summary")?.closest("details");
  if (!place || place.open) return;
  event.preventDefault();
  place.open = true;
  place.querySelector<HTMLElement>("select, input")!.focus();
}

/** Escape leaves it, and what stands in it. */
function leaveForm(event: KeyboardEvent): void {
  const place = event.key === "Escape" ? (event.target as Element).closest<HTMLDetailsElement>(".adding[open]") : null;
  if (!place || event.isComposing) return;
  event.preventDefault();
  place.open = false;
  place.querySelector("summary")!.focus();
}

function itemField({ sourceElement }: Request): HTMLInputElement | null {
  return sourceElement?.matches?.(".add-item") ? sourceElement.querySelector("input") : null;
}
