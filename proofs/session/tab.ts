import type { Outside } from "../../widget/session/outside.ts";
import { type Said, say } from "../../widget/session/said.ts";
import { Session } from "../../widget/session/session.ts";

/** What may want a token at once: a snapshot, a message, a mark, the line, what is said of the customer. */
const WANTS = 5;
const settings = { api: "https://chat.example", inboxKey: "pk", locale: "en", zone: "UTC" };

/** A browser's tab with the chat in it, which runs one session after the other, as its element does. */
export class Tab {
  readonly number: number;
  session: Session;
  isDead = false;
  /** It dies after so many effects; what follows in the same breath never happens. */
  effectsLeft = Number.POSITIVE_INFINITY;
  /** When a question or the line of this session last failed, by name; a customer's act or an acknowledgement wipes it. */
  failedAt = new Map<string, number>();
  readonly #outside: Outside;
  #said: Said = { profile: {} };
  isWatched = false;
  /** Questions repeated in the very instant of their failure, and that instant. */
  #hurries = 0;
  #hurriedAt = 0;

  constructor(number: number, outsideOf: (tab: Tab) => Outside) {
    this.number = number;
    this.#outside = outsideOf(this);
    this.session = this.#begin();
  }

  watch(isWatched: boolean): void {
    this.isWatched = isWatched;
    this.session.watch(isWatched);
  }

  /** The page names the customer, and says something of them. */
  identify(customer: string): void {
    this.#said.token = `.${btoa(JSON.stringify({ sub: customer }))}.`;
    say(this.#said, { attributes: { [customer]: true } });
    this.session.tell();
  }

  /** Whether it lives to have this effect; counts it. */
  acts(): boolean {
    return this.effectsLeft-- > 0;
  }

  /** Whether it has had its last effect. */
  isDying(): boolean {
    return this.effectsLeft <= 0;
  }

  /** Whom its page has named. */
  get named(): string | null {
    const { token } = this.#said;
    return token ? (JSON.parse(atob(token.split(".")[1]!)) as { sub: string }).sub : null;
  }

  /** What is wrong with asking this now. Each want has its pause, but all of them need a token. */
  judgePace(name: string, now: number): string | null {
    // A sign that is lost is not repeated: the next one is another.
    if (name === "setTyping" || this.failedAt.get(name) !== now) return null;
    this.#hurries = this.#hurriedAt === now ? this.#hurries + 1 : 1;
    this.#hurriedAt = now;
    const isHurried = this.#hurries > (name.endsWith("Visit") ? WANTS : name === "line" ? 1 : 0);
    return isHurried ? `tab ${this.number} asks ${name} again without a pause` : null;
  }

  #begin(): Session {
    const onLeft = (token?: string) => {
      if (this.isDying()) return;
      this.#said = { token, profile: {} };
      this.failedAt = new Map();
      this.session = this.#begin();
      this.session.resume();
      this.session.watch(this.isWatched);
    };
    return new Session({ ...settings, said: this.#said, onLeft }, this.#outside, () => {});
  }
}
