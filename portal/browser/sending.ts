import { problemLine } from "../conversation/composer.ts";
import { html } from "../html.ts";
import { prose } from "../conversation/prose.ts";
import { clearComposer, fieldOf, idFieldOf, isForNotes, newClientId, openComposer, turnTo } from "./composer.ts";
import { dropDraft } from "./drafts.ts";
import { dropGhost, ghostOf, showGhost, tellFate } from "./ghosts.ts";
import { element, lineOf, openId, type RequestDetail, reader, type SwapDetail } from "./here.ts";
import { toEnd } from "./scrolling.ts";
import { replyComposer, toNewestReply } from "./threads.ts";
import { toast } from "./toasts.ts";
import { findUnsent, forgetUnsent, keepUnsent, type Unsent, unsentOf } from "./unsent.ts";

type Request = RequestDetail["ctx"];

/** What is on its way, by request, until its answer is known. */
const underWay = new Map<Request, Unsent>();

/**
 * A message stands in the thread at once and says what becomes of it; the field is free for the next one under a new client
 * id. A message that did not arrive is sent again under the id that it had, so that it can never become two; one that was
 * refused comes back into the field, or says why where that cannot be.
 */
export function watchSending(): void {
  document.addEventListener("click", takeBack);
  document.addEventListener("htmx:config:request", (event) => begin((event as CustomEvent<RequestDetail>).detail.ctx));
  document.addEventListener("htmx:finally:request", (event) => end((event as CustomEvent<RequestDetail>).detail.ctx));
  document.addEventListener("htmx:before:swap", (event) => {
    for (const { fragment } of (event as CustomEvent<SwapDetail>).detail.tasks) giveWay(fragment);
  });
}

/** Where a message is written: in the open conversation, or in the thread that it replies to. */
function composerOf({ reply }: Unsent): HTMLFormElement | null {
  return reply ? replyComposer(reply.threadId) : openComposer();
}

/** Shows again what was not sent from the thread that is open now. What was once sent is not in the composer too. */
export function restoreUnsent(): void {
  for (const message of unsentOf(openId() ?? "")) {
    const form = composerOf(message);
    const { clientId, problem } = message;
    if (form && idFieldOf(form).value === clientId) clearComposer(form);
    if (lineOf(clientId)) forgetUnsent(clientId);
    else if (!ghostOf(clientId)) {
      showGhost(message);
      tellFate(message, isUnderWay(clientId) ? null : (problem ?? reader().words.notSentOffline));
    }
  }
}

function isUnderWay(wanted: string): boolean {
  return [...underWay.values()].some(({ clientId }) => clientId === wanted);
}

function begin(ctx: Request): void {
  const form = ctx.sourceElement;
  const { body } = ctx.request;
  if (!(form instanceof HTMLFormElement) || !body) return;
  if (form.dataset.unsent) return beginAgain(ctx, form.dataset.unsent);
  if (!form.matches("#composer, #reply-composer")) return;
  const text = (name: string) => String(body.get(name) ?? "");
  const message: Unsent = {
    conversationId: openId()!,
    ...{
      clientId: text("clientId"),
      body: text("body"),
      isNote: text("visibility") === "staff" || text("held") === "note",
    },
    ...{ address: form.getAttribute("action")!, seq: text("seq") },
    ...(form.dataset.thread && { reply: { threadId: form.dataset.thread, isBroadcast: text("also") === "yes" } }),
  };
  underWay.set(ctx, message);
  if (!message.reply) dropDraft(form);
  clearComposer(form);
  // What was chosen is gone with its question.
  if (text("held") !== "") fieldOf(form).focus();
  showGhost(message);
  tellFate(message, null);
  if (message.reply) toNewestReply();
  else toEnd();
}

function beginAgain(ctx: Request, clientId: string): void {
  const message = findUnsent(clientId);
  if (!message) return;
  underWay.set(ctx, message);
  tellFate(message, null);
  const form = composerOf(message);
  if (form) fieldOf(form).focus();
}

