import { type RequestDetail, reader } from "./here.ts";

type Sending = { body: string; clientId: string; form: HTMLFormElement };

// What is on its way, by request, until its answer is known.
const sendings = new WeakMap<object, Sending>();

/**
 * The composer: Ctrl+Enter sends; the field is free for the next message at once, under a new client id; what could not be
 * sent comes back with the id it was sent under, so that sending it again can never make two.
 */
export function watchComposer(): void {
  document.addEventListener("keydown", sendByKey);
  document.addEventListener("change", followKind);
  document.addEventListener("htmx:config:request", (event) => begin((event as CustomEvent<RequestDetail>).detail.ctx));
  document.addEventListener("htmx:finally:request", (event) => end((event as CustomEvent<RequestDetail>).detail.ctx));
}

function sendByKey(event: KeyboardEvent): void {
  const field = event.target;
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !(field instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  field.form?.requestSubmit();
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
  if (form.id !== "composer" || !(form instanceof HTMLFormElement) || !ctx.request.body) return;
  const clientId = form.elements.namedItem("clientId") as HTMLInputElement;
  const sending = { body: String(ctx.request.body.get("body")), clientId: clientId.value, form };
  sendings.set(ctx, sending);
  fieldOf(form).value = "";
  problemOf(form).replaceChildren();
  clientId.value = newClientId();
}

function end(ctx: RequestDetail["ctx"]): void {
  const sending = sendings.get(ctx);
  sendings.delete(ctx);
  const status = ctx.response?.status ?? 0;
  if (!sending || (status >= 200 && status < 300)) return;
  const { form, body, clientId } = sending;
  const field = fieldOf(form);
  field.value = field.value === "" ? body : `${body}\n${field.value}`;
  // A conflict means that the id is spent: the next try is another message.
  if (status !== 409 && field.value === body)
    (form.elements.namedItem("clientId") as HTMLInputElement).value = clientId;
  if (status !== 422)
    problemOf(form).textContent = status === 0 ? reader().words.notSentOffline : reader().words.notSentFault;
}

function fieldOf(form: HTMLFormElement): HTMLTextAreaElement {
  return form.elements.namedItem("body") as HTMLTextAreaElement;
}

function problemOf(form: HTMLFormElement): HTMLElement {
  return form.querySelector<HTMLElement>("#composer-problem")!;
}

// crypto.randomUUID does not exist on plain-http hosts.
function newClientId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
