import type { PalettePlace } from "../inbox/palette.ts";
import { openId, openList, openThread, type RequestDetail } from "./here.ts";

/**
 * The palette: opened by a key or the search button, asked at once, walked with the arrows, followed with Enter. What begins
 * with a slash is a command: Tab takes a part of it, Enter too, until the whole can be run.
 */
export function watchPalette(): void {
  const input = field();
  if (!input) return;
  dialog().addEventListener("click", (event) => {
    const option = (event.target as Element).closest<HTMLElement>("[role=option]");
    if (option?.dataset.text !== undefined) complete(option);
    // What is chosen does its own work, once nothing stands before it.
    else if (event.target === dialog() || option) dialog().close();
  });
  input.addEventListener("keydown", walk);
  input.addEventListener("input", tellWhere, true);
  document.addEventListener("htmx:after:swap", (event) => offer((event as CustomEvent<RequestDetail>).detail.ctx));
}

/** What was typed when the options that are shown were asked for. */
let answered: string | undefined;
/** Whether Enter was pressed before they came. */
let isAwaited = false;

/** Opens the palette, empty. */
export function openPalette(): void {
  const input = field();
  if (!input || dialog().open) return;
  input.value = "";
  answered = undefined;
  tellWhere();
  dialog().showModal();
  // On a page that has just come, htmx begins to listen in a task of its own, which stands before this one.
  setTimeout(() => input.dispatchEvent(new Event("ask")));
}

/** What is asked depends on where the palette was opened and on where one writes in it. */
function tellWhere(): void {
  const at: PalettePlace = openThread() ? "thread" : openList() ? "list" : "elsewhere";
  const caret = String(field()!.selectionStart ?? 0);
  field()!.setAttribute("hx-vals", JSON.stringify({ at, caret, conversation: openId() ?? "" }));
}

/** Puts a part of a command where it belongs. */
function complete({ dataset }: HTMLElement): void {
  const input = field()!;
  // Where more was written since, what is meant is among those that are still to come.
  if (answered !== input.value) return;
  const to = Number(dataset.to);
  input.setRangeText(`${dataset.text}${input.value[to] === " " ? "" : " "}`, Number(dataset.from), to, "end");
  input.focus();
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function offer({ sourceElement, request }: RequestDetail["ctx"]): void {
  const input = field()!;
  if (sourceElement !== input) return;
  answered = new URL(request.action, location.origin).searchParams.get("q") ?? "";
  select(options()[0]);
  if (isAwaited && dialog().open && answered === input.value) follow(options()[0]);
}

function walk(event: KeyboardEvent): void {
  if (event.isComposing) return;
  isAwaited = event.key === "Enter" && answered !== field()!.value;
  if (isAwaited) return event.preventDefault();
  const all = options();
  const at = all.findIndex((option) => option.ariaSelected === "true");
  if (event.key === "ArrowDown") select(all[(at + 1) % all.length]);
  else if (event.key === "ArrowUp") select(all.at(at <= 0 ? -1 : at - 1));
  else if (event.key === "Enter") follow(all[at]);
  else if (event.key === "Tab" && !event.shiftKey && parts().length > 0)
    complete(all[at]?.dataset.text === undefined ? parts()[0]! : all[at]);
  else return;
  event.preventDefault();
}

function follow(option: HTMLElement | undefined): void {
  isAwaited = false;
  if (option) option.click();
  // A command that cannot be carried out says why.
  else if (!field()!.value.trimStart().startsWith("/")) {
    field()!.form!.requestSubmit();
    dialog().close();
  }
}

function select(option: HTMLElement | undefined): void {
  for (const other of options()) other.ariaSelected = String(other === option);
  if (!option) return field()!.removeAttribute("aria-activedescendant");
  option.id = "palette-chosen";
  for (const other of options()) if (other !== option) other.removeAttribute("id");
  field()!.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function options(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#palette-list [role=option]")];
}

/** What can be put into a command. */
function parts(): HTMLElement[] {
  return options().filter(({ dataset }) => dataset.text !== undefined);
}

function dialog(): HTMLDialogElement {
  return document.getElementById("palette") as HTMLDialogElement;
}

function field(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>("#palette input");
}
