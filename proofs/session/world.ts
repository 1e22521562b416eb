import type { Clock, Outside, Store } from "../../widget/session/outside.ts";
import { Session } from "../../widget/session/session.ts";
import type { Dice } from "../dice.ts";
import { Line } from "./line.ts";
import { ModelServer } from "./model-server.ts";

/** A browser's tab with the chat in it. */
export type Tab = {
  readonly number: number;
  readonly session: Session;
  isDead: boolean;
  /** It dies after so many effects; what follows in the same breath never happens. */
  effectsLeft: number;
  /** The conversation its customer turned away from. */
  leftBehind: string | null;
  /** When a question or the line last failed, by name; a customer's act or an acknowledgement wipes it. */
  readonly failedAt: Map<string, number>;
  /** Questions repeated in the very instant of their failure, and that instant. */
  hurries: number;
  hurriedAt: number;
};

/** A question or its answer under way. */
export type Flight = {
  readonly tab: Tab;
  readonly name: string;
  readonly isAnswer: boolean;
  readonly text: string;
  readonly status: number;
  readonly token: string;
  /** Who waits for the answer, unless they gave up. */
  readonly caller: { settle: (response: Response) => void; fail: (fault: Error) => void; hasGivenUp: boolean };
};

type Timer = { readonly at: number; readonly tab: number; readonly work: () => void };
type Notice = { readonly tab: Tab; readonly key: string };
type Waiting = { readonly tab: Tab; readonly start: () => void };

/** What may want a token at once: a snapshot, a message, a mark, the line. */
const WANTS = 4;
const settings = { api: "https://chat.example", inboxKey: "pk", locale: "en", zone: "UTC" };

/** One device with its tabs and storage, the network, and the model server: everything outside the sessions. Nothing moves by itself. */
export class World {
  readonly server = new ModelServer();
  readonly tabs: Tab[] = [];
  readonly lines: Line[] = [];
  readonly notices: Notice[] = [];
  flights: Flight[] = [];
  now = Date.UTC(2026, 10, 22, 9);
  /** The next event reaches nobody, or everybody twice. */
  nextEvent: "once" | "never" | "twice" = "once";
  hasSkipped = false;
  /** Questions that arrived at the server. */
  asked = 0;
  readonly problems: string[] = [];
  readonly store = new Map<string, string>();
  readonly #dice: Dice;
  readonly #heeding = new Map<number, (key: string) => unknown>();
  readonly #locks = new Map<string, Waiting[]>();
  readonly #hasLocks: boolean;
  #timers: Timer[] = [];
  #tabs = 0;
  #ids = 0;

  /** Without locks the page is on plain http. */
  constructor(dice: Dice, hasLocks: boolean) {
    this.#dice = dice;
    this.#hasLocks = hasLocks;
    this.server.onTold = (told) => {
      const times = told.position === null ? 1 : { once: 1, never: 0, twice: 2 }[this.nextEvent];
      if (told.position !== null) this.nextEvent = "once";
      if (times === 0) this.hasSkipped = true;
      for (let time = 0; time < times; time++) for (const line of this.live()) line.tell(told);
    };
  }

  /** Whose visit the device keeps. */
  visitor(): string | null {
    const visit = this.store.get("beseda:pk:visit");
    return visit ? this.server.visits.ownerOf((JSON.parse(visit) as { accessToken: string }).accessToken) : null;
  }

  /** Whether the text is kept on the device as not sent yet. */
  keeps(body: string): boolean {
    return [...this.store].some(([key, text]) => key.includes(":outbox:") && JSON.parse(text).body === body);
  }

  /** The tabs that are open. */
  open(): Tab[] {
    return this.tabs.filter((tab) => !tab.isDead);
  }

  live(): Line[] {
    return this.lines.filter((line) => !line.isOver);
  }

