import { dropDraft } from "./drafts.ts";
import { ghostOf, restoreGhosts, showGhost, tellFate } from "./ghosts.ts";
import { type RequestDetail, openThread, reader } from "./here.ts";
import { toEnd } from "./scrolling.ts";
import { forgetUnsent, keepUnsent, type Unsent, unsentOf } from "./unsent.ts";

// What is on its way, by request, until its answer is known.
const underWay = new Map<object, Unsent>();

/**
 * The composer: Ctrl+Enter sends, with Shift it resolves too; a message stands in the thread at once and says what becomes
 * of it; the field is free for the next one under a new client id. A message that did not arrive is sent again under the
 * id that it had, so that it can never become two; one that was refused comes back into the field.
 */
export function watchComposer(): void {
  document.addEventListener("keydown", sendByKey);
  document.addEventListener("change", followKind);
  document.addEventListener("click", takeBack);
  document.addEventListener("htmx:config:request", (event) => begin((event as CustomEvent<RequestDetail>).detail.ctx));
  document.addEventListener("htmx:finally:request", (event) => end((event as CustomEvent<RequestDetail>).detail.ctx));
}

/** Shows again what was not sent from the thread that is open now. */
export function restoreUnsent(): void {
  const ids = new Set([...underWay.values()].map(({ clientId }) => clientId));
  restoreGhosts((clientId) => ids.has(clientId));
}

/** Answers the composer of the open thread; none where the conversation is closed. */
export function openComposer(): HTMLFormElement | null {
  return openThread()?.querySelector<HTMLFormElement>("#composer") ?? null;
}

/** Answers the field of a composer. */
export function fieldOf(form: HTMLFormElement): HTMLTextAreaElement {
  return form.elements.namedItem("body") as HTMLTextAreaElement;
}

/** Turns the composer to a reply or a note, and puts the focus into it. */
export function turnTo(kind: "everyone" | "staff", form: HTMLFormElement): void {
  const choice = form.querySelector<HTMLInputElement>(`[name=visibility][value=${kind}]`)!;
  if (!choice.checked) choice.click();
  fieldOf(form).focus();
}

function sendByKey(event: KeyboardEvent): void {
  const field = event.target;
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !(field instanceof HTMLTextAreaElement)) return;
  const form = field.form;
  if (form?.id !== "composer") return;
  event.preventDefault();
  const resolving = form.querySelector<HTMLButtonElement>("[name=next]");
  const isReply = new FormData(form).get("visibility") === "everyone";
  form.requestSubmit(event.shiftKey && isReply ? resolving : null);
}

function followKind(event: Event): void {
  const choice = event.target;
  if (!(choice instanceof HTMLInputElement) || choice.name !== "visibility" || !choice.form) return;
  const field = fieldOf(choice.form);
  field.placeholder = choice.value === "staff" ? field.dataset.notePlaceholder! : reader().words.writeReply;
  field.focus();
}

function begin(ctx: RequestDetail["ctx"]): void {
  const form = ctx.sourceElement;
  const { body } = ctx.request;
  if (!(form instanceof HTMLFormElement) || !body) return;
  if (form.dataset.unsent) return beginAgain(ctx, form.dataset.unsent);
  if (form.id !== "composer") return;
  const message: Unsent = {
    conversationId: openThread()!.dataset.conversation!,
    clientId: String(body.get("clientId")),
    body: String(body.get("body")),
    isNote: body.get("visibility") === "staff",
    address: form.getAttribute("action")!,
  };
  underWay.set(ctx, message);
  keepUnsent(message);
  fieldOf(form).value = "";
  delete form.dataset.began;
  for (const line of form.querySelectorAll("#composer-problem, #composer-changed")) line.replaceChildren();
  (form.elements.namedItem("clientId") as HTMLInputElement).value = newClientId();
  dropDraft(form);
  showGhost(message);
  tellFate(message.clientId, null);
  toEnd();
}

function beginAgain(ctx: RequestDetail["ctx"], clientId: string): void {
  const message = unsentOf(openThread()!.dataset.conversation!).find((one) => one.clientId === clientId);
  if (!message) return;
  underWay.set(ctx, message);
  tellFate(clientId, null);
  const form = openComposer();
  if (form) fieldOf(form).focus();
}

function end(ctx: RequestDetail["ctx"]): void {
  const message = underWay.get(ctx);
  if (!message) return;
  underWay.delete(ctx);
  const { clientId } = message;
  const status = ctx.response?.status ?? 0;
  if (status >= 200 && status < 300) {
    forgetUnsent(clientId);
    ghostOf(clientId)?.remove();
  } else if (status === 409 || status === 412 || status === 422) {
    // A conflict means that the id is spent: the next try is another message.
    bringBack(message, status !== 409);
  } else {
    const { words } = reader();
    tellFate(clientId, status === 0 ? words.notSentOffline : words.notSentFault);
  }
}

/** "Edit" at a message that was not sent. */
function takeBack(event: Event): void {
  const clientId = (event.target as Element).closest<HTMLElement>("[data-edit]")?.dataset.edit;
  const thread = openThread();
  if (!clientId || !thread) return;
  const message = unsentOf(thread.dataset.conversation!).find((one) => one.clientId === clientId);
  if (message) bringBack(message, true);
}

/** Into the composer, before what has been begun there since. */
function bringBack({ conversationId, clientId, body, isNote }: Unsent, isSameMessage: boolean): void {
  const form = openComposer();
  if (!form || openThread()!.dataset.conversation !== conversationId) return;
  const field = fieldOf(form);
  const isEmpty = field.value === "";
  const kind = isNote ? "staff" : "everyone";
  // A private note must never get into a reply that has been begun.
  if (!isEmpty && new FormData(form).get("visibility") !== kind) return tellFate(clientId, reader().words.notSentFault);
  if (isEmpty) turnTo(kind, form);
  field.value = isEmpty ? body : `${body}\n${field.value}`;
  if (isEmpty && isSameMessage) (form.elements.namedItem("clientId") as HTMLInputElement).value = clientId;
  forgetUnsent(clientId);
  ghostOf(clientId)?.remove();
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// crypto.randomUUID does not exist on plain-http hosts.
function newClientId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
