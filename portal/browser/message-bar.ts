import type { MessageAct } from "../conversation/message-bar.ts";
import { chooseSign, edit, remove, showSeen, togglePin } from "./message-acts.ts";
import { fieldOf, openComposer, turnTo } from "./composer.ts";
import { myId, openThread, reader } from "./here.ts";
import { paths } from "../paths.ts";
import { markUnread } from "./reading.ts";
import { askReminder } from "./reminders.ts";
import { openReplies, replyTo } from "./threads.ts";
import { toast } from "./toasts.ts";

/** One bar for all messages: it comes to the message that is pointed at, or has the focus. Arrow keys lead from one to the next. */
export function watchMessages(): void {
  document.addEventListener("mouseover", (event) => bringBar(event.target as Element));
  document.addEventListener("focusin", (event) => bringBar(event.target as Element));
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("#message-bar [data-act]");
    const message = button?.closest<HTMLElement>(".msg");
    document.querySelector<HTMLElement>("#message-menu:popover-open")?.hidePopover();
    if (button && message) act(button.dataset.act as MessageAct, message);
  });
  document.addEventListener("keydown", walk);
}

/** Lets Tab come to one message, the last one that had the focus or the newest. */
export function arrangeFocus(): void {
  for (const pane of [openThread(), openReplies()]) {
    const messages = messagesOf(pane);
    const chosen =
      messages.find((message) => message.tabIndex === 0 && message.matches(":focus-within")) ?? messages.at(-1);
    // Most stand as they stood, and there may be many.
    for (const message of messages) {
      const index = message === chosen ? 0 : -1;
      if (!message.hasAttribute("tabindex") || message.tabIndex !== index) message.tabIndex = index;
    }
  }
}

/** Opens the thread of the message that has the focus, else of the newest one. */
export function replyInThread(): void {
  const messages = messagesOf(openThread()).filter((message) => message.querySelector(".replies, .of-thread"));
  const message = messages.find((one) => one.contains(document.activeElement)) ?? messages.at(-1);
  if (message) replyTo(message);
}

function messagesOf(pane: Element | null): HTMLElement[] {
  return [...(pane?.querySelectorAll<HTMLElement>(".msg:not(.ghost)") ?? [])];
}

/** Where the message that it stood at was put in anew, it is no longer in the page. */
let bar: HTMLElement | null = null;

function bringBar(target: Element): void {
  bar = document.getElementById("message-bar") ?? bar;
  const message = target.closest<HTMLElement>(".msg:not(.ghost, .gone)");
  if (!bar || !message || !openComposer() || message.contains(bar)) return;
  // Not away from under somebody's keyboard focus, or an open menu.
  if (bar.querySelector(":popover-open")) return;
  if (bar.contains(document.activeElement) && !message.contains(document.activeElement)) return;
  const isMine = message.dataset.author === myId();
  bar.querySelector<HTMLElement>('[data-act="edit"]')!.hidden = !isMine;
  bar.querySelector<HTMLElement>('[data-act="delete"]')!.hidden = !isMine && !openThread()?.dataset.sweeps;
  message.append(bar);
  bar.hidden = false;
}

function walk(event: KeyboardEvent): void {
  const message = event.target as HTMLElement;
  if (!message.matches(".msg") || event.ctrlKey || event.metaKey || event.altKey) return;
  const messages = messagesOf(message.closest(".pane"));
  const at = messages.indexOf(message);
  const places: Record<string, number> = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: messages.length - 1 };
  const next = messages[places[event.key] ?? -1];
  if (!next) return;
  event.preventDefault();
  message.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function act(wanted: MessageAct, message: HTMLElement): void {
  if (wanted === "react") return chooseSign(message);
  if (wanted === "edit") return void edit(message);
  if (wanted === "delete") return remove(message);
  if (wanted === "pin") return void togglePin(message);
  if (wanted === "remindMe") return askReminder(message);
  if (wanted === "markUnread") return void markUnread(message);
  if (wanted === "makeTask") return location.assign(paths.taskFrom(message.id.slice("m-".length)));
  if (wanted === "seenBy") return void showSeen(message);
  const text = message.querySelector<HTMLElement>(".prose")!.innerText;
  const form = message.closest("#replies")?.querySelector<HTMLFormElement>("#reply-composer") ?? openComposer();
  if (wanted === "replyInThread") replyTo(message);
  else if (wanted === "quote") quote(text, "everyone", form);
  else if (wanted === "quoteInNote") quote(text, "staff", form);
  else if (wanted === "copyText") void copy(text);
  else void copy(`${location.origin}${location.pathname}#${message.id}`);
}

function quote(text: string, kind: "everyone" | "staff", form: HTMLFormElement | null): void {
  if (!form || !turnTo(kind, form)) return;
  const field = fieldOf(form);
  const quoted = text.replace(/^/gm, "> ");
  const before = field.value === "" ? "" : `${field.value.trimEnd()}\n\n`;
  field.setRangeText(`${before}${quoted}\n\n`, 0, field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(reader().words.copied);
  } catch {
    toast(reader().words.actionFailed);
  }
}
