import type { PalettePlace } from "../inbox/palette.ts";
import { openList, openThread, type RequestDetail } from "./here.ts";

/** The palette: opened by a key or the search button, asked at once, walked with the arrows, followed with Enter. */
export function watchPalette(): void {
  const input = field();
  if (!input) return;
  dialog().addEventListener("click", (event) => {
    // What is chosen does its own work, once nothing stands before it.
    if (event.target === dialog() || (event.target as Element).closest("[role=option]")) dialog().close();
  });
  input.addEventListener("keydown", walk);
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
  const at: PalettePlace = openThread() ? "thread" : openList() ? "list" : "elsewhere";
  input.setAttribute("hx-vals", JSON.stringify({ at }));
  dialog().showModal();
  input.dispatchEvent(new Event("ask"));
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
  else return;
  event.preventDefault();
}

function follow(option: HTMLElement | undefined): void {
  isAwaited = false;
  if (option) option.click();
  else {
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

function dialog(): HTMLDialogElement {
  return document.getElementById("palette") as HTMLDialogElement;
}

function field(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>("#palette input");
}
