import { myId, openId, reader, say } from "./here.ts";

/** How long moves are gathered before the counts are asked for. */
const RECOUNT_MS = 500;

/** A row about to be put into the list, and the one it replaces. */
type Arrival = { row: HTMLElement; before: HTMLElement | null };

/** The row whose focus went with it when it was put in anew. */
let focusedRow: string | undefined;

/**
 * Gives rows about to be put into the list, by the stream as `news` or in answer to what the agent did, the marks of those
 * they replace; news of others are marked unread. One that was not in the list shows once it is seen to belong there.
 */
export function markArrivals(fragments: readonly DocumentFragment[], kind: "news" | "answer"): void {
  const list = document.getElementById("rows");
  for (const row of fragments.flatMap(rowsIn)) {
    const before = document.getElementById(row.id);
    row.hidden = before?.hidden ?? true;
    if (before?.contains(document.activeElement)) focusedRow = row.id;
    const link = row.querySelector("a")!;
    if (before?.querySelector(".drafted")) link.classList.add("drafted");
    if (kind === "answer") continue;
    const isNew = isNews({ row, before }, list) && !isBeingRead(row);
    link.classList.toggle("new", isNew || Boolean(before?.querySelector(".new")));
    if (isNew && list && belongs(row, list))
      say(reader().words.newMessageFrom(link.querySelector("b")?.textContent ?? ""));
    overtaking?.rows.set(row.id, row.cloneNode(true) as HTMLElement);
  }
}

function rowsIn(fragment: DocumentFragment): HTMLElement[] {
  return [...fragment.querySelectorAll<HTMLElement>('li[id^="row-"]')];
}

/** What the stream brings while another list is on its way, which may have been read before it. */
let overtaking: { request: object; rows: Map<string, HTMLElement> } | undefined;

/** Notes that another list has been asked for. */
export function awaitList(request: object): void {
  overtaking = { request, rows: new Map() };
}

/** Notes that it did not come. */
export function giveUpList(request: object): void {
  if (overtaking?.request === request) overtaking = undefined;
}

/** Puts what the stream has brought meanwhile into the list that was asked for, before it is shown. */
export function overtake(request: object, list: DocumentFragment): void {
  if (overtaking?.request !== request) return;
  for (const [id, row] of overtaking.rows) {
    const before = list.getElementById(id);
    row.hidden = !before;
    before?.remove();
    list.getElementById("rows")!.append(row);
  }
}

/**
 * Puts every row in its place, newest first, hides those that are not of this list, and marks the one that is open: that one
 * stays where it was seen, whatever has become of it.
 */
export function arrangeRows(): void {
  const list = document.getElementById("rows");
  if (!list) return;
  const focused = list.querySelector<HTMLElement>(focusedRow ? `#${focusedRow} > a` : ":focus");
  focusedRow = undefined;
  for (const row of [...list.children] as HTMLElement[]) {
    const link = row.querySelector("a")!;
    const isOpen = row.id === `row-${openId()}`;
    if (isOpen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (isBeingRead(row)) link.classList.remove("new");
    row.hidden = !belongs(row, list) && (!isOpen || row.hidden);
    rise(list, row);
  }
  if (focused !== document.activeElement) focused?.focus({ preventScroll: true });
  recountAfterMoves(list);
}

/** Tells in the list what the agent has read of a conversation, or marked unread, in another window. */
export function markRow(conversationId: string, what: "read" | "unread" | "attention"): void {
  const link = document.querySelector(`#row-${conversationId} > a`);
  if (what !== "attention") link?.classList.toggle("new", what === "unread");
}

/** Tells in the list whether the agent has begun to write in a conversation. */
export function markDraft(conversationId: string, isBegun: boolean): void {
  document.querySelector(`#row-${conversationId} > a`)?.classList.toggle("drafted", isBegun);
}

/** A pushed row comes to every list; one that a search found shows what it found, and nothing else. */
function belongs(row: HTMLElement, list: HTMLElement): boolean {
  const { whose, condition, found } = list.dataset;
  if (found !== undefined) return found.split(" ").includes(row.id);
  if (condition !== "any" && row.dataset.status !== condition) return false;
  if (whose === "mine") return row.dataset.assignee === myId();
  return whose === "all" || row.dataset.assignee === "";
}

let places: string | undefined;
let recount: ReturnType<typeof setTimeout> | undefined;

/** What the views hold changes when a row comes, changes its condition or its owner: then, and not with every message, the counts are asked for. */
function recountAfterMoves(list: HTMLElement): void {
  const now = ([...list.children] as HTMLElement[])
    .map(({ id, dataset }) => `${id} ${dataset.status} ${dataset.assignee}`)
    .sort()
    .join();
  const isFirst = places === undefined;
  if (now === places) return;
  places = now;
  if (isFirst || recount) return;
  recount = setTimeout(() => {
    recount = undefined;
    document.getElementById("counts")?.dispatchEvent(new Event("recount"));
  }, RECOUNT_MS);
}

/** Whether something was said since the row was seen, or since the list was read where it was not in it: a move is no news. */
function isNews({ row, before }: Arrival, list: HTMLElement | null): boolean {
  const seen = before ? rank(before) : Number(list?.dataset.readAt);
  return rank(row) > seen && row.dataset.author !== myId();
}

function isBeingRead(row: HTMLElement): boolean {
  return row.id === `row-${openId()}` && !document.hidden;
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
