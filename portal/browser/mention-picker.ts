import { roomWords } from "../../words/rooms.ts";
import { isForNotes } from "./composer.ts";
import { reader, say } from "./here.ts";

/** An @ that nothing is written against, and what has been written of a handle up to the caret. */
const BEGUN = /(?<![\p{L}\p{M}\p{N}_@./-])@([\p{L}\p{M}\p{N}._-]{0,32})$/u;
const WAIT_MS = 100;

let field: HTMLTextAreaElement | null = null;
let asking: AbortController | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Offers colleagues while a handle is being written where they can be mentioned: walked with the arrows, taken with Enter or Tab. */
export function watchMentionPicker(): void {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLTextAreaElement && target.form?.dataset.mentionable) follow(target);
  });
  // Before those who send or leave by the same keys.
  document.addEventListener("keydown", walk, true);
  document.addEventListener("focusout", ({ target }) => target === field && close());
  document.addEventListener("pointerdown", (event) => {
    const option = (event.target as Element).closest<HTMLElement>("#mention-list [role=option]");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
}

function follow(target: HTMLTextAreaElement): void {
  const asked = begunIn(target);
  if (asked === null) return close();
  field = target;
  clearTimeout(timer);
  timer = setTimeout(() => void offer(target, asked), WAIT_MS);
}

function begunIn(target: HTMLTextAreaElement): string | null {
  const form = target.form!;
  if (form.querySelector(".kinds") && !isForNotes(form)) return null;
  return BEGUN.exec(target.value.slice(0, target.selectionStart))?.[1] ?? null;
}

async function offer(target: HTMLTextAreaElement, asked: string): Promise<void> {
  asking?.abort();
  asking = new AbortController();
  try {
    const address = `${target.form!.dataset.mentionable}?${new URLSearchParams({ q: asked })}`;
    const answer = await fetch(address, { signal: asking.signal, headers: { "HX-Request": "true" } });
    const markup = answer.ok ? await answer.text() : "";
    if (target === field && begunIn(target) === asked) show(target, markup);
  } catch {
    // Another one is asked for, or the network is gone: writing goes on.
  }
}

function show(target: HTMLTextAreaElement, markup: string): void {
  if (markup === "") return close();
  const words = roomWords[reader().locale];
  list()?.remove();
  target.insertAdjacentHTML("afterend", `<ul id="mention-list" role="listbox">${markup}</ul>`);
  list()!.ariaLabel = words.suggestionsLabel;
  target.setAttribute("aria-controls", "mention-list");
  select(options()[0]!);
  say(words.suggestions(options().length));
}

function close(): void {
  clearTimeout(timer);
  asking?.abort();
  list()?.remove();
  for (const name of ["aria-controls", "aria-activedescendant"]) field?.removeAttribute(name);
  field = null;
}

function walk(event: KeyboardEvent): void {
  const all = options();
  if (event.target !== field || all.length === 0 || event.isComposing) return;
  const at = all.findIndex((option) => option.ariaSelected === "true");
  if (event.key === "ArrowDown") select(all[(at + 1) % all.length]!);
  else if (event.key === "ArrowUp") select(all.at(at - 1)!);
  else if (event.key === "Escape") close();
  else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey && !event.shiftKey)
    take(all[at]!);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function select(chosen: HTMLElement): void {
  for (const [nth, option] of options().entries()) {
    option.id = `mention-${nth}`;
    option.ariaSelected = String(option === chosen);
  }
  field?.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}

function take({ dataset }: HTMLElement): void {
  const target = field!;
  const to = target.selectionStart;
  const from = to - (begunIn(target) ?? "").length;
  target.setRangeText(`${dataset.handle} `, from, to, "end");
  close();
  target.dispatchEvent(new Event("input", { bubbles: true }));
}

function list(): HTMLElement | null {
  return document.getElementById("mention-list");
}

function options(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#mention-list [role=option]")];
}
