import { html } from "../html.ts";
import { prose } from "../conversation/prose.ts";
import { messageEditor } from "../conversation/message-dialogs.ts";
import { problemLine } from "../conversation/composer.ts";
import { paths } from "../paths.ts";
import { element, myId, openThread, reader } from "./here.ts";
import { sendForm, textAt } from "./message-post.ts";
import { toast } from "./toasts.ts";

/** The message for which a dialog is open. */
let chosen: HTMLElement | null = null;

/** What becomes of messages by the agent's hand: signs, edits, deletions and pins, shown at once; the stream confirms them. */
export function watchMessageActs(): void {
  document.addEventListener("click", pressed);
  document.addEventListener("submit", submitted);
  document.addEventListener("keydown", editByKey);
  // A dialog's end does not bubble.
  document.addEventListener("close", closed, { capture: true });
}

/** Presses the signs that the agent has set. */
export function arrangeSigns(): void {
  const me = myId() ?? "";
  for (const pill of document.querySelectorAll<HTMLElement>(".rx"))
    pill.ariaPressed = String(pill.dataset.whose!.split(" ").includes(me));
}

function idOf(message: HTMLElement): string {
  return message.id.slice("m-".length);
}

function dialog(id: string): HTMLDialogElement {
  return document.getElementById(id) as HTMLDialogElement;
}

/** Lets the agent choose a sign. */
export function chooseSign(message: HTMLElement): void {
  chosen = message;
  dialog("picker").showModal();
}

/** Asks before a message is deleted. */
export function remove(message: HTMLElement): void {
  chosen = message;
  const question = dialog("delete-dialog");
  question.returnValue = "";
  question.showModal();
}

/** Pins a message, or unpins it. */
export async function togglePin(message: HTMLElement): Promise<void> {
  const isPinned = message.querySelector(".pinned") === null;
  const problem = await sendForm(paths.messagePin(idOf(message)), { isPinned: String(isPinned) });
  if (problem !== null) toast(problem);
}

function pressed(event: MouseEvent): void {
  const target = event.target as Element;
  const sign = target.closest<HTMLElement>("#picker [data-emoji]")?.dataset.emoji;
  if (sign && chosen) {
    dialog("picker").close();
    void setSign(chosen, sign, true);
  }
  if (target.closest("[data-cancel]")) endEdit(target.closest<HTMLElement>(".msg")!);
  const history = target.closest<HTMLAnchorElement>("a.edited");
  if (history && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    void showHistory(history.href);
  }
  if (target instanceof HTMLDialogElement && target.id === "picker") target.close();
}

/** Shows who has read a message. */
export async function showSeen(message: HTMLElement): Promise<void> {
  const seen = await textAt(paths.messageSeen(idOf(message)));
  if (seen === null) return toast(reader().words.actionFailed);
  document.getElementById("seen-list")!.innerHTML = seen;
  dialog("seen-dialog").showModal();
}

async function showHistory(address: string): Promise<void> {
  const versions = await textAt(address);
  if (versions === null) return toast(reader().words.actionFailed);
  document.getElementById("history")!.innerHTML = versions;
  dialog("history-dialog").showModal();
}

function submitted(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const message = form.closest<HTMLElement>(".msg");
  if (!message) return;
  if (form.matches(".rxs")) {
    event.preventDefault();
    const pill = event.submitter as HTMLButtonElement;
    void setSign(message, pill.value, pill.ariaPressed !== "true");
  } else if (form.matches(".editor")) {
    event.preventDefault();
    void save(message, form);
  }
}

function closed({ target }: Event): void {
  const question = target as HTMLDialogElement;
  const message = chosen;
  if (question.id === "delete-dialog" && question.returnValue === "delete" && message) void erase(message);
  if (question.id === "picker" || question.id === "delete-dialog") {
    chosen = null;
    message?.focus({ preventScroll: true });
  }
}

