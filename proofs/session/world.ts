import type { Clock, Outside } from "../../widget/session/outside.ts";
import type { Dice } from "../dice.ts";
import { Device } from "./device.ts";
import { ModelServer } from "./model-server.ts";
import { Network } from "./network.ts";
import { Tab } from "./tab.ts";

type Timer = { readonly at: number; readonly tab: Tab; readonly work: () => void };

/** Everything outside the sessions: time, the tabs, the device they share, the network and the model server. Nothing moves by itself. */
export class World {
  now = Date.UTC(2026, 10, 22, 9);
  /** What the device's clock shows beyond the server's. */
  skewMs = 0;
  readonly server = new ModelServer();
  readonly network = new Network(this.server, () => this.now);
  readonly device: Device;
  readonly #dice: Dice;
  readonly #tabs: Tab[] = [];
  #timers: Timer[] = [];
  #ids = 0;

  /** Without locks the page is on plain http. */
  constructor(dice: Dice, hasLocks: boolean) {
    this.#dice = dice;
    this.device = new Device(hasLocks, () => this.open());
  }

  /** Whose visit the device keeps. */
  visitor(): string | null {
    const token = this.device.accessToken();
    return token === null ? null : this.server.visits.ownerOf(token);
  }

  /** The tabs that are open. */
  open(): Tab[] {
    return this.#tabs.filter((tab) => !tab.isDead);
  }

  newTab(): Tab {
    const tab = new Tab(this.#tabs.length + 1, (self) => this.#outside(self));
    this.#tabs.push(tab);
    tab.session.resume();
    return tab;
  }

  #outside(tab: Tab): Outside {
    return {
      clock: this.#clockOf(tab),
      store: this.device.storeOf(tab),
      shelf: this.device.shelfOf(tab),
      newId: () => `id-${++this.#ids}`,
      random: () => this.#dice.next(),
      fetch: (_url, init) => this.network.ask(tab, init),
      openSocket: () => this.network.open(tab),
      exclusively: (name, work) => this.device.exclusively(tab, name, work),
    };
  }

  #clockOf(tab: Tab): Clock {
    return {
      now: () => this.now + this.skewMs,
      after: (milliseconds, work) => {
        const timer = { at: this.now + milliseconds, tab, work };
        if (!tab.isDead) this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((other) => other !== timer);
        };
      },
    };
  }

  /** The tab is gone without a word; what it kept stays, what it sent may arrive. */
  kill(tab: Tab): void {
    tab.isDead = true;
    tab.effectsLeft = 0;
    this.#timers = this.#timers.filter((timer) => timer.tab !== tab);
    this.network.bury(tab);
    this.device.bury(tab);
  }

  /** Lets time pass, timer by timer. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      const next = this.nextTimerAt();
      // Who asks again without a pause would do so for ever.
      if (next === null || next > end || this.network.problems.length > 0) break;
      this.now = next;
      const due = this.#timers.find((timer) => timer.at === next)!;
      this.#timers.splice(this.#timers.indexOf(due), 1);
      due.work();
      await this.settle();
    }
    this.now = end;
    for (const line of this.network.live()) line.checkToken();
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
}
