const said = new Set<string>();

/** Tells whoever embeds the chat what did not come about: a `beseda-error` event each time, a line on the console once for each code. */
export function complain(from: EventTarget, code: string, message: string): void {
  announce(from, "error", { code, message });
  if (said.has(code)) return;
  said.add(code);
  // biome-ignore lint/suspicious/noConsole: it is said to the page's developer, who has no other place to hear it.
  console.warn(`Beseda: ${message}`);
}

/** Tells the page of something, by a DOM event that leaves shadow roots and bubbles. */
export function announce(from: EventTarget, event: string, detail: unknown): void {
  from.dispatchEvent(new CustomEvent(`beseda-${event}`, { detail, bubbles: true, composed: true }));
}
