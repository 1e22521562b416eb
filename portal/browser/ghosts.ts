import htmx from "htmx.org";
import { AS_SENT, threadEntry } from "../conversation/entry.ts";
import { html } from "../html.ts";
import { icon } from "../icons.ts";
import { element, me, openThread, reader, say } from "./here.ts";
import { forgetUnsent, keepUnsent, type Unsent } from "./unsent.ts";

/** After every message that has a number. */
const LAST_SEQ = 999_999_999;

/** Shows a message in the thread before the server has it. */
export function showGhost(message: Unsent): void {
  const { clientId, body, isNote, reply } = message;
  const list = reply ? document.getElementById(`replies-${reply.threadId}`) : openThread()?.querySelector(".messages");
  if (!list) return;
  const entry = {
    kind: "message",
    id: `ghost-${clientId}`,
    seq: LAST_SEQ,
    author: me(),
    at: new Date(),
    became: AS_SENT,
  } as const;
  const ghost = element(
    threadEntry({ ...entry, clientId, body, mentions: [], isNote }, reader(), { isInThread: reply !== undefined }),
  );
  ghost.classList.add("ghost");
  ghost.querySelector(".msg-b")!.append(element(fate(message)));
  list.append(ghost);
  htmx.process(ghost);
}

// The way to send it again is a form like the composer's, under the same client id: however often, it is one message.
function fate({ address, clientId, body, isNote, seq, reply }: Unsent) {
  const { words } = reader();
  return html`<form class="fate" method="post" action="${address}" hx-post="${address}" hx-target="#desk" hx-swap="none" hx-sync="#thread:queue all" data-unsent="${clientId}"><input type="hidden" name="clientId" value="${clientId}"><input type="hidden" name="visibility" value="${isNote ? "staff" : "everyone"}"><input type="hidden" name="seq" value="${seq}">${reply?.isBroadcast && html`<input type="hidden" name="also" value="yes">`}<textarea name="body" hidden>${"\n"}${body}</textarea><span class="sending">${words.sending}</span><span class="failed" hidden>${icon("circle-alert", "s")}<span></span><button class="link-button" type="submit">${words.tryAgain}</button><button class="link-button" type="button" data-edit="${clientId}">${words.edit}</button></span></form>`;
}

/** Answers the ghost of a message, if it is in the thread. */
export function ghostOf(clientId: string): HTMLElement | null {
  return document.getElementById(`m-ghost-${clientId}`) ?? document.getElementById(`r-ghost-${clientId}`);
}

/** Its message is elsewhere now. */
export function dropGhost(clientId: string): void {
  ghostOf(clientId)?.remove();
}

/**
 * Notes that a message is on its way (null), or why it was not sent, and says so at its ghost; aloud too, since the agent
 * may look elsewhere.
 */
export function tellFate({ problem: _, ...message }: Unsent, problem: string | null): void {
  keepUnsent(problem === null ? message : { ...message, problem });
  const ghost = ghostOf(message.clientId);
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

/**
 * Looks through what is about to be put into the page: what stands in the thread already is not put in again, since screen
 * readers would read it again; a ghost becomes the message that it stands for.
 */
export function recogniseLines(fragments: readonly DocumentFragment[]): void {
  for (const line of fragments.flatMap(({ children }) => [...children]) as HTMLElement[]) {
    if (!line.matches(".msg, .ev")) continue;
    const { client } = line.dataset;
    const ghost = client === undefined ? null : ghostOf(client);
    if (client !== undefined) forgetUnsent(client);
    // A reply that stands in the conversation too comes as two lines.
    if (ghost && ghost.id[0] === line.id[0]) become(ghost, line);
    if (document.getElementById(line.id)) line.remove();
  }
}

function become(ghost: HTMLElement, message: HTMLElement): void {
  ghost.id = message.id;
  ghost.classList.remove("ghost");
  ghost.removeAttribute("aria-busy");
  ghost.querySelector(".fate")!.remove();
  Object.assign(ghost.dataset, message.dataset);
  ghost.querySelector("time")!.dateTime = message.dataset.at!;
  // Shortcodes have become emoji.
  const [written, kept] = [ghost, message].map((one) => one.querySelector(".prose")!);
  if (written!.innerHTML !== kept!.innerHTML) written!.innerHTML = kept!.innerHTML;
  const replies = message.querySelector(".replies");
  if (replies) ghost.querySelector(".msg-b")!.append(replies);
}
