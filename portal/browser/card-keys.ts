import { wordsOf } from "../project/words.ts";
import { cardsIn, laneOf, lanes, settle } from "./board.ts";
import { askOffer, type Offer, showOffer } from "./card-offer.ts";
import { type Place, placeOf, send } from "./card-place.ts";
import { reader, say } from "./here.ts";
import { toast } from "./toasts.ts";

/** The card that is lifted by the keyboard, where it stood, and where it may be put. */
let lifted: { card: HTMLElement; from: Place; offer: Offer } | null = null;

/** Moves cards by the keyboard: arrows go from card to card; Space lifts one, arrows then move it, Space drops it, Escape puts it back. */
export function watchCardKeys(): void {
  document.addEventListener("keydown", (event) => {
    const title = (event.target as Element).closest<HTMLElement>(".card-title");
    if (!title || event.ctrlKey || event.metaKey || event.altKey) return;
    const card = title.closest<HTMLElement>(".card")!;
    if (event.key === " ") lifted ? drop() : void lift(card);
    else if (event.key === "Escape" && lifted) giveUp();
    else if (event.key.startsWith("Arrow")) step(card, event.key);
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusout", () => setTimeout(() => lifted && !isFocused() && giveUp()));
}

function isFocused(): boolean {
  return lifted!.card.contains(document.activeElement);
}

async function lift(asked: HTMLElement): Promise<void> {
  const offer = await askOffer(asked);
  // Another one may stand in its place by now, with what has become of the task.
  const card = document.getElementById(asked.id);
  if (!offer || !card?.contains(document.activeElement)) return;
  lifted = { card, from: placeOf(card), offer };
  card.classList.add("lift");
  showOffer(offer.states);
  say(wordsOf(reader()).lifted(card.dataset.key!, laneOf(card).dataset.name!));
}

function drop(): void {
  const { card, from, offer } = lifted!;
  rest();
  void send(card, from, offer);
}

function giveUp(): void {
  const { card } = lifted!;
  rest();
  settle(card);
  say(wordsOf(reader()).leftInPlace(card.dataset.key!));
}

function rest(): void {
  lifted!.card.classList.remove("lift");
  lifted = null;
  showOffer(null);
}

const steps: Record<string, [across: number, down: number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

function step(card: HTMLElement, key: string): void {
  const [across, down] = steps[key]!;
  const isTurned = getComputedStyle(card).direction === "rtl";
  const towards = isTurned ? -across : across;
  if (lifted) moveLifted(card, towards, down);
  else focusNext(card, towards, down);
}

function moveLifted(card: HTMLElement, across: number, down: number): void {
  const lane = laneOf(card);
  const target = across === 0 ? lane : nextOffered(lane, across);
  const beside = nextLane(lane, across);
  if (!target) return beside && toast(wordsOf(reader()).notOffered(beside.dataset.name!));
  const others = cardsIn(target).filter((one) => one !== card);
  const at = across === 0 ? cardsIn(lane).indexOf(card) + down : Math.min(cardsIn(lane).indexOf(card), others.length);
  if (at < 0 || at > others.length) return;
  target.querySelector(".cards")!.insertBefore(card, others[at] ?? null);
  card.querySelector<HTMLElement>(".card-title")!.focus();
  say(wordsOf(reader()).standsIn(target.dataset.name!, at + 1, others.length + 1));
}

/** Columns in between, to which no move leads, do not bar the way. */
function nextOffered(lane: HTMLElement, across: number): HTMLElement | undefined {
  for (let next = nextLane(lane, across); next; next = nextLane(next, across))
    if (lifted!.offer.states.has(next.dataset.state!)) return next;
  return undefined;
}

function focusNext(card: HTMLElement, across: number, down: number): void {
  const lane = laneOf(card);
  const cards = cardsIn(lane);
  const at = cards.indexOf(card);
  const next = across === 0 ? cards[at + down] : nearest(lane, across, at);
  next?.querySelector<HTMLElement>(".card-title")?.focus();
}

function nearest(lane: HTMLElement, across: number, at: number): HTMLElement | undefined {
  for (let next = nextLane(lane, across); next; next = nextLane(next, across)) {
    const cards = cardsIn(next);
    if (cards.length > 0) return cards[Math.min(at, cards.length - 1)];
  }
  return undefined;
}

function nextLane(lane: HTMLElement, across: number): HTMLElement | undefined {
  const all = lanes();
  return all[all.indexOf(lane) + across];
}
