import { firstName } from "../person.ts";
import { fieldOf, openComposer } from "./composer.ts";
import { myId, openThread, reader } from "./here.ts";

/** Notes what the agent could have seen when they began to write. */
export function watchCollisions(): void {
  document.addEventListener("input", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("#composer");
    if (!form) return;
    const isEmpty = fieldOf(form).value.trim() === "";
    if (isEmpty) {
      delete form.dataset.began;
      warn(form, "");
    } else form.dataset.began ??= String(newestSeq());
  });
}

/** Warns above the draft when the conversation has changed since it was begun; and notes how far the thread has been seen. */
export function arrangeCollision(): void {
  const seen = document.querySelector<HTMLInputElement>("#seen-seq");
  if (seen) seen.value = String(newestSeq());
  const form = openComposer();
  // Where colleagues talk, what they say meanwhile is no warning.
  if (!form?.querySelector("#composer-changed") || form.dataset.began === undefined) return;
  const began = Number(form.dataset.began);
  const changes = lines().filter((line) => seqOf(line) > began && isByOthers(line));
  // What somebody says matters more than what it brought about.
  const change = changes.findLast((line) => line.matches(".msg")) ?? changes.at(-1);
  if (change) warn(form, wordsFor(change));
}

function wordsFor(line: HTMLElement): string {
  if (!line.classList.contains("msg")) return line.querySelector("span")!.textContent!;
  return reader().words.wroteMeanwhile(firstName(line.querySelector("header b")!.textContent!));
}

function isByOthers({ dataset }: HTMLElement): boolean {
  return dataset.author !== myId();
}

function warn(form: HTMLFormElement, text: string): void {
  const line = form.querySelector("#composer-changed");
  if (line && line.textContent !== text) line.textContent = text;
}

function newestSeq(): number {
  return Math.max(0, ...lines().map(seqOf));
}

function lines(): HTMLElement[] {
  return [...(openThread()?.querySelectorAll<HTMLElement>(".messages > [data-seq]:not(.ghost)") ?? [])];
}

function seqOf({ dataset }: HTMLElement): number {
  return Number(dataset.seq);
}
