import { laneCount } from "../project/board.ts";
import { viewWordsOf } from "../project/filter-bar.ts";
import { tellDue } from "./due-dates.ts";
import { element, reader } from "./here.ts";
import { watchCardKeys } from "./card-keys.ts";
import { watchCardMenus } from "./card-menu.ts";
import { seldom } from "./seldom.ts";

/** How often the board is asked for at most, in ms. */
const ASK_MS = 1_000;

/** Follows the board of the page, if it has one: cards that arrive take their places, and cards can be moved in every way. */
export function watchBoard(): void {
  if (!board()) return;
  for (const happening of ["focusin", "pointerdown"])
    document.addEventListener(happening, ({ target }) => {
      held = (target as Element).closest(".card")?.id;
    });
  const arrivals = document.querySelector('[id^="arrivals-"]')!;
  new MutationObserver(() => takeIn(arrivals)).observe(arrivals, { childList: true });
  if (board()!.dataset.writable === undefined) return;
  watchCardMenus();
  watchCardKeys();
  void import("./card-dragging.ts").then(({ watchCardDragging }) => watchCardDragging());
}

/** Answers the board of the page. */
export function board(): HTMLElement | null {
  return document.getElementById("board");
}

/** Answers the columns, in their order. */
export function lanes(): HTMLElement[] {
  const place = board();
  return place ? lanesIn(place) : [];
}

function lanesIn(place: HTMLElement): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>(".lane")];
}

/** Answers the column in which a card stands. */
export function laneOf(card: Element): HTMLElement {
  return card.closest<HTMLElement>(".lane")!;
}

/** Answers the cards of a column, in their order. */
export function cardsIn(lane: Element): HTMLElement[] {
  return [...lane.querySelectorAll<HTMLElement>(".card")];
}

/** The card in which the focus was last, if it went nowhere else: where a card is put in its place the browser may lose it. */
let held: string | undefined;

function takeIn(arrivals: Element): void {
  for (const card of [...arrivals.children] as HTMLElement[]) {
    card.remove();
    // Which tasks a filter finds, only the server knows.
    if (board()!.dataset.filtered === undefined) place(card);
    else askAnew();
  }
}

/** Cards that stand where somebody holds them, and those of which the server has not said yet that they may stand there. */
const IN_HAND = ".lift, .slot, .sortable-chosen";
const ON_ITS_WAY = `${IN_HAND}, [data-sent]`;

/** What has arrived since the whole board was asked for: it may be newer than the answer. */
const arrivedSince: HTMLElement[] = [];
let isAsking = false;

/** What has arrived for a card whose menu is open: it would take the menu along, and what is written there. */
const heldBack: HTMLElement[] = [];

/** Puts what was held back into its place: the menu is closed. */
export function letIn(): void {
  for (const card of heldBack.splice(0)) place(card);
}

/** Puts a card into its column, in place of what was known of it, unless that is newer. */
export function place(card: HTMLElement): void {
  const before = board()!.querySelector<HTMLElement>(`.card[id="${card.id}"]`);
  if (isAsking) arrivedSince.push(card.cloneNode(true) as HTMLElement);
  if (before && Number(before.dataset.seq) > Number(card.dataset.seq)) return;
  if (before?.matches(IN_HAND)) return renewInHand(before, card);
  if (before?.querySelector(":popover-open")) return void heldBack.push(card);
  const lane = lanes().find(({ dataset }) => dataset.state === card.dataset.state);
  // One that was not shown: only the server knows in which column it counted.
  if (!lane || (!before && !isNew(card))) return askAnew();
  const left = before && laneOf(before);
  const { activeElement } = document;
  const isHeld = held === card.id && (activeElement === document.body || before?.contains(activeElement));
  const focused = activeElement?.matches(".card-move") ? ".card-move" : ".card-title";
  before?.remove();
  const next = cardsIn(lane).find((other) => !other.matches(ON_ITS_WAY) && stands(card, other));
  if (next) next.before(card);
  else lane.querySelector(".cards")!.append(card);
  if (isHeld) card.querySelector<HTMLElement>(focused)!.focus({ preventScroll: true });
  tellDue();
  for (const changed of new Set([lane, left])) if (changed) recount(changed);
  recountFound();
}

