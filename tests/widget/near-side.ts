import type { Clock, Kept, Shelf, Store } from "../../widget/session/outside.ts";
import { settle } from "./settle.ts";

type Timer = { readonly at: number; readonly work: () => void };

/** What all tabs of one device share: time, storage and locks. */
export class NearSide {
  readonly #texts = new Map<string, string>();
  readonly #shelved = new Map<string, string>();
  readonly #heeding: ((key: string) => unknown)[][] = [];
  /** Whether the shelf takes anything more. */
  isFull = false;
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

  readonly store: Store = {
    read: (key) => this.#texts.get(key) ?? null,
    write: (key, value) => void this.#texts.set(key, value),
    remove: (key) => void this.#texts.delete(key),
  };

  /** What the shelf holds. */
  shelved(): string[] {
    return [...this.#shelved.values()];
  }

  /** The shelf, as one tab sees it: it takes a moment, and each tab hears of what the others changed. */
  shelfOfTab(): Shelf {
    const heeding: ((key: string) => unknown)[] = [];
    this.#heeding.push(heeding);
    const change = async (key: string, work: () => Kept): Promise<Kept> => {
      await new Promise((resolve) => setImmediate(resolve));
      const kept = work();
      for (const others of this.#heeding) if (others !== heeding) setImmediate(() => others.map((hear) => hear(key)));
      return kept;
    };
    const put = (key: string, text: string): Kept => {
      if (this.isFull) return "failed";
      this.#shelved.set(key, text);
      return "kept";
    };
    return {
      read: async (prefix) => {
        await new Promise((resolve) => setImmediate(resolve));
        return new Map([...this.#shelved].filter(([key]) => key.startsWith(prefix)));
      },
      add: (key, text) => change(key, () => put(key, text)),
      replace: (key, text) => change(key, () => (this.#shelved.has(key) ? put(key, text) : "gone")),
      remove: async (keys) => {
        await change(keys[0]!, () => {
          for (const key of keys) this.#shelved.delete(key);
          return "kept";
        });
      },
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
