import type { Clock, Kept, Shelf, Store } from "../../widget/session/outside.ts";
import { shelfOver } from "./map-shelf.ts";
import { settle } from "./settle.ts";

type Timer = { readonly at: number; readonly work: () => void };

/** What all tabs of one device share: time, storage and locks. */
export class NearSide {
  readonly #texts = new Map<string, string>();
  readonly #shelved = new Map<string, string>();
  readonly #heeding: ((key: string) => unknown)[][] = [];
  /** Whether the shelf takes anything more. */
  isFull = false;
  /** Whether the shelf cannot be read. */
  isUnreadable = false;
  /** Whether no tab hears of what another has changed. */
  isDeaf = false;
  /** Whether the shelf changes nothing: whoever asks it to is gone before it has. */
  isStuck = false;
  readonly #locks = new Map<string, Promise<unknown>>();
  #now = Date.UTC(2026, 10, 22, 9);
  #timers: Timer[] = [];

  readonly clock: Clock = {
    now: () => this.#now,
    after: (milliseconds, work) => {
      const timer = { at: this.#now + milliseconds + this.lateMs, work };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      };
    },
  };

  /** Timers run this much late, as in a tab that nobody sees. */
  lateMs = 0;

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
      if (this.isStuck) return new Promise(() => {});
      await new Promise((resolve) => setImmediate(resolve));
      const kept = work();
      if (this.isDeaf) return kept;
      for (const others of this.#heeding) if (others !== heeding) setImmediate(() => others.map((hear) => hear(key)));
      return kept;
    };
    return {
      read: async (prefix) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (this.isUnreadable) return null;
        return new Map([...this.#shelved].filter(([key]) => key.startsWith(prefix)));
      },
      ...shelfOver(this.#shelved, { change, isFull: () => this.isFull }),
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
