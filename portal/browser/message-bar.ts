import type { messageActs } from "../conversation/message-bar.ts";
import { fieldOf, openComposer, turnTo } from "./composer.ts";
import { openThread, reader } from "./here.ts";
import { toast } from "./toasts.ts";

type Act = (typeof messageActs)[number];

/** One bar for all messages: it comes to the message that is pointed at, or has the focus. Arrow keys lead from one to the next. */
export function watchMessages(): void {
  document.addEventListener("mouseover", (event) => bringBar(event.target as Element));
  document.addEventListener("focusin", (event) => bringBar(event.target as Element));
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("#message-bar [data-act]");
    const message = button?.closest<HTMLElement>(".msg");
    if (button && message) act(button.dataset.act as Act, message);
  });
  document.addEventListener("keydown", walk);
}

/** Lets Tab come to one message, the last one that had the focus or the newest. */
export function arrangeFocus(): void {
  const messages = messagesOf();
  const chosen =
    messages.find((message) => message.tabIndex === 0 && message.matches(":focus-within")) ?? messages.at(-1);
  for (const message of messages) message.tabIndex = message === chosen ? 0 : -1;
}

function messagesOf(): HTMLElement[] {
  return [...(openThread()?.querySelectorAll<HTMLElement>(".msg:not(.ghost)") ?? [])];
}

/** Where the message that it stood at was put in anew, it is no longer in the page. */
let bar: HTMLElement | null = null;

function bringBar(target: Element): void {
  bar = document.getElementById("message-bar") ?? bar;
  const message = target.closest<HTMLElement>(".msg:not(.ghost)");
  if (!bar || !message || !openComposer() || message.contains(bar)) return;
  // Not away from under somebody's keyboard focus.
  if (bar.contains(document.activeElement) && !message.contains(document.activeElement)) return;
  message.append(bar);
  bar.hidden = false;
}

function walk(event: KeyboardEvent): void {
  const message = event.target as HTMLElement;
  if (!message.matches(".msg") || event.ctrlKey || event.metaKey || event.altKey) return;
  const messages = messagesOf();
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

function act(wanted: Act, message: HTMLElement): void {
  const text = message.querySelector<HTMLElement>(".prose")!.innerText;
  if (wanted === "quote") quote(text, "everyone");
  else if (wanted === "quoteInNote") quote(text, "staff");
  else if (wanted === "copyText") void copy(text);
  else void copy(`${location.origin}${location.pathname}#${message.id}`);
}

function quote(text: string, kind: "everyone" | "staff"): void {
  const form = openComposer();
  if (!form) return;
  turnTo(kind, form);
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