/** Shows a sign of the agent's under a message, or no longer, and says so to the server. */
async function setSign(message: HTMLElement, emoji: string, isOn: boolean): Promise<void> {
  const before = message.querySelector(".msg-b")!.cloneNode(true);
  press(message, emoji, isOn);
  const problem = await sendForm(paths.reactions(idOf(message)), { emoji, isOn: String(isOn) });
  if (problem === null) return;
  message.querySelector(".msg-b")!.replaceWith(before);
  toast(problem);
}

function press(message: HTMLElement, emoji: string, isOn: boolean): void {
  const pills = message.querySelector(".rxs") ?? addPills(message);
  const pill = pills.querySelector<HTMLElement>(`.rx[value="${CSS.escape(emoji)}"]`) ?? addPill(pills, emoji);
  const me = myId()!;
  const others = pill.dataset.whose!.split(" ").filter((id) => id !== "" && id !== me);
  const whose = isOn ? [...others, me] : others;
  pill.dataset.whose = whose.join(" ");
  pill.lastElementChild!.textContent = String(whose.length);
  pill.ariaPressed = String(isOn);
  if (whose.length === 0) pill.remove();
}

function addPills(message: HTMLElement): Element {
  const pills = element(
    html`<form class="rxs" method="post" action="${paths.reactions(idOf(message))}" aria-label="${reader().words.reactions}"></form>`,
  );
  message.querySelector(".msg-b")!.append(pills);
  return pills;
}

function addPill(pills: Element, emoji: string): HTMLElement {
  const pill = element(
    html`<button class="rx" type="submit" name="emoji" value="${emoji}" data-whose=""><span>${emoji}</span><span></span></button>`,
  );
  pills.append(pill);
  return pill;
}

async function erase(message: HTMLElement): Promise<void> {
  const problem = await sendForm(paths.messageDeletion(idOf(message)), {});
  if (problem !== null) toast(problem);
}

/** Edits a message where it stands. */
export async function edit(message: HTMLElement): Promise<void> {
  if (message.querySelector(".editor")) return;
  const text = await textAt(paths.messageText(idOf(message)));
  if (text === null) return toast(reader().words.actionFailed);
  message.append(element(messageEditor(idOf(message), text, reader())));
  message.classList.add("editing");
  const field = message.querySelector<HTMLTextAreaElement>(".editor textarea")!;
  field.focus();
  field.setSelectionRange(text.length, text.length);
}

function endEdit(message: HTMLElement): void {
  message.querySelector(".editor")?.remove();
  message.classList.remove("editing");
  message.focus({ preventScroll: true });
}

/** What is saved stands at once; what was refused stays in the editor, which says why. */
async function save(message: HTMLElement, form: HTMLFormElement): Promise<void> {
  const body = String(new FormData(form).get("body"));
  const said = message.querySelector(".prose")!;
  const before = said.innerHTML;
  said.innerHTML = html`${prose(body)}`.text;
  form.hidden = true;
  message.classList.remove("editing");
  const problem = await sendForm(form.action, { body });
  if (problem === null) return endEdit(message);
  message.querySelector(".prose")!.innerHTML = before;
  message.classList.add("editing");
  form.hidden = false;
  form.querySelector(".problem-line")!.innerHTML = problemLine(problem).text;
  form.querySelector("textarea")!.focus();
}

/** Escape leaves an edit, Ctrl+Enter saves it; ArrowUp in an empty composer edits the last message of one's own. */
function editByKey(event: KeyboardEvent): void {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement) || event.isComposing) return;
  const message = field.closest<HTMLElement>(".msg");
  if (message && event.key === "Escape") {
    event.preventDefault();
    endEdit(message);
  } else if (message && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    field.form!.requestSubmit();
  } else if (field.form?.id === "composer" && event.key === "ArrowUp" && field.value === "") {
    const own = [...(openThread()?.querySelectorAll<HTMLElement>(".msg:not(.ghost, .gone)") ?? [])];
    const last = own.findLast(({ dataset }) => dataset.author === myId());
    if (!last) return;
    event.preventDefault();
    void edit(last);
  }
}
