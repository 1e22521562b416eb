import Sortable from "sortablejs";
import { lanes } from "./board.ts";
import { askOffer, type Offer, showOffer } from "./card-offer.ts";
import { type Place, placeOf, send } from "./card-place.ts";

/** A finger rests so long on a card before it lifts it, in ms: shorter, it scrolls. */
const REST_MS = 250;

/** Lets cards be dragged by a pointer or a finger. It only puts them elsewhere: what may be is asked when one is lifted. */
export function watchCardDragging(): void {
  // Where a finger rests on a link, a phone asks what shall become of it, and takes the finger away: here it has lifted the card.
  document.addEventListener("contextmenu", (event) => {
    if (document.querySelector(".card.sortable-chosen")) event.preventDefault();
  });
  let from: Place;
  let offered: Promise<Offer | null>;
  for (const lane of lanes())
    Sortable.create(lane.querySelector<HTMLElement>(".cards")!, {
      ...{ group: "cards", draggable: ".card", filter: ".card-move, .menu", preventOnFilter: false },
      ...{
        ghostClass: "slot",
        fallbackClass: "lift",
        animation: 0,
        forceFallback: true,
        fallbackOnBody: true,
        fallbackTolerance: 4,
      },
      ...{ delay: REST_MS, delayOnTouchOnly: true },
      onStart: ({ item }) => {
        from = placeOf(item);
        offered = askOffer(item);
        void offered.then((offer) => {
          if (offer && document.querySelector(".sortable-drag, .card.lift")) showOffer(offer.states);
        });
      },
      onEnd: ({ item }) => {
        showOffer(null);
        void send(item, from, offered);
      },
    });
}
