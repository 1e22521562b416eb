import type { Inbox } from "../operations.ts";

const worn = new WeakMap<HTMLElement, string>();

/** Puts the chat in its inbox's own colour, unless the page says another. */
export function wearColour(chat: HTMLElement, inbox: Inbox | null | undefined): void {
  const { accentColor, accentInk } = inbox ?? {};
  if (!accentColor || !accentInk || worn.get(chat) === accentColor) return;
  worn.set(chat, accentColor);
  if (getComputedStyle(chat).getPropertyValue("--beseda-accent")) return;
  const root = chat.shadowRoot!.querySelector<HTMLElement>(".root")!;
  root.style.setProperty("--beseda-accent", accentColor);
  root.style.setProperty("--beseda-on-accent", accentInk);
}