/** Puts a card that was in somebody's hand where the server last said that it stands. */
export function settle(card: HTMLElement): void {
  if (board()?.contains(card)) place(card);
  recountAll();
}

/** A card that is in somebody's hand stays there, whatever it says now: when it is put down, the server tells where it stands. */
function renewInHand(card: HTMLElement, fresh: HTMLElement): void {
  const hadFocus = card.contains(document.activeElement);
  card.replaceChildren(...fresh.childNodes);
  Object.assign(card.dataset, fresh.dataset);
  if (hadFocus) card.querySelector<HTMLElement>(".card-title")!.focus();
  tellDue();
}

function isNew(card: HTMLElement): boolean {
  return Number(card.dataset.key!.split("-").at(-1)) > Number(board()!.dataset.last);
}

/** Whether one card stands before another: as the server orders them, by the bytes of their ranks. */
function stands(card: HTMLElement, other: HTMLElement): boolean {
  const [rank, its] = [card.dataset.rank!, other.dataset.rank!];
  return rank < its || (rank === its && card.id < other.id);
}

/** Says anew how full the columns are: a card in a hand counts where it is, and may have passed many. */
export function recountAll(): void {
  for (const lane of lanes()) recount(lane);
  recountFound();
}

/** Says anew how full a column is. */
function recount(lane: HTMLElement): void {
  const { hidden, limit } = lane.dataset;
  const count = cardsIn(lane).length + Number(hidden);
  lane
    .querySelector(".wip")!
    .replaceWith(element(laneCount({ count, limit: limit === undefined ? null : Number(limit) }, reader())));
}

/** Says anew how many tasks the columns hold together. */
function recountFound(): void {
  const hidden = lanes().reduce((sum, { dataset }) => sum + Number(dataset.hidden), 0);
  const place = document.getElementById("found-count");
  if (place) place.textContent = viewWordsOf(reader()).found(board()!.querySelectorAll(".card").length + hidden);
}

/** Reads the whole board again; what arrives meanwhile is put into what comes. */
export const askAnew = seldom(ASK_MS, () => void renew());

async function renew(): Promise<void> {
  // One answer at a time, so that none comes after a newer one; and none into what is in use.
  if (isAsking || isInUse()) return askAnew();
  isAsking = true;
  const fresh = await readPage("board").finally(() => {
    isAsking = false;
  });
  const since = arrivedSince.splice(0);
  if (!fresh) return;
  if (isInUse()) return askAnew();
  const [known, others] = [lanes(), lanesIn(fresh.getElementById("board")!)];
  // Another workflow has other columns.
  if (known.map(lookOf).join() !== others.map(lookOf).join()) return location.reload();
  const focused = document.activeElement?.closest<HTMLElement>(".card");
  const part = document.activeElement?.matches(".card-move") ? ".card-move" : ".card-title";
  for (const [index, lane] of known.entries()) fill(lane, others[index]!);
  recountFound();
  const again = focused && document.getElementById(focused.id);
  if (again) again.querySelector<HTMLElement>(part)!.focus({ preventScroll: true });
  board()!.dataset.last = fresh.getElementById("board")!.dataset.last;
  tellDue();
  for (const card of since) place(card);
}

/** Whether somebody has a card in their hand, or its menu open: they go on. */
function isInUse(): boolean {
  return board()!.querySelector(`${ON_ITS_WAY}, .card :popover-open`) !== null;
}

/** What of a column is the workflow's. */
function lookOf({ dataset: { state, name, limit } }: HTMLElement): string {
  return JSON.stringify([state, name, limit]);
}

/** Fills a column with the cards of another one. */
function fill(lane: HTMLElement, fresh: HTMLElement): void {
  lane.querySelector(".cards")!.replaceChildren(...cardsIn(fresh));
  lane.dataset.hidden = fresh.dataset.hidden;
  lane.querySelector(".more")?.remove();
  const more = fresh.querySelector(".more");
  if (more) lane.append(more);
  recount(lane);
}

/** Reads the page again, as it is now; null where it is another one, or nobody answers. */
export async function readPage(part: string): Promise<Document | null> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  const text = answer?.ok ? await answer.text().catch(() => "") : "";
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.getElementById(part) ? page : null;
}
