import type { BesedaEvent, BesedaListener } from "./contract.ts";

type Hear = (event: Event) => void;

/** Who hears of which event. The same listener hears of an event once, however often it is put on. */
export class Listeners {
  readonly #hearing = new Map<BesedaListener, Map<BesedaEvent, Hear>>();

  on(event: BesedaEvent, listener: BesedaListener): void {
    this.off(event, listener);
    const hear = (heard: Event) => listener((heard as CustomEvent).detail);
    const own = this.#hearing.get(listener) ?? new Map<BesedaEvent, Hear>();
    this.#hearing.set(listener, own.set(event, hear));
    document.addEventListener(`beseda-${event}`, hear);
  }

  off(event: BesedaEvent, listener: BesedaListener): void {
    const own = this.#hearing.get(listener);
    const hear = own?.get(event);
    if (hear) document.removeEventListener(`beseda-${event}`, hear);
    own?.delete(event);
  }
}
