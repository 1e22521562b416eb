import { tinykeys } from "tinykeys";
import { type Act, type Key, keyMap } from "../keys.ts";
import { doAct } from "./acts.ts";

/** Where it is kept that single keys are switched off, as WCAG 2.1.4 asks. */
const OFF = "beseda:keys-off";

/** The keys of the desk. Single ones rest while something is being written, while a dialog is open, and when switched off. */
export function watchKeys(): void {
  for (const key of keyMap)
    tinykeys(window, { [key.keys]: (event) => run(event, key.act) }, { ignore: (event) => rests(event, key) });
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

function run(event: KeyboardEvent, act: Act): void {
  event.preventDefault();
  doAct(act);
}

/** Whether a key does nothing now. Held down, it goes from row to row, but does nothing else twice. */
function rests(event: KeyboardEvent, { act, keys }: Key): boolean {
  if (event.isComposing) return true;
  if (keys.startsWith("$mod")) return false;
  if (event.repeat && act !== "next" && act !== "previous") return true;
  const target = event.target as Element;
  const isWriting = target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
  // The field of a dialog that has just closed keeps the focus until the page is drawn again.
  return Boolean(isWriting?.checkVisibility()) || document.querySelector("dialog[open]") !== null || areOff();
}

function areOff(): boolean {
  return localStorage.getItem(OFF) === "1";
}
