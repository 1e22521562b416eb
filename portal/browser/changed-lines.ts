import type { SwapDetail } from "./here.ts";
import { holdPlace } from "./scrolling.ts";

/** Whether a swap puts a changed message in the place of what it was. */
export function isRenewal({ swapSpec }: SwapDetail["tasks"][number]): boolean {
  return swapSpec?.style === "outerSync";
}

/** What the page has put into a line, and stays there when its message changes: the bar, and an edit that has been begun. */
const KEPT = ":scope > :is(#message-bar, .editor)";

/**
 * Gives changed lines about to take the place of what stands in the thread what the page has added there: how the line is
 * joined, the bar, an edit that has been begun; and the focus comes back to where it was.
 */
export function keepWithLines(fragments: readonly DocumentFragment[]): void {
  if (fragments.length > 0) document.addEventListener("htmx:after:swap", holdPlace(), { once: true });
  for (const line of fragments.flatMap(({ children }) => [...children]) as HTMLElement[]) {
    const before = document.getElementById(line.id);
    if (!before) continue;
    const focused = before.contains(document.activeElement) ? document.activeElement : null;
    for (const name of ["cont", "editing"]) line.classList.toggle(name, before.classList.contains(name));
    line.tabIndex = before.tabIndex;
    const isGone = line.classList.contains("gone");
    if (isGone) line.classList.remove("editing");
    else line.append(...before.querySelectorAll(KEPT));
    if (focused && focused !== before)
      document.addEventListener("htmx:after:swap", () => refocus(before, focused), { once: true });
  }
}

/** What was in the line itself is there anew: the same sign has it then, else the line. */
function refocus(line: HTMLElement, focused: Element): void {
  const sign = focused.getAttribute("value");
  const anew = sign === null ? null : line.querySelector<HTMLElement>(`.rx[value="${CSS.escape(sign)}"]`);
  ((focused.isConnected ? focused : (anew ?? line)) as HTMLElement).focus({ preventScroll: true });
}
