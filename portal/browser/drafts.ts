import { openThread, reader } from "./here.ts";

const SAVE_MS = 800;
/** The sign is forgotten after 6 s without another. */
const TYPING_MS = 4_000;

type Written = { address: string; body: string; clientId: string; visibility: string };

let timer: ReturnType<typeof setTimeout> | undefined;
let unsaved: Written | undefined;
/** One after another: an earlier text must not arrive after a later one. */
let saving: Promise<void> = Promise.resolve();
let toldTypingAt = 0;
/** What stands in the composer of each conversation, should its form be taken away while it is not saved. */
const lastWritten = new Map<string, Written>();

/** Keeps what is being written on the server, and tells others that it is. */
export function watchDrafts(): void {
  document.addEventListener("input", (event) => noteWriting(event.target as Element));
  document.addEventListener("change", (event) => noteWriting(event.target as Element));
  document.addEventListener("htmx:before:request", flushDraft);
  document.addEventListener("visibilitychange", flushDraft);
  window.addEventListener("pagehide", flushDraft);
}

/** What was written is on its way as a message: it is a draft no longer, unless it does not arrive. */
export function dropDraft(form: HTMLFormElement): void {
  flushDraft();
  lastWritten.delete(form.dataset.draft!);
  showState("");
  if (toldTypingAt > 0) tellTyping(form, false);
}

/** Saves at once what has not been saved yet: the page, or this thread, is about to go. */
export function flushDraft(): void {
  clearTimeout(timer);
  if (!unsaved) return;
  const written = unsaved;
  unsaved = undefined;
  saving = saving.then(() => save(written));
}

/** Brings back into the open composer what was written there before it was closed or could be saved. */
export function restoreDraft(): void {
  const form = openThread()?.querySelector<HTMLFormElement>("#composer");
  const written = form && lastWritten.get(form.dataset.draft!);
  const field = form?.elements.namedItem("body") as HTMLTextAreaElement | undefined;
  if (!form || !written || !field || field.value !== "") return;
  field.value = written.body;
  (form.elements.namedItem("clientId") as HTMLInputElement).value = written.clientId;
  form.querySelector<HTMLInputElement>(`[value="${written.visibility}"]`)!.checked = true;
}

function noteWriting(field: Element): void {
  const form = field.closest<HTMLFormElement>("#composer");
  if (!form) return;
  const written = writtenIn(form);
  unsaved = written;
  lastWritten.set(written.address, written);
  clearTimeout(timer);
  timer = setTimeout(flushDraft, SAVE_MS);
  showState("");
  const isEmpty = written.body.trim() === "";
  if (isEmpty && toldTypingAt > 0) tellTyping(form, false);
  else if (!isEmpty && Date.now() - toldTypingAt > TYPING_MS) tellTyping(form, true);
}

function writtenIn(form: HTMLFormElement): Written {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? "");
  return {
    address: form.dataset.draft!,
    body: text("body"),
    clientId: text("clientId"),
    visibility: text("visibility"),
  };
}

async function save(written: Written): Promise<void> {
  const { address, ...fields } = written;
  const isSaved = await post(address, fields);
  const isLast = lastWritten.get(address) === written;
  if (isSaved && isLast && written.body.trim() === "") lastWritten.delete(address);
  if (!isLast) return;
  const { words } = reader();
  showState(written.body.trim() === "" ? "" : isSaved ? words.draftSaved : words.draftNotSaved);
}

function tellTyping(form: HTMLFormElement, isTyping: boolean): void {
  toldTypingAt = isTyping ? Date.now() : 0;
  const { visibility } = writtenIn(form);
  void post(form.dataset.typing!, { visibility, isTyping: String(isTyping) });
}

async function post(address: string, fields: Record<string, string>): Promise<boolean> {
  try {
    // It may outlive the page; beyond 64 kB browsers would refuse that.
    const body = new URLSearchParams(fields);
    const keepalive = String(body).length < 60_000;
    const headers = { "HX-Request": "true" };
    return (await fetch(address, { method: "POST", body, keepalive, headers })).ok;
  } catch {
    return false;
  }
}

function showState(text: string): void {
  const place = document.getElementById("draft-state");
  if (place && place.textContent !== text) place.textContent = text;
}
