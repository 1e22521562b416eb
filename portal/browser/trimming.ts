import htmx from "htmx.org";
import { olderButton } from "../conversation/older.ts";
import { element, openThread, reader } from "./here.ts";
import { arrangeBeginning, isBringingOlder } from "./older.ts";
import { isAtEnd } from "./scrolling.ts";

/** Of more than the most, so many stay: a window that is open all day does not grow. As many come again at once. */
const LINES = { kept: 50, most: 100 };

/**
 * Takes the oldest lines out of the open thread where its end is read. They come again, as all that was said before, to
 * whoever scrolls up to them. What is in use stays, and all that follows it.
 */
export function trimThread(): void {
  const thread = openThread();
  const list = thread?.querySelector(".messages");
  const lines = [...(list?.querySelectorAll<HTMLElement>(":scope > [data-seq]") ?? [])];
  if (lines.length <= LINES.most || !isAtEnd() || isBringingOlder() || document.querySelector("dialog[open]")) return;
  const edge = edgeOf(thread!);
  const going = lines.slice(0, -LINES.kept);
  const at = going.findIndex((line) => line.getBoundingClientRect().bottom > edge || isInUse(line));
  const first = lines[at < 0 ? going.length : at]!;
  // A few at a time would be dearer than to keep them.
  if (lines.indexOf(first) < LINES.most - LINES.kept) return;
  takeAllBefore(first);
  const way = element(olderButton(thread!.dataset.conversation!, Number(first.dataset.seq), reader()));
  document.getElementById("older")?.remove();
  thread!.querySelector(".stream")!.prepend(way);
  htmx.process(way);
  arrangeBeginning();
}

/** A screen above what is seen. What is nearer would be asked for again at once. */
function edgeOf(thread: HTMLElement): number {
  const { top, height } = thread.querySelector(".stream-scroll")!.getBoundingClientRect();
  return top - height;
}

function isInUse(line: HTMLElement): boolean {
  const selection = getSelection();
  const isSelected = selection?.isCollapsed === false && selection.containsNode(line, true);
  return isSelected || line.contains(document.activeElement) || line.querySelector(".editor, :popover-open") !== null;
}

/** The line stays under its day: what is put in anew would be read out. */
function takeAllBefore(first: HTMLElement): void {
  const all = [...first.parentElement!.children];
  const going = all.slice(0, all.indexOf(first));
  const day = going.findLast((one) => one.matches(".day"));
  for (const one of going) if (one !== day) one.remove();
}
