import htmx from "htmx.org";
import type { OwnSign, ReplySign } from "../stream-frame.ts";
import { myId, openThread, type RequestDetail } from "./here.ts";
import { recountReadMentions } from "./mentions.ts";
import { post } from "./post.ts";
import { MOST_COUNTED } from "./room-counts.ts";

/** Nearer to the end than this, in px, a thread counts as being read. */
const NEAR = 80;
/** How long replies are gathered before the list of threads is asked for. */
const GATHER_MS = 500;

let isGathering = false;

/** Follows the agent into a thread beside the room and back, and which threads have unread replies. */
export function watchThreads(): void {
  document.addEventListener("reply", (event) => hear(JSON.parse((event as CustomEvent).detail.data) as ReplySign));
  document.addEventListener("own", (event) => {
    const sign = JSON.parse((event as CustomEvent).detail.data) as OwnSign;
    if (sign.what !== "thread read") return;
    forgetUnread(sign.threadId);
    recountReadMentions();
  });
  document.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("#close-thread") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    closeThread();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !(event.target as Element).closest("#replies")) return;
    if (!document.querySelector(":popover-open, dialog[open]")) closeThread();
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = (event as CustomEvent<RequestDetail>).detail;
    if (ctx.target?.id === "thread-place" && !ctx.isReturn) focusThread();
  });
  document.addEventListener("htmx:before:history:restore", (event) => {
    if (!place()) return;
    event.preventDefault();
    restore();
  });
}

/** Answers the thread that is open beside the room, if one is. */
export function openReplies(): HTMLElement | null {
  return document.getElementById("replies");
}

/** Answers the composer of a thread, where it is open and the agent may write. */
export function replyComposer(threadId: string): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>(`#reply-composer[data-thread="${CSS.escape(threadId)}"]`);
}

/** Opens the thread of a message, or goes on in it; of a message in a thread, and of a reply, it is that one. */
export function replyTo(message: HTMLElement): void {
  const way = message.querySelector<HTMLElement>(".of-thread, .replies a");
  if (message.closest("#replies")) focusThread();
  else if (way) way.click();
  else openAt(`${address()}/threads/${message.id.slice(2)}`);
}

/** Gives threads the look of unread ones, and tells the server how far the open one has been read. */
export function arrangeThreads(): void {
  const ids = unread();
  for (const line of document.querySelectorAll(".replies.new"))
    if (!ids.includes(line.id.slice(2))) line.classList.remove("new");
  for (const id of ids) document.getElementById(`t-${id}`)?.classList.add("new");
  const open = document.getElementById(`m-${openReplies()?.dataset.thread}`);
  for (const message of document.querySelectorAll(".msg.in-thread"))
    message.classList.toggle("in-thread", message === open);
  open?.classList.add("in-thread");
  markThreadRead();
}

/** Goes to the newest reply. */
export function toNewestReply(): void {
  const scroll = openReplies()?.querySelector(".stream-scroll");
  if (scroll) scroll.scrollTop = 0;
}

function hear({ threadId, by, followers }: ReplySign): void {
  const me = myId() ?? "";
  if (!followers.includes(me)) return;
  const others = unread().filter((id) => id !== threadId);
  keep(by === me || isSeen(threadId) ? others : [...others, threadId]);
  arrangeThreads();
  if (isGathering) return;
  isGathering = true;
  setTimeout(() => {
    isGathering = false;
    document.getElementById("followed")?.dispatchEvent(new Event("threads"));
  }, GATHER_MS);
}

/** Whether the end of a thread can be seen. */
function isSeen(threadId: string): boolean {
  const thread = openReplies();
  const scroll = thread?.querySelector(".stream-scroll");
  return thread?.dataset.thread === threadId && !document.hidden && Math.abs(scroll!.scrollTop) < NEAR;
}

function markThreadRead(): void {
  const thread = openReplies();
  if (!thread || !isSeen(thread.dataset.thread!)) return;
  const replies = [...thread.querySelectorAll<HTMLElement>(".log .msg:not(.ghost)")];
  const seq = Math.max(0, ...replies.map(({ dataset }) => Number(dataset.seq)));
  const id = thread.dataset.thread!;
  if (seq === 0 || thread.dataset.told === String(seq)) return;
  thread.dataset.told = String(seq);
  forgetUnread(id);
  void tell(thread, `${address()}/threads/${id}/read`, String(seq));
}

function forgetUnread(id: string): void {
  keep(unread().filter((one) => one !== id));
  document.getElementById(`t-${id}`)?.classList.remove("new");
}

/** What could not be told is told with the next look. */
async function tell(thread: HTMLElement, to: string, seq: string): Promise<void> {
  const status = await post(to, { seq });
  if (status === 204) recountReadMentions();
  else if (thread.dataset.told === seq) delete thread.dataset.told;
}

function unread(): string[] {
  return document.getElementById("thread-count")?.dataset.unread?.split(" ").filter(Boolean) ?? [];
}

function keep(ids: string[]): void {
  const count = document.getElementById("thread-count");
  if (!count) return;
  count.dataset.unread = ids.join(" ");
  const text = ids.length === 0 ? "" : ids.length > MOST_COUNTED ? `${MOST_COUNTED}+` : String(ids.length);
  if (count.textContent !== text) count.textContent = text;
}

function place(): HTMLElement | null {
  return document.getElementById("thread-place");
}

/** The address of the room that is open. */
function address(): string {
  return `/portal/conversations/${openThread()!.dataset.conversation}`;
}

function openAt(to: string): void {
  void htmx.ajax("GET", to, {
    source: "#thread-place",
    target: "#thread-place",
    swap: "innerHTML",
    push: to,
  } as object);
}

function closeThread(): void {
  const id = openReplies()?.dataset.thread;
  if (id === undefined) return;
  place()!.replaceChildren();
  arrangeThreads();
  history.pushState(history.state, "", address());
  const way = document.querySelector<HTMLElement>(`#t-${id} a`) ?? document.getElementById(`m-${id}`);
  (way ?? document.getElementById("thread-title"))?.focus();
}

/** Back and forward put in the thread that the address names, or none. */
function restore(): void {
  const { pathname } = location;
  if (pathname !== address() && !pathname.startsWith(`${address()}/threads/`)) return location.reload();
  const [, id] = /\/threads\/([^/]+)$/.exec(pathname) ?? [];
  if (id === openReplies()?.dataset.thread) return;
  if (id === undefined) place()!.replaceChildren();
  else
    void htmx.ajax("GET", pathname, {
      ...{ source: "#thread-place", target: "#thread-place", swap: "innerHTML", isReturn: true },
    } as object);
}

function focusThread(): void {
  const pane = openReplies();
  (pane?.querySelector<HTMLElement>("#reply-body") ?? pane?.querySelector<HTMLElement>("#replies-title"))?.focus();
}
