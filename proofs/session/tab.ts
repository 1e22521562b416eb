import type { Outside } from "../../widget/session/outside.ts";
import { Session } from "../../widget/session/session.ts";

/** What may want a token at once: a snapshot, a message, a mark, the line. */
const WANTS = 4;
const settings = { api: "https://chat.example", inboxKey: "pk", locale: "en", zone: "UTC" };

/** A browser's tab with the chat in it. */
export class Tab {
  readonly number: number;
  readonly session: Session;
  isDead = false;
  /** It dies after so many effects; what follows in the same breath never happens. */
  effectsLeft = Number.POSITIVE_INFINITY;
  /** When a question or the line last failed, by name; a customer's act or an acknowledgement wipes it. */
  readonly failedAt = new Map<string, number>();
  /** Questions repeated in the very instant of their failure, and that instant. */
  #hurries = 0;
  #hurriedAt = 0;

  constructor(number: number, outsideOf: (tab: Tab) => Outside) {
    this.number = number;
    this.session = new Session(settings, outsideOf(this), () => {});
  }

  /** Whether it lives to have this effect; counts it. */
  acts(): boolean {
    return this.effectsLeft-- > 0;
  }

  /** What is wrong with asking this now. Each want has its pause, but all of them need a token. */
  judgePace(name: string, now: number): string | null {
    if (this.failedAt.get(name) !== now) return null;
    this.#hurries = this.#hurriedAt === now ? this.#hurries + 1 : 1;
    this.#hurriedAt = now;
    const isHurried = this.#hurries > (name.endsWith("Visit") ? WANTS : 0);
    return isHurried ? `tab ${this.number} asks ${name} again without a pause` : null;
  }
}
