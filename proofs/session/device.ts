import type { Kept, Shelf, Store } from "../../widget/session/outside.ts";
import { shelfOver } from "../../tests/widget/map-shelf.ts";
import type { Tab } from "./tab.ts";

type Notice = { readonly tab: Tab; readonly key: string };
type Waiting = { readonly tab: Tab; readonly start: () => void };

type Errand = { readonly tab: Tab; readonly name: string; readonly work: () => void };

/** What the tabs of one device share: the storage, the shelf with what it has yet to do, what they have yet to hear of its changes, and the locks. */
export class Device {
  readonly notices: Notice[] = [];
  /** What the shelf was asked for, in that order. */
  readonly errands: Errand[] = [];
  /** Whether the shelf takes anything more. */
  isFull = false;
  /** Whether it ever was. */
  hasBeenFull = false;
  /** Whether the shelf cannot be read. */
  isUnreadable = false;
  readonly #texts = new Map<string, string>();
  readonly #shelved = new Map<string, string>();
  readonly #heeding = new Map<number, (key: string) => unknown>();
  readonly #locks = new Map<string, Waiting[]>();
  readonly #hasLocks: boolean;
  readonly #openTabs: () => Tab[];

  /** Without locks the page is on plain http. */
  constructor(hasLocks: boolean, openTabs: () => Tab[]) {
    this.#hasLocks = hasLocks;
    this.#openTabs = openTabs;
  }

  /** The access token of the visit that the device keeps. */
  accessToken(): string | null {
    const visit = this.#texts.get("beseda:pk:visit");
    return visit ? (JSON.parse(visit) as { accessToken: string }).accessToken : null;
  }

  /** Whose device it is at the moment, through all their visits; null while it is nobody's. */
  customer(): string | null {
    return this.#texts.get("beseda:pk:customer") ?? null;
  }

  /** Whom the site has named as the one whose visit the device keeps. */
  claimed(): string | null {
    const visit = JSON.parse(this.#texts.get("beseda:pk:visit") ?? "{}") as { claim?: string };
    return visit.claim ? (JSON.parse(visit.claim) as { sub: string }).sub : null;
  }

  /** Whether somebody who has signed out is yet to be cleared away. */
  isToClear(): boolean {
    return this.#texts.has("beseda:pk:left");
  }

  /** The texts that the device keeps of a kind. */
  kept(kind: "outbox" | "draft"): string[] {
    return [...this.#shelved].filter(([key]) => key.includes(`:${kind}:`)).map(([, text]) => text);
  }

  /** Whether the text is kept on the device as not sent yet. */
  keeps(body: string): boolean {
    return this.kept("outbox").some((text) => JSON.parse(text).body === body);
  }

  /** The storage, as a tab sees it. */
  storeOf(tab: Tab): Store {
    const change = (key: string, value: string | null) => {
      if (!tab.acts()) return;
      if (value === null) this.#texts.delete(key);
      else this.#texts.set(key, value);
    };
    return {
      read: (key) => this.#texts.get(key) ?? null,
      write: (key, value) => change(key, value),
      remove: (key) => change(key, null),
    };
  }

  /** The shelf, as a tab sees it: what it is asked for it does later, in that order. */
  shelfOf(tab: Tab): Shelf {
    const ask = <T>(name: string, work: () => T) =>
      new Promise<T>((resolve) => {
        const answer = () => {
          const done = work();
          if (!tab.isDead) resolve(done);
        };
        this.errands.push({ tab, name, work: answer });
      });
    const change = (key: string, work: () => Kept): Promise<Kept> => {
      if (!tab.acts()) return new Promise(() => {});
      return ask(`a change of ${key}`, () => {
        const kept = work();
        if (kept === "kept")
          for (const other of this.#openTabs()) if (other !== tab) this.notices.push({ tab: other, key });
        return kept;
      });
    };
    return {
      read: (prefix) =>
        ask("a reading", () =>
          this.isUnreadable ? null : new Map([...this.#shelved].filter(([key]) => key.startsWith(prefix))),
        ),
      ...shelfOver(this.#shelved, { change, isFull: () => this.isFull }),
      heed: (work) => {
        this.#heeding.set(tab.number, work);
        return () => this.#heeding.delete(tab.number);
      },
    };
  }

  /** The shelf does what it was asked for first. */
  runErrand(): void {
    this.errands.shift()?.work();
  }

  /** The other tabs hear of a change in the storage. */
  notify({ tab, key }: Notice): void {
    this.#heeding.get(tab.number)?.(key);
  }

  exclusively<T>(tab: Tab, name: string, work: () => Promise<T>): Promise<T> {
    if (!this.#hasLocks) return work();
    return new Promise<T>((resolve, reject) => {
      const queue = this.#locks.get(name) ?? [];
      this.#locks.set(name, queue);
      const start = () =>
        void work()
          .then(resolve, reject)
          .then(() => this.#release(name, waiting));
      const waiting = { tab, start };
      queue.push(waiting);
      if (queue.length === 1) void Promise.resolve().then(start);
    });
  }

  #release(name: string, waiting: Waiting): void {
    if (waiting.tab.isDead) return;
    const queue = this.#locks.get(name)!;
    queue.splice(queue.indexOf(waiting), 1);
    queue[0]?.start();
  }

  /** A dead tab hears of nothing more, what it had asked of the shelf is done or is not, and whoever waited for its locks has them. */
  bury(tab: Tab): void {
    this.#heeding.delete(tab.number);
    if (tab.number % 2) this.errands.splice(0, this.errands.length, ...this.errands.filter((one) => one.tab !== tab));
    for (const [name, queue] of this.#locks) {
      const holder = queue[0];
      const others = queue.filter((waiting) => waiting.tab !== tab);
      this.#locks.set(name, others);
      if (holder?.tab === tab) others[0]?.start();
    }
  }
}
