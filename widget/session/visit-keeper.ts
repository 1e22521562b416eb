import { operations, type Visit } from "../operations.ts";
import { type Answer, ask } from "./ask.ts";
import type { Outside } from "./outside.ts";
import { textOf } from "./text-of.ts";

export interface VisitSettings {
  readonly url: string;
  readonly inboxKey: string;
  readonly locale: string;
  readonly zone: string;
}

/** `id`: of the visit, on this device; it outlives its tokens. */
type Kept = Visit & { readonly id: string; readonly receivedAt: number };

const EARLY_MS = 30_000;
const TRUSTED_MS = 60_000;

/** Keeps the visitor's tokens: starts the visit, renews the access token, one tab at a time, and shares both with the other tabs. */
export interface VisitKeeper {
  /** The visit kept on this device, or null when there is none yet. */
  current(): Kept | null;
  /** A usable access token; starts the visit where there is none. `stale` is a token the API has just turned down. Refuses with what startVisit or refreshVisit refuse; an ended visit is forgotten. */
  token(stale?: string): Promise<Answer<string>>;
  /** Puts a visit of another identity in the place of the one kept, or none. */
  replace(visit: Visit | null): void;
  /** Starts and renews nothing any more; a token that is good still is given. */
  close(): void;
}

export function openVisitKeeper(outside: Outside, { url, inboxKey, locale, zone }: VisitSettings): VisitKeeper {
  const { clock, store } = outside;
  const key = `beseda:${inboxKey}:visit`;
  const requestKey = `${key}-request`;
  /** Under way for all who asked meanwhile. */
  let renewal: Promise<Answer<string>> | null = null;
  let isClosed = false;

  const current = () => JSON.parse(store.read(key) ?? "null") as Kept | null;

  const keep = (id: string, visit: Visit) => {
    store.write(key, textOf({ ...visit, id, receivedAt: clock.now() }));
  };

  const usable = (stale: string | undefined): Answer<string> | null => {
    const kept = current();
    if (!kept || kept.accessToken === stale) return null;
    const now = clock.now();
    // A device whose clock runs ahead sees every token as expired: a token just received is believed anyway.
    const isFresh =
      Math.abs(now - kept.receivedAt) < TRUSTED_MS || Date.parse(kept.accessTokenExpiresAt) - now > EARLY_MS;
    return isFresh ? { is: "done", value: kept.accessToken } : null;
  };

  const change = async (name: "startVisit" | "refreshVisit", id: string, input: object): Promise<Answer<string>> => {
    const question = { query: operations[name], variables: { input } };
    const answer = await ask<Record<typeof name, { visit: Visit }>>(outside, url, question);
    if (answer.is !== "done") return answer;
    const { visit } = answer.value[name];
    keep(id, visit);
    return { is: "done", value: visit.accessToken };
  };

  const start = async (): Promise<Answer<string>> => {
    // Kept until answered: a start whose answer was lost is repeated as the same visit.
    const clientId = store.read(requestKey) ?? outside.newId();
    store.write(requestKey, clientId);
    const answer = await change("startVisit", clientId, { inboxKey, clientId, locale, zone });
    if (answer.is === "done") store.remove(requestKey);
    return answer;
  };

  const refresh = async ({ id, refreshToken }: Kept): Promise<Answer<string>> => {
    const answer = await change("refreshVisit", id, { refreshToken });
    if (answer.is === "done" || answer.is === "unreachable") return answer;
    store.remove(key);
    return { is: "refused", refusal: { code: "VisitEnded", says: "" } };
  };

  return {
    current,
    close() {
      isClosed = true;
    },
    replace(visit) {
      store.remove(requestKey);
      if (visit) keep(outside.newId(), visit);
      else store.remove(key);
    },
    async token(stale) {
      const token = usable(stale);
      if (token) return token;
      if (isClosed) return { is: "unreachable" };
      renewal ??= outside.exclusively(key, async () => {
        // Another tab may have done it while this one waited.
        const kept = current();
        return usable(stale) ?? (kept ? refresh(kept) : start());
      });
      try {
        return await renewal;
      } finally {
        renewal = null;
      }
    },
  };
}
