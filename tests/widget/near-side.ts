import type { Clock, Store } from "../../widget/session/outside.ts";
import { settle } from "./settle.ts";

type Timer = { readonly at: number; readonly work: () => void };

/** What all tabs of one device share: time, storage and locks. */
export class NearSide {
  readonly #store = new Map<string, string>();
  readonly #heeding: ((key: string) => unknown)[][] = [];
  readonly #locks = new Map<string, Promise<unknown>>();
  #now = Date.UTC(2026, 10, 22, 9);
  #timers: Timer[] = [];

  readonly clock: Clock = {
    now: () => this.#now,
    after: (milliseconds, work) => {
      const timer = { at: this.#now + milliseconds, work };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      };
    },
  };

  /** Lets this much time pass, timer by timer. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (;;) {
      const next = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = next.at;
      next.work();
      await settle();
    }
    this.#now = end;
  }

  /** The storage, as one tab sees it: each hears, a moment later, of what the others changed. */
  storeOfTab(): Store {
    const heeding: ((key: string) => unknown)[] = [];
    const tell = (key: string) => {
      for (const others of this.#heeding) if (others !== heeding) setImmediate(() => others.map((work) => work(key)));
    };
    this.#heeding.push(heeding);
    return {
      read: (key) => this.#store.get(key) ?? null,
      write: (key, value) => {
        this.#store.set(key, value);
        tell(key);
      },
      remove: (key) => {
        this.#store.delete(key);
        tell(key);
      },
      keys: () => [...this.#store.keys()],
      heed: (work) => {
        heeding.push(work);
        return () => heeding.splice(heeding.indexOf(work), 1);
      },
    };
  }

  exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#locks.get(name) ?? Promise.resolve()).then(work);
    this.#locks.set(name, mine);
    return mine;
  }
}
