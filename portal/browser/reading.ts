import { paths } from "../paths.ts";
import { openId, openThread, reader } from "./here.ts";
import { recountReadMentions } from "./mentions.ts";
import { post } from "./post.ts";
import { clearUnread } from "./rooms.ts";
import { isAtEnd, newestIn } from "./scrolling.ts";
import { toast } from "./toasts.ts";

/** Tells the server how far the agent has read, when the end of the thread can be seen and has moved since it was last told. */
export function markRead(): void {
  const thread = openThread();
  const form = document.querySelector<HTMLFormElement>("#reading");
  if (!thread || !form || form.dataset.held || document.hidden || !isAtEnd()) return;
  const seq = newestIn(thread);
  clearUnread();
  if (seq === 0 || form.dataset.told === String(seq)) return;
  if (reading?.form !== form) void tellRest();
  form.dataset.told = String(seq);
  reading = { form, seq: String(seq) };
  tellNext();
}

/** How far has been read, and the server was not told yet: one is told after the other, and of many the last alone. */
let reading: { form: HTMLFormElement; seq: string } | undefined;
let isTelling = false;

/** Whoever leaves has read what they saw. */
export function watchReading(): void {
  window.addEventListener("pagehide", tellRest);
}

function tellNext(): void {
  if (isTelling || !reading) return;
  isTelling = true;
  void tellRest().then(() => {
    isTelling = false;
    tellNext();
  });
}

async function tellRest(): Promise<void> {
  const last = reading;
  reading = undefined;
  if (last) await tell(last.form, last.seq);
}

/** Lets a message and all after it count as unread again: nothing more is told to be read, until the agent comes back. */
export async function markUnread({ dataset }: HTMLElement): Promise<void> {
  const form = document.querySelector<HTMLFormElement>("#reading")!;
  const before = form.dataset.held;
  form.dataset.held = "true";
  const status = await post(paths.unread(openId()!), { seq: dataset.seq! });
  const { words } = reader();
  if (status !== 204) form.dataset.held = before ?? "";
  toast(status === 204 ? words.markedUnread : words.actionFailed);
}

/** What could not be told is told with the next look. */
async function tell(form: HTMLFormElement, seq: string): Promise<void> {
  const status = await post(form.action, { seq });
  if (status === 204) recountReadMentions();
  else if (form.dataset.told === seq) delete form.dataset.told;
}
