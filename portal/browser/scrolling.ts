import { openThread, reader } from "./here.ts";
import { markRead } from "./reading.ts";

/** Nearer to the end than this, in px, it counts as being read. */
const NEAR = 80;

/** The newest line that was there when the agent was last at the end, by thread. */
let seenUpTo = 0;

/** Watches how far the agent has scrolled: who reads what was said before is told of new messages, and not moved. */
export function watchScrolling(): void {
  // Scrolling does not bubble.
  document.addEventListener("scroll", scrolled, { capture: true, passive: true });
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("#to-end")) toEnd();
  });
}

/** Whether the box was at its end when it was last looked at: that stays so, whatever comes, until it is scrolled. */
let known: { box: HTMLElement; isAtEnd: boolean } | undefined;

/** Whether the end of the open thread can be seen. */
export function isAtEnd(): boolean {
  const scroll = box();
  if (!scroll) return true;
  // To ask where a box stands is dear once something has changed in it.
  if (known?.box === scroll) return known.isAtEnd;
  // The box is reversed: its end is 0, and what was before lies below zero.
  const away = Math.abs(scroll.scrollTop);
  // Near the end, what comes may lead away from it.
  if (away === 0 || away >= NEAR) known = { box: scroll, isAtEnd: away === 0 };
  return away < NEAR;
}

function scrolled({ target }: Event): void {
  if (target === known?.box) known = undefined;
  arrangeEnd();
}

/** Goes to the newest message. */
export function toEnd(): void {
  const scroll = box();
  if (scroll) scroll.scrollTop = 0;
  known = undefined;
  arrangeEnd();
}

/** Scrolls to a line. In a window that is not seen nothing tells of it before the window is. */
export function showLine(line: HTMLElement, block: "start" | "center"): void {
  line.scrollIntoView({ block });
  known = undefined;
}

/**
 * Remembers what is being read, while lines change; the answered function brings it back to where it stood. Browsers hold the
 * first line that can be seen in part, and would move all the others when that one grows.
 */
export function holdPlace(): () => void {
  const scroll = box();
  if (!scroll || isAtEnd()) return () => {};
  const { top } = scroll.getBoundingClientRect();
  const lines = [...scroll.querySelectorAll<HTMLElement>(".messages > li")];
  const held = lines.find((line) => line.getBoundingClientRect().top >= top);
  const before = held?.getBoundingClientRect().top ?? 0;
  scroll.style.overflowAnchor = "none";
  return () => {
    if (held?.isConnected) scroll.scrollTop += held.getBoundingClientRect().top - before;
    requestAnimationFrame(() => scroll.style.removeProperty("overflow-anchor"));
  };
}

let begunAt: HTMLElement | null = null;

/** Where more has come than the window holds, reading begins with the first of it. */
export function beginAtNew(): void {
  const thread = openThread();
  if (!thread || thread === begunAt) return;
  begunAt = thread;
  const [line, scroll] = [document.getElementById("new-line"), box()];
  if (!line || !scroll || line.getBoundingClientRect().top >= scroll.getBoundingClientRect().top) return;
  const before = line.previousElementSibling as HTMLElement | null;
  seenUpTo = Number(before?.dataset.seq ?? 0);
  showLine(line, "start");
}

/** Shows the way to the end where it is out of sight, with how many messages of others have come there since. */
export function arrangeEnd(): void {
  const pill = document.getElementById("to-end");
  const thread = openThread();
  if (!pill || !thread) return;
  if (isAtEnd()) {
    seenUpTo = newestIn(thread);
    pill.hidden = true;
    markRead();
    return;
  }
  const { words } = reader();
  const count = [...thread.querySelectorAll<HTMLElement>(".msg:not(.ghost)")].filter(
    (message) => Number(message.dataset.seq) > seenUpTo,
  ).length;
  pill.querySelector("span")!.textContent = count > 0 ? words.newMessages(count) : words.toNewest;
  pill.hidden = false;
}

/** Answers the number of the newest message of a thread, 0 where none is: they stand in the order of their numbers. */
export function newestIn(thread: HTMLElement): number {
  const last = [...thread.querySelectorAll<HTMLElement>(".msg:not(.ghost)")].at(-1);
  return Number(last?.dataset.seq ?? 0);
}

function box(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".stream-scroll");
}
