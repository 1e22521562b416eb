import { myId, openThread, reader, say } from "./here.ts";

/** How long moves are gathered before the counts are asked for. */
const RECOUNT_MS = 500;

/** A row about to be put into the list by the stream, and the one it replaces. */
type Arrival = { row: HTMLElement; before: HTMLElement | null };

/** Gives rows from the stream, before they are shown, the marks of those they replace; and that of an unread message. */
export function markArrivals(fragments: DocumentFragment[]): void {
  for (const fragment of fragments) {
    for (const row of fragment.querySelectorAll<HTMLElement>('li[id^="row-"]')) {
      const before = document.getElementById(row.id);
      const isNew = isNews({ row, before }) && !isBeingRead(row);
      const link = row.querySelector("a")!;
      link.classList.toggle("new", isNew || Boolean(before?.querySelector(".new")));
      if (isNew) say(reader().words.newMessageFrom(link.querySelector("b")?.textContent ?? ""));
    }
  }
}

/** Puts every row in its place, newest first, hides those that are not of this list, and marks the one that is open. */
export function arrangeRows(): void {
  const list = document.getElementById("rows");
  if (!list) return;
  for (const row of [...list.children] as HTMLElement[]) {
    const link = row.querySelector("a")!;
    const isOpen = row.id === `row-${openThread()?.dataset.conversation}`;
    if (isOpen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (isBeingRead(row)) link.classList.remove("new");
    row.hidden = !isOpen && !belongs(row, list);
    rise(list, row);
  }
  recountAfterMoves(list);
}

const found = new WeakSet<Element>();

/** A pushed row comes to every list; one that a search found shows what it found, and nothing else. */
function belongs(row: HTMLElement, list: HTMLElement): boolean {
  const { whose, condition } = list.dataset;
  if (whose === "found") return isFound(row, list);
  if (condition !== "any" && row.dataset.status !== condition) return false;
  if (whose === "mine") return row.dataset.assignee === myId();
  return whose === "all" || row.dataset.assignee === "";
}

function isFound(row: HTMLElement, list: HTMLElement): boolean {
  if (!found.has(list)) list.dataset.found = [...list.children].map(({ id }) => id).join(" ");
  found.add(list);
  return list.dataset.found!.split(" ").includes(row.id);
}

let places = "";
let recount: ReturnType<typeof setTimeout> | undefined;

/** What the views hold changes when a row comes, changes its condition or its owner: then, and not with every message, the counts are asked for. */
function recountAfterMoves(list: HTMLElement): void {
  const now = ([...list.children] as HTMLElement[])
    .map(({ id, dataset }) => `${id} ${dataset.status} ${dataset.assignee}`)
    .sort()
    .join();
  const isFirst = places === "";
  if (now === places) return;
  places = now;
  if (isFirst || recount) return;
  recount = setTimeout(() => {
    recount = undefined;
    document.getElementById("counts")?.dispatchEvent(new Event("recount"));
  }, RECOUNT_MS);
}

function isNews({ row, before }: Arrival): boolean {
  return rank(row) > rank(before) && row.dataset.author !== myId();
}

function isBeingRead(row: HTMLElement): boolean {
  return row.id === `row-${openThread()?.dataset.conversation}` && !document.hidden;
}

function rise(list: HTMLElement, row: HTMLElement): void {
  let place: Element = row;
  while (place.previousElementSibling && rank(place.previousElementSibling) < rank(row))
    place = place.previousElementSibling;
  if (place !== row) list.insertBefore(row, place);
}

function rank(row: Element | null): number {
  return Number((row as HTMLElement | null)?.dataset.rank ?? 0);
}
