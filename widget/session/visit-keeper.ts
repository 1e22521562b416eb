import { operations, type Visit } from "../operations.ts";
import { type Answer, ask } from "./ask.ts";
import type { Outside } from "./outside.ts";

export interface VisitSettings {
  readonly url: string;
  readonly inboxKey: string;
  readonly locale: string;
  readonly zone: string;
}

type Kept = Visit & { readonly receivedAt: number };

const EARLY_MS = 30_000;
const TRUSTED_MS = 60_000;

/** Keeps the visitor's tokens: starts the visit, renews the access token, one tab at a time, and shares both with the other tabs. */
export class VisitKeeper {
  readonly #outside: Outside;
  readonly #settings: VisitSettings;
  readonly #key: string;
  readonly #requestKey: string;

  constructor(outside: Outside, settings: VisitSettings) {
    this.#outside = outside;
    this.#settings = settings;
    this.#key = `beseda:${settings.inboxKey}:visit`;
    this.#requestKey = `beseda:${settings.inboxKey}:visit-request`;
  }

  /** The visit kept on this device, or null when there is none yet. */
  current(): Kept | null {
    const text = this.#outside.store.read(this.#key);
    return text === null ? null : (JSON.parse(text) as Kept);
  }

  /** A usable access token; starts the visit where there is none. `stale` is a token the API has just turned down. Refuses with what startVisit or refreshVisit refuse; an ended visit is forgotten. */
  async token(stale?: string): Promise<Answer<string>> {
    const usable = this.#usable(stale);
    if (usable) return usable;
    return this.#outside.exclusively(this.#key, async () => {
      // Another tab may have done it while this one waited.
      const renewed = this.#usable(stale);
      if (renewed) return renewed;
      const kept = this.current();
      return kept ? this.#refresh(kept) : this.#start();
    });
  }

  #usable(stale: string | undefined): Answer<string> | null {
    const kept = this.current();
    if (!kept || kept.accessToken === stale) return null;
    const now = this.#outside.clock.now();
    // A device whose clock runs ahead sees every token as expired: a token just received is believed anyway.
    const isFresh =
      Math.abs(now - kept.receivedAt) < TRUSTED_MS || Date.parse(kept.accessTokenExpiresAt) - now > EARLY_MS;
    return isFresh ? { is: "done", value: kept.accessToken } : null;
  }

  async #start(): Promise<Answer<string>> {
    const { url, inboxKey, locale, zone } = this.#settings;
    const { store } = this.#outside;
    // Kept until answered: a start whose answer was lost is repeated as the same visit.
    const clientId = store.read(this.#requestKey) ?? this.#outside.newId();
    store.write(this.#requestKey, clientId);
    const variables = { input: { inboxKey, clientId, locale, zone } };
    const answer = await ask<{ startVisit: { visit: Visit } }>(this.#outside, url, {
      query: operations.startVisit,
      variables,
    });
    if (answer.is !== "done") return answer;
    store.remove(this.#requestKey);
    return this.#keep(answer.value.startVisit.visit);
  }

  async #refresh(kept: Kept): Promise<Answer<string>> {
    const variables = { input: { refreshToken: kept.refreshToken } };
    const query = operations.refreshVisit;
    const answer = await ask<{ refreshVisit: { visit: Visit } }>(this.#outside, this.#settings.url, {
      query,
      variables,
    });
    if (answer.is === "done") return this.#keep(answer.value.refreshVisit.visit);
    if (answer.is === "unreachable") return answer;
    this.#outside.store.remove(this.#key);
    return { is: "refused", refusal: { code: "VisitEnded", says: "" } };
  }

  #keep(visit: Visit): Answer<string> {
    const kept: Kept = { ...visit, receivedAt: this.#outside.clock.now() };
    this.#outside.store.write(this.#key, JSON.stringify(kept));
    return { is: "done", value: visit.accessToken };
  }
}
