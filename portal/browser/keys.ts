import { tinykeys } from "tinykeys";
import { keyMap } from "../keys.ts";
import { doAct } from "./acts.ts";

/** Where it is kept that single keys are switched off, as WCAG 2.1.4 asks. */
const OFF = "beseda:keys-off";

/** The keys of the desk. Single ones rest while something is being written, while a dialog is open, and when switched off. */
export function watchKeys(): void {
  for (const { act, keys } of keyMap) {
    if (act === "undo") continue;
    tinykeys(window, { [keys]: (event) => run(event, act) }, { ignore: (event) => isElsewhere(event, keys) });
  }
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-act]");
    if (!button || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    doAct(button.dataset.act!);
  });
  const choice = document.getElementById("single-keys") as HTMLInputElement | null;
  if (choice) choice.checked = !areOff();
  choice?.addEventListener("change", () => localStorage.setItem(OFF, choice.checked ? "" : "1"));
}

function run(event: KeyboardEvent, act: string): void {
  event.preventDefault();
  doAct(act);
}

function isElsewhere(event: KeyboardEvent, keys: string): boolean {
  if (event.isComposing) return true;
  if (keys.startsWith("$mod")) return false;
  const target = event.target as Element;
  const isWriting = target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
  return Boolean(isWriting) || document.querySelector("dialog[open]") !== null || areOff();
}

function areOff(): boolean {
  return localStorage.getItem(OFF) === "1";
}
