import { fullStamp, timeOfDay } from "../../words/time.ts";
import { continues, type Line, opensDay } from "../conversation/grouping.ts";
import { type StampKind, stamp, stampText } from "../stamp.ts";
import { arrangeCollision } from "./collision.ts";
import { restoreDraft } from "./drafts.ts";
import { tellDue } from "./due-dates.ts";
import { arrangeFaces } from "./faces.ts";
import { arrangeMentions } from "./mentions.ts";
import { arrangeSigns } from "./message-acts.ts";
import { arrangeFocus } from "./message-bar.ts";
import { markRead } from "./reading.ts";
import { arrangeEnd, beginAtNew } from "./scrolling.ts";
import type { Reader } from "../reader.ts";
import { restoreUnsent } from "./sending.ts";
import { arrangeThreadEnd } from "./signs.ts";
import { myId, openThread, type RequestDetail, reader } from "./here.ts";
import { arrangeBeginning } from "./older.ts";
import { arrangeRows } from "./rows.ts";
import { arrangeThreads } from "./threads.ts";
import { trimThread } from "./trimming.ts";

/**
 * Adds what fragments made for everyone cannot know: local times, "You", days and joins between messages, which row is
 * open or unread. Safe to repeat; a page fresh from the server comes out as it was.
 */
export function arrangePage(): void {
  tellTimes();
  tellDue();
  tellWhoIsMe();
  arrangeMentions();
  arrangeFaces();
  for (const messages of document.querySelectorAll<HTMLElement>(".messages")) arrangeMessages(messages);
  arrangeRows();
  const thread = openThread();
  if (!thread) return;
  tellCustomer(thread);
  arrangeBeginning();
  restoreDraft();
  restoreUnsent();
  arrangeCollision();
  arrangeThreadEnd();
  arrangeFocus();
  arrangeSigns();
  beginAtNew();
  arrangeEnd();
  markRead();
  arrangeThreads();
}

/** The same after something was put into the page; a count changes nothing else of it. */
export function arrangeSwapped(event: Event): void {
  if ((event as CustomEvent<RequestDetail>).detail.ctx.target?.id !== "mention-count") arrangePage();
}

/** Puts the open thread in order as soon as it changes, before it is shown: htmx tells of it only after it has settled. */
export function watchThread(): void {
  const place = document.getElementById("conversation");
  const changed = new MutationObserver((changes) => {
    const lists = changes.map(({ target }) => target as HTMLElement).filter((target) => target.matches(".messages"));
    for (const list of new Set(lists)) arrangeMessages(list);
    if (lists.length === 0) return;
    arrangeFaces();
    arrangeThreadEnd();
    trimThread();
  });
  if (place) changed.observe(place, { childList: true, subtree: true });
}

/** Which words each instant was given: most pages hold hundreds, and most changes bring one. */
const told = new WeakMap<HTMLTimeElement, string>();

function tellTimes(): void {
  const here = reader();
  const minute = Math.floor(Date.now() / 60_000);
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-stamp]")) {
    const now = `${time.dateTime} ${minute}`;
    if (told.get(time) === now) continue;
    told.set(time, now);
    const text = stampText(new Date(time.dateTime), time.dataset.stamp as StampKind, here);
    const title = fullStamp(new Date(time.dateTime), here);
    if (time.textContent !== text) time.textContent = text;
    if (time.title !== title) time.title = title;
  }
  for (const clock of document.querySelectorAll<HTMLElement>("[data-clock]")) {
    const text = timeOfDay(new Date(), { ...here, zone: clock.dataset.clock! });
    if (clock.textContent !== text) clock.textContent = text;
  }
}

/** Their messages bear the name and the face that the details show, which may have been told since. */
function tellCustomer(thread: HTMLElement): void {
  const who = document.querySelector("#contact .who");
  if (!who) return;
  for (const message of thread.querySelectorAll(".msg:not(:has(> .team))")) {
    const name = message.querySelector("header b")!;
    if (name.innerHTML === who.querySelector("b")!.innerHTML) continue;
    name.innerHTML = who.querySelector("b")!.innerHTML;
    const face = who.querySelector(".av")!.cloneNode(true) as Element;
    face.classList.replace("l", "m");
    message.querySelector(".av")!.replaceWith(face);
  }
}

function tellWhoIsMe(): void {
  const me = myId();
  if (!me) return;
  for (const by of document.querySelectorAll(`[data-by="${CSS.escape(me)}"]`)) {
    const text = `${reader().words.you}:`;
    if (by.textContent !== text) by.textContent = text;
  }
}

/** After which line each one stood, and when it was written, when it was last put in order. */
const arranged = new WeakMap<HTMLElement, { before: HTMLElement | null; at: string }>();

function arrangeMessages(list: HTMLElement): void {
  const here = reader();
  let before: HTMLElement | null = null;
  let isNew = false;
  for (const item of inOrder(list)) {
    const [known, at] = [arranged.get(item), item.dataset.at!];
    const isSame: boolean = known?.before === before && known.at === at;
    // What follows a new line stands otherwise, too.
    if (!isSame || isNew) arrangeLine(item, before, here);
    arranged.set(item, { before, at });
    [before, isNew] = [item, !isSame];
  }
}

function arrangeLine(item: HTMLElement, above: HTMLElement | null, here: Reader): void {
  const [line, before] = [lineOf(item), above && lineOf(above)];
  const day = item.previousElementSibling?.classList.contains("day") ? item.previousElementSibling : null;
  const needsDay = opensDay(line, before, here);
  if (needsDay && !day) item.before(dayBefore(line.at));
  if (!needsDay) day?.remove();
  if (line.authorId) item.classList.toggle("cont", continues(line, before, here));
}

function lineOf(item: HTMLElement): Line {
  return {
    authorId: item.classList.contains("msg") ? (item.dataset.author ?? null) : null,
    isNote: item.classList.contains("note"),
    at: new Date(item.dataset.at!),
  };
}

/** The lines by their numbers: one that took its ghost's place may stand behind a later one. */
function inOrder(list: HTMLElement): HTMLElement[] {
  const lines = [...list.querySelectorAll<HTMLElement>(":scope > [data-seq]")];
  const seqs = lines.map(({ dataset }) => Number(dataset.seq));
  if (seqs.every((seq, place) => place === 0 || seqs[place - 1]! <= seq)) return lines;
  const sorted = lines.toSorted((one, other) => Number(one.dataset.seq) - Number(other.dataset.seq));
  let before: HTMLElement | undefined;
  for (const line of sorted) {
    // Only what stands too early is put in anew: screen readers read out whatever is.
    if (before && before.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_PRECEDING) before.after(line);
    before = line;
  }
  return sorted;
}

function dayBefore(at: Date): HTMLElement {
  const day = document.createElement("li");
  day.className = "day";
  day.innerHTML = stamp(at, "day", reader()).text;
  return day;
}
