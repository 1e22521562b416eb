import { wordsOf } from "../project/words.ts";
import { askAnew, cardsIn, laneOf, place, recountAll, settle } from "./board.ts";
import { openMenu } from "./card-menu.ts";
import { carryOut, type Offer } from "./card-offer.ts";
import { reader, say } from "./here.ts";
import { toast } from "./toasts.ts";

/** Where a card stood. */
export type Place = { lane: HTMLElement; next: Element | null };

/** Answers where a card stands. */
export function placeOf(card: HTMLElement): Place {
  return { lane: laneOf(card), next: card.nextElementSibling };
}

/**
 * Tells the server where a card was put, and shows it where the server says that it stands; or puts it back with the reason
 * if it may not stand there. Where the move asks why, the reader is asked first.
 */
export async function send(card: HTMLElement, from: Place, offered: Offer | Promise<Offer | null>): Promise<void> {
  const lane = laneOf(card);
  if (lane === from.lane && card.nextElementSibling === from.next) return settle(card);
  recountAll();
  const [state, name] = [lane.dataset.state!, lane.dataset.name!];
  const cards = cardsIn(lane);
  const at = cards.indexOf(card);
  const beside = { after: idOf(cards[at - 1]), before: idOf(cards[at + 1]) };
  card.dataset.sent = "true";
  const offer = await offered;
  if (offer?.asking.has(state)) return askReason(card, offer.form, { state, ...beside });
  const isOffered = offer?.states.has(state) ?? true;
  const placed = isOffered ? await carryOut(card, { state, seen: from.lane.dataset.state!, ...beside }) : null;
  delete card.dataset.sent;
  if (!isOffered) toast(wordsOf(reader()).notOffered(name));
  if (!placed) {
    settle(card);
    return askAnew();
  }
  place(placed);
  say(wordsOf(reader()).droppedIn(card.dataset.key!, name));
}

/** Lets the reader say why, at the card where they have put it; it goes back if they do not. */
function askReason(card: HTMLElement, form: HTMLFormElement, { state, ...beside }: Record<string, string>): void {
  form.querySelector<HTMLSelectElement>("[name=state]")!.value = state!;
  form.querySelector("[name=end]")!.closest("label")!.remove();
  const neighbours = Object.entries(beside).map(([name, value]) =>
    Object.assign(document.createElement("input"), { type: "hidden", name, value }),
  );
  form.append(...neighbours);
  // They are of the column where it was put, and of no other that is chosen instead.
  form.addEventListener("change", () => {
    if (form.querySelector<HTMLSelectElement>("[name=state]")!.value !== state)
      for (const one of neighbours) one.remove();
  });
  form.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    delete card.dataset.sent;
    if (!card.isConnected) return;
    settle(card);
    say(wordsOf(reader()).leftInPlace(card.dataset.key!));
  });
  // The pointer that lets the card go closes what is open, after this.
  setTimeout(() => openMenu(card.id, form));
}

function idOf(card: HTMLElement | undefined): string {
  return card?.id.replace("card-", "") ?? "";
}