function end(ctx: Request): void {
  const message = underWay.get(ctx);
  if (!message) return;
  underWay.delete(ctx);
  const status = ctx.response?.status ?? 0;
  if ((status >= 200 && status < 300) || lineOf(message.clientId)) {
    forgetUnsent(message.clientId);
    dropGhost(message.clientId);
  } else if (status === 409 || status === 412 || status === 422) {
    bringBack(status === 409 ? underNewId(message) : message, sayingIn(ctx.text ?? ""));
  } else tellFate(message, whyNot(status));
}

/** A conflict means that the id is spent: the next try is another message. */
function underNewId(message: Unsent): Unsent {
  forgetUnsent(message.clientId);
  dropGhost(message.clientId);
  const renewed = { ...message, clientId: newClientId() };
  keepUnsent(renewed);
  if (openId() === message.conversationId) showGhost(renewed);
  return renewed;
}

/** What an answer says besides the parts that it puts into the page, and what it lets its reader choose, as markup. */
type Saying = { sentence: string; choices: string };

function sayingIn(answer: string): Saying {
  const { body } = new DOMParser().parseFromString(answer, "text/html");
  const choices = body.querySelector(".choices");
  for (const part of [choices, ...body.querySelectorAll("hx-partial")]) part?.remove();
  return { sentence: body.textContent.trim(), choices: choices?.outerHTML ?? "" };
}

function whyNot(status: number): string {
  const { notSentOffline, notSentSignedOut, notSentFault } = reader().words;
  return status === 0 ? notSentOffline : status === 401 ? notSentSignedOut : notSentFault;
}

/** "Edit" at a message that was not sent. */
function takeBack(event: Event): void {
  const clientId = (event.target as Element).closest<HTMLElement>("[data-edit]")?.dataset.edit;
  const message = clientId === undefined ? undefined : findUnsent(clientId);
  if (message) bringBack(message, null);
}

/**
 * Into the composer, before what has been begun there since, with what the server said of it. Where that cannot be, the
 * message stays where it is and says it itself.
 */
function bringBack(message: Unsent, said: Saying | null): void {
  const { conversationId, clientId, body, isNote } = message;
  const { words } = reader();
  const isHere = openId() === conversationId;
  const form = isHere ? composerOf(message) : null;
  const field = form && fieldOf(form);
  const isEmpty = field?.value === "";
  // A private note must never get into a reply that has been begun.
  const sentence = said?.sentence ?? null;
  if (!form || !field || (!isEmpty && isForNotes(form) !== isNote)) {
    if (sentence !== null) tellFate(message, sentence);
    if (sentence === null || !isHere) toast(sentence ?? (form ? words.otherBegun : words.closedComposer));
    return;
  }
  if (isEmpty) {
    turnTo(isNote ? "staff" : "everyone", form);
    idFieldOf(form).value = clientId;
  }
  field.value = isEmpty ? body : `${body}\n${field.value}`;
  forgetUnsent(clientId);
  dropGhost(clientId);
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (said) form.querySelector(".problem-line")!.innerHTML = problemLine(said.sentence).text + said.choices;
}

/** What stands in the composer may be sent from another window: what was written on since is another message. */
function giveWay(arriving: DocumentFragment): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("#composer, #reply-composer"))
    giveWayIn(form, arriving);
}

function giveWayIn(form: HTMLFormElement, arriving: DocumentFragment): void {
  const sent = arriving.querySelector(`li[data-client="${CSS.escape(idFieldOf(form).value)}"]`);
  if (!sent) return;
  const field = fieldOf(form);
  const own = element(html`<div>${prose(field.value)}</div>`);
  if (own.innerHTML === sent.querySelector(".prose")!.innerHTML) clearComposer(form);
  else idFieldOf(form).value = newClientId();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
