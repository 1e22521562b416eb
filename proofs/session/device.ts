import type { Store } from "../../widget/session/outside.ts";
import type { Tab } from "./tab.ts";

type Notice = { readonly tab: Tab; readonly key: string };
type Waiting = { readonly tab: Tab; readonly start: () => void };

/** What the tabs of one device share: the storage, what they have yet to hear of its changes, and the locks. */
export class Device {
  readonly notices: Notice[] = [];
  readonly #texts = new Map<string, string>();
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

  /** Whether the text is kept on the device as not sent yet. */
  keeps(body: string): boolean {
    return [...this.#texts].some(([key, text]) => key.includes(":outbox:") && JSON.parse(text).body === body);
  }

  /** The storage, as a tab sees it. */
  storeOf(tab: Tab): Store {
    return {
      read: (key) => this.#texts.get(key) ?? null,
      write: (key, value) => this.#change(tab, key, value),
      remove: (key) => this.#change(tab, key, null),
      keys: () => [...this.#texts.keys()],
      heed: (work) => {
        this.#heeding.set(tab.number, work);
        return () => this.#heeding.delete(tab.number);
      },
    };
  }

  #change(tab: Tab, key: string, value: string | null): void {
    if (!tab.acts() || (this.#texts.get(key) ?? null) === value) return;
    if (value === null) this.#texts.delete(key);
    else this.#texts.set(key, value);
    for (const other of this.#openTabs()) if (other !== tab) this.notices.push({ tab: other, key });
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

  /** A dead tab hears of nothing more, and whoever waited for its locks has them. */
  bury(tab: Tab): void {
    this.#heeding.delete(tab.number);
    for (const [name, queue] of this.#locks) {
      const holder = queue[0];
      const others = queue.filter((waiting) => waiting.tab !== tab);
      this.#locks.set(name, others);
      if (holder?.tab === tab) others[0]?.start();
    }
  }
}
