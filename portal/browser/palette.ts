import { openThread } from "./here.ts";

/** The palette: opened by a key or the search button, asked at once, walked with the arrows, followed with Enter. */
export function watchPalette(): void {
  const input = field();
  if (!input) return;
  dialog().addEventListener("click", (event) => {
    // What is chosen does its own work, once nothing stands before it.
    if (event.target === dialog() || (event.target as Element).closest("[role=option]")) dialog().close();
  });
  input.addEventListener("keydown", walk);
  document.addEventListener("htmx:after:swap", () => select(options()[0]));
}

/** Opens the palette, empty. */
export function openPalette(): void {
  const input = field();
  if (!input || dialog().open) return;
  input.value = "";
  input.setAttribute("hx-vals", JSON.stringify({ thread: openThread() ? "1" : "0" }));
  dialog().showModal();
  input.dispatchEvent(new Event("ask"));
}

function walk(event: KeyboardEvent): void {
  if (event.isComposing) return;
  const all = options();
  const at = all.findIndex((option) => option.ariaSelected === "true");
  if (event.key === "ArrowDown") select(all[(at + 1) % all.length]);
  else if (event.key === "ArrowUp") select(all.at(at <= 0 ? -1 : at - 1));
  else if (event.key === "Enter") follow(all[at]);
  else return;
  event.preventDefault();
}

function follow(option: HTMLElement | undefined): void {
  const search = new URL("/portal/search", location.origin);
  search.searchParams.set("q", field()!.value);
  if (option) option.querySelector<HTMLElement>("a, button")!.click();
  else location.assign(search);
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
