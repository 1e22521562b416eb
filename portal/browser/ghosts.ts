import htmx from "htmx.org";
import { threadEntry } from "../conversation/entry.ts";
import { html } from "../html.ts";
import { icon } from "../icons.ts";
import { element, me, openThread, reader, say } from "./here.ts";
import { forgetUnsent, type Unsent, unsentOf } from "./unsent.ts";

/** After every message that has a number. */
const LAST_SEQ = 999_999_999;

/** Shows a message in the thread before the server has it. */
export function showGhost(message: Unsent): HTMLElement | null {
  const list = openThread()?.querySelector(".messages");
  if (!list) return null;
  const { clientId: id, body, isNote } = message;
  const entry = {
    kind: "message",
    id: `ghost-${id}`,
    seq: LAST_SEQ,
    author: me(),
    at: new Date(),
    clientId: id,
  } as const;
  const ghost = element(threadEntry({ ...entry, body, isNote }, reader()));
  ghost.classList.add("ghost");
  ghost.querySelector(".msg-b")!.append(element(fate(message)));
  list.append(ghost);
  htmx.process(ghost);
  return ghost;
}

// The way to send it again is a form like the composer's, under the same client id: however often, it is one message.
function fate({ address, clientId, body, isNote }: Unsent) {
  const { words } = reader();
  return html`<form class="fate" method="post" action="${address}" hx-post="${address}" hx-target="#desk" hx-swap="none" hx-sync="#composer:queue all" data-unsent="${clientId}"><input type="hidden" name="clientId" value="${clientId}"><input type="hidden" name="visibility" value="${isNote ? "staff" : "everyone"}"><textarea name="body" hidden>${"\n"}${body}</textarea><span class="sending">${words.sending}</span><span class="failed" hidden>${icon("circle-alert", "s")}<span></span><button class="link-button" type="submit">${words.tryAgain}</button><button class="link-button" type="button" data-edit="${clientId}">${words.edit}</button></span></form>`;
}

/** Answers the ghost of a message, if it is in the thread. */
export function ghostOf(clientId: string): HTMLElement | null {
  return document.getElementById(`m-ghost-${clientId}`);
}

/** Says at a ghost that its message is on its way, or why it is not; aloud too, since the agent may look elsewhere. */
export function tellFate(clientId: string, problem: string | null): void {
  const ghost = ghostOf(clientId);
  if (!ghost) return;
  const [sending, failed] = [
    ghost.querySelector<HTMLElement>(".sending")!,
    ghost.querySelector<HTMLElement>(".failed")!,
  ];
  ghost.toggleAttribute("aria-busy", problem === null);
  sending.hidden = problem !== null;
  failed.hidden = problem === null;
  failed.querySelector("span")!.textContent = problem;
  if (problem !== null) say(problem);
}

/** Lets messages about to be shown take the places of their ghosts: they come under the same id. */
export function recogniseGhosts(fragments: readonly DocumentFragment[]): void {
  for (const fragment of fragments) {
    for (const message of fragment.querySelectorAll<HTMLElement>("li[data-client]")) {
      const ghost = ghostOf(message.dataset.client!);
      if (ghost) ghost.id = message.id;
      forgetUnsent(message.dataset.client!);
    }
  }
}

/** Shows again what of the open conversation was not sent, after its thread was left or loaded anew. */
export function restoreGhosts(isUnderWay: (clientId: string) => boolean): void {
  const thread = openThread();
  if (!thread) return;
  const composing = thread.querySelector<HTMLInputElement>("#composer [name=clientId]")?.value;
  for (const message of unsentOf(thread.dataset.conversation!)) {
    const { clientId } = message;
    // It has arrived after all, or the draft that stands in the composer is it.
    const isThere = thread.querySelector(`li[data-client="${CSS.escape(clientId)}"]:not(.ghost)`);
    if (isThere || clientId === composing) forgetUnsent(clientId);
    else if (!ghostOf(clientId)) {
      showGhost(message);
      tellFate(clientId, isUnderWay(clientId) ? null : reader().words.notSentOffline);
    }
  }
}
