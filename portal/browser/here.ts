import type { Html } from "../html.ts";
import type { Person } from "../person.ts";
import { type Reader, readerFor } from "../reader.ts";

/** Answers the reader of this page: the agent's language and zone, as the server wrote them. */
export function reader(): Reader {
  const { lang, dataset } = document.documentElement;
  return readerFor({ locale: lang, zone: dataset.zone ?? "UTC" });
}

/** Answers the id of the agent whose page it is. */
export function myId(): string | undefined {
  return document.getElementById("desk")?.dataset.me;
}

/** Answers the agent whose page it is, as the author of what they write. */
export function me(): Person {
  const { me: id = "", name = "" } = document.getElementById("desk")?.dataset ?? {};
  return { id, kind: "agent", name };
}

/** Makes the one element of a markup of ours. */
export function element(markup: Html): HTMLElement {
  const template = document.createElement("template");
  template.innerHTML = markup.text;
  return template.content.firstElementChild as HTMLElement;
}

/** Answers the thread that is open, if one is. */
export function openThread(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#thread[data-conversation]");
}

/** Says something to screen readers, once, without moving the focus. */
export function say(sentence: string): void {
  const place = document.getElementById("say");
  if (place) place.textContent = sentence;
}

/** What htmx tells with its events, as far as the portal asks. */
export type RequestDetail = {
  ctx: {
    sourceElement: Element;
    request: { body: FormData | null; headers: Record<string, string> };
    response?: { status: number };
  };
};
