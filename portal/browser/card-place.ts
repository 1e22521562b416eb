import { toast } from "./toasts.ts";
import { askAnew, cardsIn, laneOf, lanes, place, recountAll, settle } from "./board.ts";
import { reader, say } from "./here.ts";
import { wordsOf } from "../project/words.ts";

/** Where a card stood. */
export type Place = { lane: HTMLElement; next: Element | null };

/** Answers where a card stands. */
export function placeOf(card: HTMLElement): Place {
  return { lane: laneOf(card), next: card.nextElementSibling };
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
 * Tells the server where a card was put, and shows it where the server says that it stands; or puts it back with the reason
 * if it may not stand there.
 */
export async function send(card: HTMLElement, from: Place): Promise<void> {
  const lane = laneOf(card);
  if (lane === from.lane && card.nextElementSibling === from.next) return settle(card);
  recountAll();
  const cards = cardsIn(lane);
  const at = cards.indexOf(card);
  const fields = {
    state: lane.dataset.state!,
    seen: from.lane.dataset.state!,
    after: idOf(cards[at - 1]),
    before: idOf(cards[at + 1]),
  };
  card.dataset.sent = "true";
  const { card: placed, refused } = await post(card.querySelector<HTMLElement>(".card-move")!.dataset.move!, fields);
  delete card.dataset.sent;
  if (placed) {
    place(placed);
    return say(wordsOf(reader()).droppedIn(card.dataset.key!, lane.dataset.name!));
  }
  settle(card);
  toast(refused || reader().words.actionFailed);
  askAnew();
}

/** Answers the card as it stands once it was done, else the sentence that says why not. */
async function post(
  address: string,
  fields: Record<string, string>,
): Promise<{ card: HTMLElement | null; refused: string }> {
  const body = new URLSearchParams(fields);
  const answer = await fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
  const template = document.createElement("template");
  template.innerHTML = (await answer?.text().catch(() => "")) ?? "";
  const { content } = template;
  return { card: answer?.ok ? content.querySelector("li") : null, refused: content.textContent?.trim() ?? "" };
}

function idOf(card: HTMLElement | undefined): string {
  return card?.id.replace("card-", "") ?? "";
}
