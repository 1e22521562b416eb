import { problemLine } from "../conversation/composer.ts";
import { choiceButtons, reminderChoices } from "../reminders/remind-dialog.ts";
import { reminderWords } from "../../words/reminders.ts";
import { newClientId } from "./composer.ts";
import { type RequestDetail, reader } from "./here.ts";

/** The message for which a time is being chosen. */
let chosen: HTMLElement | null = null;

/**
 * Follows the agent's own reminders: how many were told is asked for anew, and the list where it is shown. Lets them choose when
 * to be reminded of a message.
 */
export function watchReminders(): void {
  document.addEventListener("reminders", recountReminders);
  document.addEventListener("htmx:finally:request", (event) => end((event as CustomEvent<RequestDetail>).detail.ctx));
  document.addEventListener("input", changed);
  // A dialog's end does not bubble.
  document.addEventListener("close", closed, { capture: true });
}

/** Asks how many were told, and which there are. */
export function recountReminders(): void {
  for (const id of ["reminder-count", "reminders"]) document.getElementById(id)?.dispatchEvent(new Event("recount"));
}

/** Asks when to remind of a message. */
export function askReminder(message: HTMLElement): void {
  const dialog = document.getElementById("remind-dialog") as HTMLDialogElement;
  chosen = message;
  for (const form of dialog.querySelectorAll("form")) {
    form.reset();
    form.querySelector<HTMLInputElement>("[name=messageId]")!.value = message.id.slice("m-".length);
    form.querySelector<HTMLInputElement>("[name=clientId]")!.value = newClientId();
  }
  dialog.querySelector("#remind-choices")!.innerHTML = choiceButtons(reminderChoices(new Date(), reader())).text;
  dialog.querySelector("#remind-when")!.textContent = reminderWords[reader().locale].ownTimeHint;
  dialog.querySelector(".problem-line")!.replaceChildren();
  dialog.showModal();
}

/** What was asked for is said in passing; what was refused stays in the dialog, which says why. */
function end({ sourceElement, response, text = "" }: RequestDetail["ctx"]): void {
  const dialog = sourceElement?.closest?.<HTMLDialogElement>("#remind-dialog");
  if (!dialog || !sourceElement.matches("form")) return;
  const status = response?.status ?? 0;
  if (status >= 200 && status < 300) return dialog.close();
  const sentence = status === 422 ? text : reader().words.actionFailed;
  dialog.querySelector(".problem-line")!.innerHTML = problemLine(sentence).text;
}

/** Other words are not refused yet. */
function changed({ target }: Event): void {
  (target as Element).closest("#remind-dialog")?.querySelector(".problem-line")?.replaceChildren();
}

function closed({ target }: Event): void {
  if ((target as Element).id !== "remind-dialog") return;
  chosen?.focus({ preventScroll: true });
  chosen = null;
}
