import { openThread, reader } from "./here.ts";
import { toast } from "./toasts.ts";

/** The composer: Ctrl+Enter sends, with Shift it resolves too; the field says whether it takes a reply or a note. */
export function watchComposer(): void {
  document.addEventListener("keydown", sendByKey);
  document.addEventListener("change", followKind);
}

/** Answers the composer of the open thread; none where the conversation is closed. */
export function openComposer(): HTMLFormElement | null {
  return openThread()?.querySelector<HTMLFormElement>("#composer") ?? null;
}

/** Answers the field of a composer. */
export function fieldOf(form: HTMLFormElement): HTMLTextAreaElement {
  return form.elements.namedItem("body") as HTMLTextAreaElement;
}

/** Answers the field that holds the id under which what stands in a composer will be sent. */
export function idFieldOf(form: HTMLFormElement): HTMLInputElement {
  return form.elements.namedItem("clientId") as HTMLInputElement;
}

/** Whether a composer is turned to the team alone. */
export function isForNotes(form: HTMLFormElement): boolean {
  return new FormData(form).get("visibility") === "staff";
}

/** Whether a customer would read what stands in a composer: where there is a choice, until it is turned to the team. */
export function isForCustomers(form: HTMLFormElement): boolean {
  return form.querySelector(".kinds") !== null && !isForNotes(form);
}

/**
 * Turns the composer to a reply or a note, puts the focus into it, and answers whether it did turn: a note that has been
 * begun becomes a reply by its switch alone, never by a key or a quotation; and where colleagues talk there are no notes.
 */
export function turnTo(kind: "everyone" | "staff", form: HTMLFormElement): boolean {
  const choice = form.querySelector<HTMLInputElement>(`[name=visibility][value=${kind}]`);
  if (!choice) return false;
  const field = fieldOf(form);
  const isNoteBegun = kind === "everyone" && !choice.checked && field.value.trim() !== "";
  if (isNoteBegun) toast(reader().words.noteBegun);
  else if (!choice.checked) choice.click();
  field.focus();
  return !isNoteBegun;
}

/** Makes the composer ready for another message. */
export function clearComposer(form: HTMLFormElement): void {
  fieldOf(form).value = "";
  idFieldOf(form).value = newClientId();
  delete form.dataset.began;
  for (const line of form.querySelectorAll<HTMLElement>(".problem-line, .changed-line, .foretold")) {
    line.replaceChildren();
    delete line.dataset.said;
  }
}

/** Answers an id for a message. crypto.randomUUID does not exist on plain-http hosts. */
export function newClientId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function sendByKey(event: KeyboardEvent): void {
  const field = event.target;
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !(field instanceof HTMLTextAreaElement)) return;
  const form = field.form;
  if (!form?.matches("#composer, #reply-composer")) return;
  event.preventDefault();
  const resolving = form.querySelector<HTMLButtonElement>("[name=next]");
  form.requestSubmit(event.shiftKey && !isForNotes(form) ? resolving : null);
}

function followKind(event: Event): void {
  const choice = event.target;
  if (!(choice instanceof HTMLInputElement) || choice.name !== "visibility" || !choice.form) return;
  const field = fieldOf(choice.form);
  field.placeholder = choice.value === "staff" ? field.dataset.notePlaceholder! : reader().words.writeReply;
  field.focus();
}
