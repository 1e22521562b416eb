import { fieldOf, idFieldOf, openComposer } from "./composer.ts";
import { lineOf, openId, reader } from "./here.ts";
import { keepHere, keptHere } from "./kept.ts";
import { post } from "./post.ts";
import { markDraft } from "./rows.ts";

/** How often what is being written is saved. */
const SAVE_MS = 1_000;
/** After how long what could not be saved is tried again, unless the connection tells that it is back. */
const RETRY_MS = 5_000;
/** The sign is forgotten after 6 s without another. */
const TYPING_MS = 4_000;

/** What stands in the composer of a conversation, and whether the server has it too. */
type Written = {
  address: string;
  conversationId: string;
  body: string;
  clientId: string;
  visibility: string;
  isSaved: boolean;
};

/** By address. What is not saved yet is kept in this window too: a reload or a sign-in takes nothing away. */
const writings = new Map<string, Written>();
let timer: ReturnType<typeof setTimeout> | undefined;
/** One after another: an earlier text must not arrive after a later one. */
let saving: Promise<void> = Promise.resolve();
let toldTypingAt = 0;

/** Keeps what is being written on the server, and tells others that it is. */
export function watchDrafts(): void {
  for (const written of keptHere<Written>("writing")) writings.set(written.address, written);
  document.addEventListener("input", (event) => noteWriting(event.target as Element));
  document.addEventListener("change", (event) => noteWriting(event.target as Element));
  document.addEventListener("htmx:before:request", saveDrafts);
  document.addEventListener("visibilitychange", saveDrafts);
  window.addEventListener("pagehide", saveDrafts);
  window.addEventListener("online", saveDrafts);
}

/** What was written is on its way as a message: it is a draft no longer, unless it does not arrive. */
export function dropDraft(form: HTMLFormElement): void {
  const written = writings.get(form.dataset.draft!);
  if (written) forget(written);
  if (written && !written.isSaved) saving = saving.then(() => save(written));
  markDraft(openId()!, false);
  showState(form, "");
  if (toldTypingAt > 0) tellTyping(form, false);
}

/** Brings back into the open composer what was written there, where the server did not know it yet when it answered. */
export function restoreDraft(): void {
  const form = openComposer();
  const written = form && writings.get(form.dataset.draft!);
  if (!form || !written) return;
  if (lineOf(written.clientId)) return forget(written);
  const [field, id] = [fieldOf(form), idFieldOf(form)];
  const isNewer = field.value === "" || (!written.isSaved && id.value === written.clientId);
  if (!isNewer || field.value === written.body) return;
  field.value = written.body;
  id.value = written.clientId;
  form.querySelector<HTMLInputElement>(`[value="${written.visibility}"]`)!.checked = true;
  if (!written.isSaved) saveSoon(SAVE_MS);
}

function noteWriting(field: Element): void {
  const form = field.closest<HTMLFormElement>("#composer");
  if (!form) return;
  const written = writtenIn(form);
  writings.set(written.address, written);
  keep();
  saveSoon(SAVE_MS);
  showState(form, "");
  const isEmpty = written.body.trim() === "";
  if (isEmpty && toldTypingAt > 0) tellTyping(form, false);
  else if (!isEmpty && Date.now() - toldTypingAt > TYPING_MS) tellTyping(form, true);
}

function writtenIn(form: HTMLFormElement): Written {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? "");
  return {
    address: form.dataset.draft!,
    conversationId: openId()!,
    body: text("body"),
    clientId: text("clientId"),
    visibility: text("visibility"),
    isSaved: false,
  };
}

function keep(): void {
  keepHere("writing", unsaved());
}

function forget({ address }: Written): void {
  writings.delete(address);
  keep();
}

function unsaved(): Written[] {
  return [...writings.values()].filter(({ isSaved }) => !isSaved);
}

function saveSoon(inMs: number): void {
  timer ??= setTimeout(saveDrafts, inMs);
}

function saveDrafts(): void {
  clearTimeout(timer);
  timer = undefined;
  saving = saving.then(async () => {
    for (const written of unsaved()) await save(written);
  });
}

async function save(written: Written): Promise<void> {
  const { address, conversationId, isSaved: _, ...fields } = written;
  const status = await post(address, fields);
  written.isSaved = status === 204;
  const isEmpty = written.body.trim() === "";
  // Meanwhile it may have been sent, or written on.
  if (writings.get(address) !== written) return;
  if (written.isSaved && isEmpty) forget(written);
  else keep();
  if (written.isSaved) markDraft(conversationId, !isEmpty);
  if (status === 0 || status >= 500) saveSoon(RETRY_MS);
  const form = openComposer();
  const { words } = reader();
  if (form?.dataset.draft === address)
    showState(form, isEmpty ? "" : written.isSaved ? words.draftSaved : words.draftNotSaved);
}

function tellTyping(form: HTMLFormElement, isTyping: boolean): void {
  toldTypingAt = isTyping ? Date.now() : 0;
  const { visibility } = writtenIn(form);
  void post(form.dataset.typing!, { visibility, isTyping: String(isTyping) });
}

function showState(form: HTMLFormElement, text: string): void {
  const place = form.querySelector("#draft-state")!;
  if (place.textContent !== text) place.textContent = text;
}
