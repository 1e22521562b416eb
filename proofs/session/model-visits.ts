import type { Answered } from "./model-server.ts";

type Pair = {
  readonly visit: number;
  readonly visitor: string;
  readonly access: string;
  readonly refresh: string;
  expiresAt: number;
};
type Used = { readonly successor: Pair; readonly at: number };

const LASTING_MS = 15 * 60_000;
const GRACE_MS = 60_000;

/** Visitors and their tokens: a start is recalled by its clientId; the refresh token before the newest works for 60 s more. */
export class ModelVisits {
  readonly #pairs: Pair[] = [];
  readonly #starts = new Map<string, Pair>();
  readonly #used = new Map<string, Used>();
  readonly #ended = new Set<number>();
  #visits = 0;

  answer(name: string, input: Record<string, string>, now: number): Answered {
    const pair = name === "startVisit" ? this.#start(input.clientId!, now) : this.#refresh(input.refreshToken!, now);
    const answer = pair ? { visit: visitOf(pair) } : { code: "VisitEnded", says: "" };
    return { status: 200, body: { data: { [name]: answer } } };
  }

  /** A visit of whom the site names, in the place of the one that this token is of. */
  identify(access: string, visitor: string, now: number): object {
    this.endBy(access);
    return { visit: visitOf(this.#issue({ visit: ++this.#visits, visitor }, now)) };
  }

  endBy(access: string): void {
    const pair = this.#pairs.find((one) => one.access === access);
    if (pair) this.#ended.add(pair.visit);
  }

  /** Whose token this is; null when it is not valid now. */
  visitorOf(access: string, now: number): string | null {
    const pair = this.#pairs.find((one) => one.access === access);
    return pair && pair.expiresAt > now && !this.#ended.has(pair.visit) ? pair.visitor : null;
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
    for (const pair of this.#pairs) if (pair.visitor === visitor) this.#ended.add(pair.visit);
  }

  #start(clientId: string, now: number): Pair {
    const known = this.#starts.get(clientId);
    if (known && !this.#ended.has(known.visit)) return known;
    const visit = ++this.#visits;
    const pair = this.#issue({ visit, visitor: `visitor-${visit}` }, now);
    this.#starts.set(clientId, pair);
    return pair;
  }

  #refresh(token: string, now: number): Pair | null {
    const pair = this.#pairs.find((one) => one.refresh === token);
    if (!pair || this.#ended.has(pair.visit)) return null;
    const used = this.#used.get(token);
    if (used && now - used.at <= GRACE_MS) return used.successor;
    if (used) this.#ended.add(pair.visit);
    if (used) return null;
    const successor = this.#issue(pair, now);
    this.#used.set(token, { successor, at: now });
    return successor;
  }

  #issue({ visit, visitor }: Pick<Pair, "visit" | "visitor">, now: number): Pair {
    const n = this.#pairs.length + 1;
    const pair = { visit, visitor, access: `access-${n}`, refresh: `refresh-${n}`, expiresAt: now + LASTING_MS };
    this.#pairs.push(pair);
    return pair;
  }
}

function visitOf({ access, refresh, expiresAt }: Pair): object {
  const inbox = { name: "Lumen" };
  return { accessToken: access, refreshToken: refresh, inbox, accessTokenExpiresAt: new Date(expiresAt).toISOString() };
}
