import { openThread } from "./here.ts";

/** Tells the server how far the agent has read, when the thread can be seen and has gone on since it was last told. */
export function markRead(): void {
  const thread = openThread();
  const form = document.querySelector<HTMLFormElement>("#reading");
  if (!thread || !form || document.hidden) return;
  const seqs = [...thread.querySelectorAll<HTMLElement>(".msg")].map((message) => Number(message.dataset.seq));
  const seq = Math.max(0, ...seqs);
  if (seq === 0 || form.dataset.told === String(seq)) return;
  form.dataset.told = String(seq);
  form.querySelector("input")!.value = String(seq);
  form.dispatchEvent(new CustomEvent("read"));
}
