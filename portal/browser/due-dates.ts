import { dueLook, dueSaid } from "../task/due.ts";
import type { Due } from "../task/signs.ts";
import { reader } from "./here.ts";

/** How often due dates are said anew on a page that nothing happens to, in ms. */
const AGAIN_MS = 60_000;

/** Keeps due dates true on a page that stays open: today becomes late without anybody's doing. */
export function watchDueDates(): void {
  setInterval(() => {
    if (!document.hidden) tellDue();
  }, AGAIN_MS);
}

/** In which minute each date was told last: a board has thousands, and most changes bring one. */
const told = new WeakMap<HTMLTimeElement, number>();

/** Says due dates as they are on this day, where the reader is. */
export function tellDue(): void {
  const now = new Date();
  const minute = Math.floor(now.getTime() / AGAIN_MS);
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-due]")) {
    if (told.get(time) === minute) continue;
    told.set(time, minute);
    const due: Due = { at: new Date(time.dateTime), kind: time.dataset.due as Due["kind"], zone: time.dataset.zone! };
    const text = dueSaid(due, now, reader());
    if (time.textContent !== text) time.textContent = text;
    const sign = time.closest<HTMLElement>(".due")!;
    const look = sign.dataset.over === undefined ? dueLook(due, now) : "";
    for (const one of ["late", "soon"]) sign.classList.toggle(one, one === look);
  }
}
