import Sortable from "sortablejs";
import { lanes, laneOf, settle } from "./board.ts";
import { askOffer, type Place, placeOf, send, showOffer } from "./card-place.ts";
import { wordsOf } from "../project/words.ts";
import { reader } from "./here.ts";
import { toast } from "./toasts.ts";

/** A finger rests so long on a card before it lifts it, in ms: shorter, it scrolls. */
const REST_MS = 250;

/** Lets cards be dragged by a pointer or a finger. It only puts them elsewhere: what may be is asked when one is lifted. */
export function watchCardDragging(): void {
  let from: Place;
  let states: ReadonlySet<string> | null = null;
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
        states = null;
        void askOffer(item).then((offer) => {
          if (!offer || !document.querySelector(".sortable-drag, .card.lift")) return;
          states = offer.states;
          showOffer(states);
        });
      },
      onEnd: ({ item }) => {
        showOffer(null);
        const { state, name } = laneOf(item).dataset;
        if (!states || states.has(state!)) return void send(item, from);
        settle(item);
        toast(wordsOf(reader()).notOffered(name!));
      },
    });
}
