import { openThread } from "./here.ts";
import { isAtEnd } from "./scrolling.ts";

/** Tells the server how far the agent has read, when the end of the thread can be seen and has moved since it was last told. */
export function markRead(): void {
  const thread = openThread();
  const form = document.querySelector<HTMLFormElement>("#reading");
  if (!thread || !form || document.hidden || !isAtEnd()) return;
  const messages = [...thread.querySelectorAll<HTMLElement>(".msg:not(.ghost)")];
  const seq = Math.max(0, ...messages.map((message) => Number(message.dataset.seq)));
  if (seq === 0 || form.dataset.told === String(seq)) return;
  form.dataset.told = String(seq);
  form.querySelector("input")!.value = String(seq);
  form.dispatchEvent(new CustomEvent("read"));
}
