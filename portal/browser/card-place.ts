import { toast } from "./toasts.ts";
import { askAnew, board, cardsIn, laneOf, lanes, recount } from "./board.ts";
import { reader, say } from "./here.ts";
import { wordsOf } from "../task/signs.ts";

/** Where a card stood. */
export type Place = { lane: HTMLElement; next: Element | null };

/** Answers where a card stands. */
export function placeOf(card: HTMLElement): Place {
  return { lane: laneOf(card), next: card.nextElementSibling };
}

/** Puts a card back where it stood. */
export function putBack(card: HTMLElement, { lane, next }: Place): void {
  const list = lane.querySelector(".cards")!;
  list.insertBefore(card, next?.parentElement === list ? next : null);
}

/** What the reader may do with a card: the form that moves it, and the states that it can be moved to now. */
export type Offer = { form: HTMLFormElement; states: Set<string> };

/** Asks which moves the reader may make of a card now; null: the server did not answer. */
export async function askOffer(card: HTMLElement): Promise<Offer | null> {
  const address = card.querySelector<HTMLElement>(".card-move")!.dataset.move!;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) {
    toast(reader().words.actionFailed);
    return null;
  }
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  const form = template.content.querySelector("form")!;
  return { form, states: new Set([...form.querySelectorAll("option")].map(({ dataset }) => dataset.state!)) };
}

/** Shows which columns a lifted card cannot be put into. */
export function showOffer(states: ReadonlySet<string> | null): void {
  for (const lane of lanes()) lane.classList.toggle("closed", states !== null && !states.has(lane.dataset.state!));
}

/**
 * Tells the server where a card was put, and puts it back with the reason if it may not stand there. Where it stands for
 * everyone comes by the stream.
 */
export async function send(card: HTMLElement, from: Place): Promise<void> {
  const lane = laneOf(card);
  if (lane === from.lane && card.nextElementSibling === from.next) return;
  for (const changed of new Set([from.lane, lane])) recount(changed);
  const cards = cardsIn(lane);
  const at = cards.indexOf(card);
  const fields = {
    state: lane.dataset.state!,
    seen: from.lane.dataset.state!,
    after: idOf(cards[at - 1]),
    before: idOf(cards[at + 1]),
  };
  const refused = await post(card.querySelector<HTMLElement>(".card-move")!.dataset.move!, fields);
  const key = card.dataset.key!;
  if (refused === null) return say(wordsOf(reader()).droppedIn(key, lane.dataset.name!));
  if (board()?.contains(card)) putBack(card, from);
  for (const changed of new Set([from.lane, lane])) recount(changed);
  toast(refused || reader().words.actionFailed);
  askAnew();
}

/** Answers null when it was done, else the sentence that says why not. */
async function post(address: string, fields: Record<string, string>): Promise<string | null> {
  const body = new URLSearchParams(fields);
  const answer = await fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.ok) return null;
  const template = document.createElement("template");
  template.innerHTML = (await answer?.text()) ?? "";
  return template.content.textContent?.trim() ?? "";
}

function idOf(card: HTMLElement | undefined): string {
  return card?.id.replace("card-", "") ?? "";
}
