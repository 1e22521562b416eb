import { fullStamp } from "../../words/time.ts";
import { continues, type Line, opensDay } from "../conversation/grouping.ts";
import { type StampKind, stamp, stampText } from "../stamp.ts";
import { arrangeCollision } from "./collision.ts";
import { restoreUnsent } from "./composer.ts";
import { restoreDraft } from "./drafts.ts";
import { arrangeFocus } from "./message-bar.ts";
import { markRead } from "./reading.ts";
import { arrangeEnd } from "./scrolling.ts";
import { arrangeThreadEnd } from "./signs.ts";
import { myId, openThread, reader } from "./here.ts";
import { arrangeRows } from "./rows.ts";

/**
 * Adds what fragments made for everyone cannot know: local times, "You", days and joins between messages, which row is
 * open or unread. Safe to repeat; a page fresh from the server comes out as it was.
 */
export function arrangePage(): void {
  tellTimes();
  tellWhoIsMe();
  const messages = document.querySelector<HTMLElement>(".messages");
  if (messages) arrangeMessages(messages);
  arrangeRows();
  if (!openThread()) return;
  restoreDraft();
  restoreUnsent();
  arrangeCollision();
  arrangeThreadEnd();
  arrangeFocus();
  arrangeEnd();
  markRead();
}

/** Puts the open thread in order as soon as it changes, before it is shown: htmx tells of it only after it has settled. */
export function watchThread(): void {
  const place = document.getElementById("conversation");
  const changed = new MutationObserver((changes) => {
    const list = changes.map(({ target }) => target as HTMLElement).find((target) => target.matches(".messages"));
    if (!list) return;
    arrangeMessages(list);
    arrangeThreadEnd();
  });
  if (place) changed.observe(place, { childList: true, subtree: true });
}

function tellTimes(): void {
  const here = reader();
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-stamp]")) {
    const text = stampText(new Date(time.dateTime), time.dataset.stamp as StampKind, here);
    if (time.textContent === text) continue;
    time.textContent = text;
    time.title = fullStamp(new Date(time.dateTime), here);
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

function arrangeMessages(list: HTMLElement): void {
  const here = reader();
  let before: Line | null = null;
  for (const item of inOrder(list)) {
    const line: Line = {
      authorId: item.classList.contains("msg") ? (item.dataset.author ?? null) : null,
      isNote: item.classList.contains("note"),
      at: new Date(item.dataset.at!),
    };
    const day = item.previousElementSibling?.classList.contains("day") ? item.previousElementSibling : null;
    const needsDay = opensDay(line, before, here);
    if (needsDay && !day) item.before(dayBefore(line.at));
    if (!needsDay) day?.remove();
    if (line.authorId) item.classList.toggle("cont", continues(line, before, here));
    before = line;
  }
}

/** The lines by their numbers: one that took its ghost's place may stand behind a later one. */
function inOrder(list: HTMLElement): HTMLElement[] {
  const lines = [...list.querySelectorAll<HTMLElement>(":scope > [data-seq]")];
  const sorted = lines.toSorted((one, other) => Number(one.dataset.seq) - Number(other.dataset.seq));
  if (sorted.some((line, at) => line !== lines[at])) list.replaceChildren(...sorted);
  return sorted;
}

function dayBefore(at: Date): HTMLElement {
  const day = document.createElement("li");
  day.className = "day";
  day.innerHTML = stamp(at, "day", reader()).text;
  return day;
}
