import type { Self } from "./customer.ts";
import type { endVisit } from "./end-visit.ts";
import type { Unsent } from "./machine/state.ts";
import type { Near } from "./outside.ts";
import { draftsOf, NEW_TALK, outboxOf } from "./places.ts";
import type { Session, SessionSettings } from "./session.ts";
import { type View, viewOf } from "./view.ts";
import { openVisitKeeper, type VisitKeeper } from "./visit-keeper.ts";

const AGAIN_MS = 5_000;

/** What a session is to those who speak to it, and the lobby before it. */
export type Visiting = Pick<Session, keyof Session>;

/** What is fetched with the session. */
export interface SessionPart {
  openSession(settings: SessionSettings, near: Near, onChange: () => void): Session;
  readonly endVisit: typeof endVisit;
}

export interface LobbySettings extends SessionSettings {
  onChange(): void;
  /** null where it could not be fetched. */
  fetchSession(): Promise<SessionPart | null>;
  /** Is told when the session is there, and takes over. */
  onEntered(session: Session): void;
}

/**
 * Where a customer is received: who is new here is greeted, by one request. The session is fetched for whoever is known on this device
 * or named by the page, with the first letter, and when anything is not as it should be. What is written before it is there stands
 * where the session finds it, now or on the next page.
 */
export class Lobby implements Visiting {
  readonly #settings: LobbySettings;
  readonly #near: Near;
  readonly #visit: VisitKeeper;
  readonly #isKnown: boolean;
  readonly #unheed: () => void;
  #cancelAgain = () => {};
  #phase: View["phase"] = "asleep";
  #isReachable = true;
  #isWatching = false;
  #isWanted = false;
  #isFetching = false;
  #isClosed = false;
  #place: string | null = null;
  #turns: number;
  #written: readonly Unsent[] = [];
  #draft: string | null = null;

  constructor(settings: LobbySettings, near: Near) {
    const { api, inboxKey, locale, zone, before } = settings;
    this.#settings = settings;
    this.#near = near;
    this.#turns = before?.turns ?? 0;
    this.#visit = openVisitKeeper(near, { url: `${api}/graphql`, inboxKey, locale, zone });
    this.#isKnown = this.#visit.isKnown();
    // Another tab has begun a visit, or written, or signed out.
    this.#unheed = near.heed((key) => key.startsWith(`beseda:${inboxKey}:`) && this.#enter());
  }

  get view(): View {
    // Whether it is kept need not be said while it is about to be sent.
    const isKept = this.#isReachable ? null : this.#near.keepsAll();
    const state = {
      ...{ phase: this.#phase, refusal: null, isReachable: this.#isReachable, threads: [] },
      ...{ place: this.#place, turns: this.#turns, unsent: this.#written.map((one) => ({ ...one, isKept })) },
    };
    const inbox = this.#visit.current()?.inbox ?? null;
    return viewOf(state, { inbox, typing: null, isIntroduced: this.#visit.isIntroduced() });
  }

  resume(): void {
    this.tell();
  }

  watch(isWatching: boolean): void {
    this.#isWatching = isWatching;
    if (!isWatching || this.#phase !== "asleep") return;
    this.#phase = "opening";
    this.tell();
    if (!this.#isWanted) void this.#begin();
    this.#settings.onChange();
  }

  /** Of whoever merely looks at a page nobody is told, unless it names them. */
  tell(): void {
    const { token, profile } = this.#settings.said;
    const isSaid = this.#isWatching && Object.keys(profile).length > 0;
    if (this.#isKnown || token || isSaid) void this.#enter();
  }

  open(place: string | null): void {
    this.#place = place;
    this.#turns += 1;
    this.#settings.onChange();
  }

  openNew(): void {
    this.open(this.#near.newId());
  }

  leave(): void {
    this.open(null);
  }

  connection(isOnline: boolean): void {
    this.#isReachable = isOnline;
    if (isOnline && this.#isWanted) void this.#enter();
    this.#settings.onChange();
  }

  introduce(self: Self): void {
    this.#visit.introduce(self);
    void this.#enter();
  }

  /** Forgets the customer at once; the visit ends, and what they wrote is cleared away, when the session is there. */
  signOut(): void {
    const left = this.#visit.forget();
    this.close();
    const { api, fetchSession, onLeft } = this.#settings;
    if (left) void fetchSession().then((part) => part?.endVisit(this.#near, `${api}/graphql`, left));
    onLeft();
  }

  send(text: string): void {
    const body = text.trim();
    if (!body || this.#isOver()) return;
    const clientId = this.#near.newId();
    const writtenAt = Math.max(this.#near.clock.now(), (this.#written.at(-1)?.writtenAt ?? 0) + 1);
    this.#place ??= clientId;
    const unsent: Unsent = { clientId, body, writtenAt, talk: this.#place, isBegun: false, refusal: null };
    this.#written = [...this.#written, unsent];
    this.#store(outboxOf(this.#settings.inboxKey) + clientId, JSON.stringify(unsent));
    this.write("");
    this.#settings.onChange();
  }

  write(text: string): void {
    if (this.#isOver()) return;
    this.#draft = text;
    this.#store(draftsOf(this.#settings.inboxKey) + NEW_TALK, text);
    void this.#enter();
  }

  async draft(): Promise<string> {
    return this.#draft ?? "";
  }

  // Nothing of the kind is before the customer yet.
  tryAgain(): void {}
  discard(): void {}
  showEarlier(): void {}

  close(): void {
    this.#isClosed = true;
    this.#visit.close();
    this.#unheed();
    this.#cancelAgain();
  }

  #store(key: string, text: string): void {
    this.#visit.settle();
    if (text) this.#near.store.write(key, text);
    else this.#near.store.remove(key);
  }

  /** Begins the visit. What does not go as it should is the session's. */
  async #begin(): Promise<void> {
    const { is } = await this.#visit.token();
    if (is !== "done" || !this.#near.keepsAll() || this.view.asks !== "NONE") return this.#enter();
    this.#phase = "ready";
    this.#settings.onChange();
  }

  async #enter(): Promise<void> {
    if (this.#isOver() || this.#isFetching) return;
    this.#isWanted = this.#isFetching = true;
    const part = await this.#settings.fetchSession();
    this.#isFetching = false;
    if (this.#isOver()) return;
    if (!part) return this.#enterLater();
    this.close();
    const before = { place: this.#place, turns: this.#turns, written: this.#written, draft: this.#draft };
    const { onChange, onEntered } = this.#settings;
    onEntered(part.openSession({ ...this.#settings, before }, this.#near, onChange));
  }

  #enterLater(): void {
    this.#isReachable = false;
    this.#cancelAgain();
    this.#cancelAgain = this.#near.clock.after(AGAIN_MS, () => this.#enter());
    this.#settings.onChange();
  }

  /** Whether this lobby is over: the session has taken over, or the customer has signed out in another tab. */
  #isOver(): boolean {
    if (this.#isClosed || !this.#visit.isOver()) return this.#isClosed;
    this.close();
    this.#settings.onLeft();
    return true;
  }
}
