import type { Answered } from "./model-server.ts";

type Pair = { readonly visitor: string; readonly access: string; readonly refresh: string; expiresAt: number };
type Used = { readonly successor: Pair; readonly at: number };

const LASTING_MS = 15 * 60_000;
const GRACE_MS = 60_000;

/** Visitors and their tokens: a start is recalled by its clientId; the refresh token before the newest works for 60 s more. */
export class ModelVisits {
  readonly #pairs: Pair[] = [];
  readonly #starts = new Map<string, Pair>();
  readonly #used = new Map<string, Used>();
  readonly #ended = new Set<string>();
  #visitors = 0;

  answer(name: string, input: Record<string, string>, now: number): Answered {
    const pair = name === "startVisit" ? this.#start(input.clientId!, now) : this.#refresh(input.refreshToken!, now);
    const visit = pair && {
      ...{ accessToken: pair.access, refreshToken: pair.refresh, inbox: { name: "Lumen" } },
      accessTokenExpiresAt: new Date(pair.expiresAt).toISOString(),
    };
    return { status: 200, body: { data: { [name]: visit ? { visit } : { code: "VisitEnded", says: "" } } } };
  }

  /** Whose token this is; null when it is not valid now. */
  visitorOf(access: string, now: number): string | null {
    const pair = this.#pairs.find((one) => one.access === access);
    return pair && pair.expiresAt > now && !this.#ended.has(pair.visitor) ? pair.visitor : null;
  }

  /** Whose token this is or was. */
  ownerOf(access: string): string | null {
    return this.#pairs.find((one) => one.access === access)?.visitor ?? null;
  }

  /** All access tokens end at this instant. */
  expireAt(instant: number): void {
    for (const pair of this.#pairs) pair.expiresAt = Math.min(pair.expiresAt, instant);
  }

  /** The access tokens valid now go on for as long as a new one. */
  prolong(now: number): void {
    for (const pair of this.#pairs) if (pair.expiresAt > now) pair.expiresAt = now + LASTING_MS;
  }

  end(visitor: string): void {
    this.#ended.add(visitor);
  }

  #start(clientId: string, now: number): Pair {
    const known = this.#starts.get(clientId);
    if (known && !this.#ended.has(known.visitor)) return known;
    const pair = this.#issue(`visitor-${++this.#visitors}`, now);
    this.#starts.set(clientId, pair);
    return pair;
  }

  #refresh(token: string, now: number): Pair | null {
    const pair = this.#pairs.find((one) => one.refresh === token);
    if (!pair || this.#ended.has(pair.visitor)) return null;
    const used = this.#used.get(token);
    if (used && now - used.at <= GRACE_MS) return used.successor;
    if (used) this.end(pair.visitor);
    if (used) return null;
    const successor = this.#issue(pair.visitor, now);
    this.#used.set(token, { successor, at: now });
    return successor;
  }

  #issue(visitor: string, now: number): Pair {
    const n = this.#pairs.length + 1;
    const pair = { visitor, access: `access-${n}`, refresh: `refresh-${n}`, expiresAt: now + LASTING_MS };
    this.#pairs.push(pair);
    return pair;
  }
}
