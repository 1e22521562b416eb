import type { Html } from "../html.ts";
import type { Person } from "../person.ts";
import { type Reader, readerFor } from "../reader.ts";

let known: { page: string; reader: Reader } | undefined;

/** Answers the reader of this page: the agent's language and zone, as the server wrote them. */
export function reader(): Reader {
  const { lang, dataset } = document.documentElement;
  const page = `${lang} ${dataset.zone}`;
  // Asked many times for each change; to look at a zone is dear.
  if (known?.page !== page) known = { page, reader: readerFor({ locale: lang, zone: dataset.zone ?? "UTC" }) };
  return known.reader;
}

/** Answers the id of the agent whose page it is. */
export function myId(): string | undefined {
  return document.getElementById("desk")?.dataset.me;
}

/** Answers by which ids the agent whose page it is may be mentioned: their own, and those of their teams. */
export function myTargets(): string[] {
  const { teams = "" } = document.getElementById("room-links")?.dataset ?? {};
  return [myId() ?? "", ...teams.split(" ")].filter((target) => target !== "");
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

/** Answers the id of the conversation that is open. */
export function openId(): string | undefined {
  return openThread()?.dataset.conversation;
}

/** Answers the list beside the conversation, where the page has one. */
export function openList(): HTMLElement | null {
  return document.getElementById("list");
}

/** Answers the line of a message of ours that the server has, if it is in the open thread. */
export function lineOf(clientId: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.msg:not(.ghost)[data-client="${CSS.escape(clientId)}"]`);
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
    target: Element | null;
    /** Of the whole document, as the answer says it. */
    title?: string | null;
    /** Whether it is asked for by going back or forward. */
    isReturn?: boolean;
    request: { action: string; body: FormData | null; headers: Record<string, string> };
    response?: { status: number };
    /** The answer itself. */
    text?: string;
  };
};

/** What htmx is about to put in. */
export type SwapDetail = RequestDetail & { tasks: { fragment: DocumentFragment; swapSpec?: { style?: string } }[] };

/** Answers into which pane of the desk a request's answer goes; null: into neither. */
export function paneOf({ target }: Pick<RequestDetail["ctx"], "target">): "list" | "conversation" | null {
  return target?.id === "list" || target?.id === "conversation" ? target.id : null;
}