  newTab(): Tab {
    const tab = {
      ...{ number: ++this.#tabs, isDead: false, effectsLeft: Number.POSITIVE_INFINITY, leftBehind: null },
      ...{ failedAt: new Map(), hurries: 0, hurriedAt: 0, session: null as never as Session },
    };
    tab.session = new Session(settings, this.#outside(tab), () => {});
    this.tabs.push(tab);
    tab.session.resume();
    return tab;
  }

  /** The tab is gone without a word; what it kept stays, what it sent may arrive. */
  kill(tab: Tab): void {
    tab.isDead = true;
    tab.effectsLeft = 0;
    this.#timers = this.#timers.filter((timer) => timer.tab !== tab.number);
    this.#heeding.delete(tab.number);
    for (const line of this.lines) if (line.tab === tab.number) line.close();
    for (const flight of this.flights) if (flight.tab === tab) flight.caller.hasGivenUp = true;
    for (const [name, queue] of this.#locks) {
      const holder = queue[0];
      const others = queue.filter((waiting) => waiting.tab !== tab);
      this.#locks.set(name, others);
      if (holder?.tab === tab) others[0]?.start();
    }
  }

  /** Lets time pass, timer by timer. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      const next = this.nextTimerAt();
      if (next === null || next > end) break;
      this.now = next;
      const due = this.#timers.find((timer) => timer.at === next)!;
      this.#timers.splice(this.#timers.indexOf(due), 1);
      due.work();
      await this.settle();
    }
    this.now = end;
    for (const line of this.live()) line.checkToken();
    await this.settle();
  }

  nextTimerAt(): number | null {
    return this.#timers.length === 0 ? null : Math.min(...this.#timers.map((timer) => timer.at));
  }

  /** Lets everything run that waits for nothing but its turn, and buries the tabs that died of it. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    for (const tab of this.open()) if (tab.effectsLeft <= 0) this.kill(tab);
  }

  /** A question arrives: its answer sets out. `isCopy`: the network doubled it, and the second answer finds nobody. */
  arrive(flight: Flight, isCopy: boolean): void {
    const { query, variables } = JSON.parse(flight.text) as { query: string; variables: { input?: never } };
    this.asked++;
    const { token } = flight;
    const { status, body } = this.server.answer(nameOf(query), variables.input ?? {}, { token, now: this.now });
    if (!isCopy) this.flights.push({ ...flight, isAnswer: true, status, text: JSON.stringify(body) });
  }

  /** An answer arrives, cut off after so many bytes. */
  bring({ tab, name, caller, status, text }: Flight, bytes = text.length): void {
    if (caller.hasGivenUp) return;
    if (bytes < text.length) tab.failedAt.set(name, this.now);
    else if (/^(startConversation|sendMessage)$/.test(name)) tab.failedAt.clear();
    const json = async () => JSON.parse(text.slice(0, bytes)) as unknown;
    caller.settle({ status, json } as Response);
  }

  lose({ tab, name, caller }: Flight): void {
    if (caller.hasGivenUp) return;
    caller.hasGivenUp = true;
    tab.failedAt.set(name, this.now);
    caller.fail(new TypeError("the network is away"));
  }

  #outside(tab: Tab): Outside {
    const clock: Clock = {
      now: () => this.now,
      after: (milliseconds, work) => {
        const timer = { at: this.now + milliseconds, tab: tab.number, work };
        if (!tab.isDead) this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((other) => other !== timer);
        };
      },
    };
    const store = this.#storeOf(tab);
    const newId = () => `id-${++this.#ids}`;
    return {
      ...{ clock, store, newId },
      random: () => this.#dice.next(),
      fetch: (_url, init) => this.#ask(tab, init),
      openSocket: () => this.#open(tab),
      exclusively: (name, work) => (this.#hasLocks ? this.#exclusively(tab, name, work) : work()),
    };
  }

  #storeOf(tab: Tab): Store {
    const change = (key: string, value: string | null) => {
      if (!this.#acts(tab) || (this.store.get(key) ?? null) === value) return;
      if (value === null) this.store.delete(key);
      else this.store.set(key, value);
      for (const other of this.open()) if (other !== tab) this.notices.push({ tab: other, key });
    };
    return {
      read: (key) => this.store.get(key) ?? null,
      write: (key, value) => change(key, value),
      remove: (key) => change(key, null),
      keys: () => [...this.store.keys()],
      heed: (work) => {
        this.#heeding.set(tab.number, work);
        return () => this.#heeding.delete(tab.number);
      },
    };
  }

  /** The other tabs hear of a change in the storage. */
  notify({ tab, key }: Notice): void {
    this.#heeding.get(tab.number)?.(key);
  }

  #ask(tab: Tab, init: RequestInit): Promise<Response> {
    const text = init.body as string;
    const { query, variables } = JSON.parse(text) as { query: string; variables: { input?: { seq?: number } } };
    // Another mark is another question.
    const name = nameOf(query) + (variables.input?.seq ?? "");
    if (!this.#acts(tab)) return new Promise(() => {});
    this.#judgePace(tab, name);
    const token = ((init.headers as Record<string, string>).authorization ?? "").slice("Bearer ".length);
    return new Promise((resolve, reject) => {
      const caller = { settle: resolve, fail: reject, hasGivenUp: false };
      const flight: Flight = { tab, name, isAnswer: false, text, status: 0, token, caller };
      init.signal?.addEventListener("abort", () => this.lose(flight));
      this.flights.push(flight);
    });
  }

  #open(tab: Tab): Line {
    const line = new Line(this.server, { tab: tab.number, now: () => this.now });
    if (!this.#acts(tab)) return line;
    this.#judgePace(tab, "line");
    this.lines.push(line);
    return line;
  }

  /** Cuts the line of a tab. */
  cut(line: Line, code?: number, reason?: string): void {
    this.tabs[line.tab - 1]!.failedAt.set("line", this.now);
    line.cut(code, reason);
  }

  /** Each want has its pause, but all of them need a token. */
  #judgePace(tab: Tab, name: string): void {
    if (tab.failedAt.get(name) !== this.now) return;
    tab.hurries = tab.hurriedAt === this.now ? tab.hurries + 1 : 1;
    tab.hurriedAt = this.now;
    if (tab.hurries > (name.endsWith("Visit") ? WANTS : 0))
      this.problems.push(`tab ${tab.number} asks ${name} again without a pause`);
  }

  #acts(tab: Tab): boolean {
    return tab.effectsLeft-- > 0;
  }

  #exclusively<T>(tab: Tab, name: string, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const queue = this.#locks.get(name) ?? [];
      this.#locks.set(name, queue);
      const start = () =>
        void work()
          .then(resolve, reject)
          .then(() => this.#release(tab, name, waiting));
      const waiting = { tab, start };
      queue.push(waiting);
      if (queue.length === 1) void Promise.resolve().then(start);
    });
  }

  #release(tab: Tab, name: string, waiting: Waiting): void {
    if (tab.isDead) return;
    const queue = this.#locks.get(name)!;
    queue.splice(queue.indexOf(waiting), 1);
    queue[0]?.start();
  }
}

function nameOf(query: string): string {
  const name = /^\w+ (\w+)/.exec(query)![1]!;
  return name[0]!.toLowerCase() + name.slice(1);
}
