import { openThread, reader } from "./here.ts";
import { markRead } from "./reading.ts";

/** Nearer to the end than this, in px, it counts as being read. */
const NEAR = 80;

/** The newest line that was there when the agent was last at the end, by thread. */
let seenUpTo = 0;

/** Watches how far the agent has scrolled: who reads what was said before is told of new messages, and not moved. */
export function watchScrolling(): void {
  // Scrolling does not bubble.
  document.addEventListener("scroll", arrangeEnd, { capture: true, passive: true });
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("#to-end")) toEnd();
  });
}

/** Whether the end of the open thread can be seen. */
export function isAtEnd(): boolean {
  // The box is reversed: its end is 0, and what was before lies below zero.
  return Math.abs(box()?.scrollTop ?? 0) < NEAR;
}

/** Goes to the newest message. */
export function toEnd(): void {
  const scroll = box();
  if (scroll) scroll.scrollTop = 0;
  arrangeEnd();
}

/** Shows the way to the end where it is out of sight, with how many messages of others have come there since. */
export function arrangeEnd(): void {
  const pill = document.getElementById("to-end");
  const thread = openThread();
  if (!pill || !thread) return;
  if (isAtEnd()) {
    seenUpTo = newest(thread);
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

function newest(thread: HTMLElement): number {
  const seqs = [...thread.querySelectorAll<HTMLElement>(".msg:not(.ghost)")].map(({ dataset }) => Number(dataset.seq));
  return Math.max(0, ...seqs);
}

function box(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".stream-scroll");
}
