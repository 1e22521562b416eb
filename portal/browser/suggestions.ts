import { roomWords } from "../../words/rooms.ts";
import { reader, say } from "./here.ts";

/** What an option puts into the field, and in place of what. */
export type Replacement = { text: string; from: number; to: number };

/** Something that is suggested while somebody writes: what is asked of the server, and what an option of the answer does. */
export type Source = {
  /** What is begun where one writes, all that the answer depends on; null: nothing of this kind. */
  begun: (field: HTMLTextAreaElement) => string | null;
  /** Asks for a list of options, and what is to be said above it; '' where there is none. */
  ask: (field: HTMLTextAreaElement, signal: AbortSignal) => Promise<string>;
  replaces: (field: HTMLTextAreaElement, option: HTMLElement) => Replacement;
};

type Shown = { source: Source; begun: string };

const WAIT_MS = 100;

let field: HTMLTextAreaElement | null = null;
/** For what the options that are shown were asked for. */
let shown: Shown | null = null;
/** Whether an option was taken before those for what is written now came. */
let isAwaited = false;
let asking: AbortController | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Offers what the first of these sources has for it while something is written: walked with the arrows, taken with Enter or Tab. */
export function watchSuggestions(sources: readonly Source[]): void {
  const follow = (target: EventTarget | null) => {
    if (!(target instanceof HTMLTextAreaElement) || !target.form?.matches(".comp")) return;
    if (sources.every((source) => source.begun(target) === null)) return close();
    // Who writes on takes nothing yet.
    isAwaited = false;
    field = target;
    clearTimeout(timer);
    timer = setTimeout(() => void offer(target, sources), WAIT_MS);
  };
  document.addEventListener("input", ({ target }) => follow(target));
  // Before those who send or leave by the same keys.
  document.addEventListener("keydown", walk, true);
  document.addEventListener("focusout", ({ target }) => target === field && close());
  // What is sent takes no suggestion any more.
  document.addEventListener("submit", close, true);
  document.addEventListener("pointerdown", (event) => {
    const option = (event.target as Element).closest<HTMLElement>("#suggestions [role=option]");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
}

async function offer(target: HTMLTextAreaElement, sources: readonly Source[]): Promise<void> {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    for (const source of sources) {
      const begun = source.begun(target);
      if (begun === null) continue;
      const markup = await source.ask(target, signal);
      if (signal.aborted || target !== field || source.begun(target) !== begun) return;
      if (markup !== "") return show(target, { source, begun }, markup);
    }
    close();
  } catch {
    // Another one is asked for, or the network is gone: writing goes on, and what comes later is not taken unasked.
    if (!signal.aborted) isAwaited = false;
  }
}

function show(target: HTMLTextAreaElement, now: Shown, markup: string): void {
  const before = place();
  if (before) before.innerHTML = markup;
  else target.insertAdjacentHTML("afterend", `<div id="suggestions">${markup}</div>`);
  shown = now;
  const list = place()!.querySelector("ul");
  if (list) list.id = "suggestion-list";
  if (list) target.setAttribute("aria-controls", list.id);
  else target.removeAttribute("aria-controls");
  const all = options();
  // What has not been begun is offered and not chosen: Enter begins a line then, as it does elsewhere.
  select(all[0] && isBegun(all[0]) ? all[0] : undefined);
  if (all.length > 0) say(roomWords[reader().locale].suggestions(all.length));
  if (isAwaited && all[0]) take(all[0]);
  isAwaited = false;
}

/** A mention stands behind its sign; a command says which part of it is replaced. */
function isBegun({ dataset }: HTMLElement): boolean {
  return dataset.from === undefined || dataset.from !== dataset.to;
}

function close(): void {
  clearTimeout(timer);
  asking?.abort();
  place()?.remove();
  for (const name of ["aria-controls", "aria-activedescendant"]) field?.removeAttribute(name);
  [field, shown, isAwaited] = [null, null, false];
}

function walk(event: KeyboardEvent): void {
  if (event.target !== field || !shown || event.isComposing) return;
  const all = options();
  const at = all.findIndex((option) => option.ariaSelected === "true");
  const isTaking =
    (event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (event.key === "Escape") close();
  else if (all.length === 0) return;
  else if (event.key === "ArrowDown") select(all[(at + 1) % all.length]);
  else if (event.key === "ArrowUp") select(all.at(at <= 0 ? -1 : at - 1));
  else if (isTaking && at >= 0) take(all[at]!);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function select(chosen: HTMLElement | undefined): void {
  for (const [nth, option] of options().entries()) {
    option.id = `suggestion-${nth}`;
    option.ariaSelected = String(option === chosen);
  }
  if (!chosen) return field?.removeAttribute("aria-activedescendant");
  field?.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}

function take(option: HTMLElement): void {
  const target = field!;
  const { source, begun } = shown!;
  // Where more was written since, what is meant is among those that are still to come.
  isAwaited = source.begun(target) !== begun;
  if (isAwaited) return;
  const { text, from, to } = source.replaces(target, option);
  const space = target.value[to] === " " ? "" : " ";
  target.setRangeText(text + space, from, to, "end");
  close();
  target.dispatchEvent(new Event("input", { bubbles: true }));
}

function place(): HTMLElement | null {
  return document.getElementById("suggestions");
}

function options(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#suggestions [role=option]")];
}
