import { documentIds } from "../document-ids.ts";
import type { Visit } from "../operations.ts";
import { type Answer, ask } from "./ask.ts";
import type { Outside } from "./outside.ts";
import { textOf } from "./text-of.ts";

export interface VisitSettings {
  readonly url: string;
  readonly inboxKey: string;
  readonly locale: string;
  readonly zone: string;
}

/** What was told in a visit: it goes with it. */
export interface Told {
  /** Whose token made the visit theirs. */
  readonly claim?: string;
  /** What the page said of them. */
  readonly profile?: string;
  /** Whether the customer has said who they are. */
  readonly isIntroduced?: boolean;
}

/** `id`: of the visit, on this device; it outlives its tokens. */
export type KeptVisit = Visit & Told & { readonly id: string; readonly receivedAt: number };

const EARLY_MS = 30_000;
const TRUSTED_MS = 60_000;

/** Keeps the visitor's tokens: starts the visit, renews the access token, one tab at a time, and shares both with the other tabs. */
export interface VisitKeeper {
  /** The visit kept on this device, or null when there is none yet. */
  current(): KeptVisit | null;
  /** A usable access token; starts the visit where there is none. `stale` is a token the API has just turned down. Refuses with what startVisit or refreshVisit refuse; an ended visit is forgotten. */
  token(stale?: string): Promise<Answer<string>>;
  /** Goes on with the visit under these tokens: it is that of whom the claim is of. */
  claim(visit: Visit, claim: string): void;
  /** The claim under which the site has named this device's customer, also when that visit has ended since. */
  named(): string | null;
  /** What was told in the visit of this id. */
  note(id: string, told: Told): void;
  /** Somebody is this device's customer from now on, whether or not they are in a visit yet. */
  settle(): void;
  /** Forgets the customer at once, for all tabs; answers the visit they were in. */
  forget(): KeptVisit | null;
  /** Whether texts of a customer who was forgotten may be on the shelf still: until `cleared`. */
  isToClear(): boolean;
  cleared(): void;
  /** Whether the customer of before has been forgotten, by whichever tab. */
  isOver(): boolean;
  /** Starts and renews nothing any more; a token that is good still is given. */
  close(): void;
}

export function openVisitKeeper(outside: Outside, { url, inboxKey, locale, zone }: VisitSettings): VisitKeeper {
  const { clock, store } = outside;
  const prefix = `beseda:${inboxKey}:`;
  const [key, requestKey, customerKey] = [`${prefix}visit`, `${prefix}visit-request`, `${prefix}customer`];
  const [leftKey, namedKey] = [`${prefix}left`, `${prefix}named`];
  /** Under way for all who asked meanwhile. */
  let renewal: Promise<Answer<string>> | null = null;
  let isClosed = false;
  /** Stands for the customer of this device, through all their visits; another one means that they have signed out. */
  let customer = store.read(customerKey);

  const wipe = () => {
    for (const one of [key, requestKey, namedKey, `${prefix}introduction`, customerKey]) store.remove(one);
  };
  const isToClear = () => store.read(leftKey) !== null;
  // The page may have been left in the midst of it.
  if (customer !== null && customer === store.read(leftKey)) wipe();

  const current = () => JSON.parse(store.read(key) ?? "null") as KeptVisit | null;
  const isOver = () => {
    const now = store.read(customerKey);
    customer ??= now;
    // A page that died while it forgot them left the mark alone.
    return customer !== now || (now !== null && now === store.read(leftKey));
  };
  const settle = () => {
    if (isOver() || customer) return;
    customer = outside.newId();
    store.write(customerKey, customer);
  };
  const keep = (id: string, visit: Visit & Told) => {
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

  const change = async (name: "startVisit" | "refreshVisit", input: object): Promise<Answer<Visit>> => {
    const question = { documentId: documentIds[name], variables: { input } };
    const answer = await ask<Record<typeof name, { visit: Visit }>>(outside, url, question);
    return answer.is === "done" ? { is: "done", value: answer.value[name].visit } : answer;
  };

  const start = async (): Promise<Answer<unknown>> => {
    // Kept until answered: a start whose answer was lost is repeated as the same visit.
    const clientId = store.read(requestKey) ?? outside.newId();
    store.write(requestKey, clientId);
    settle();
    const answer = await change("startVisit", { inboxKey, clientId, locale, zone });
    if (answer.is !== "done" || store.read(requestKey) !== clientId) return answer;
    keep(clientId, answer.value);
    store.remove(requestKey);
    return answer;
  };

  const refresh = async ({ refreshToken }: KeptVisit): Promise<Answer<unknown>> => {
    const answer = await change("refreshVisit", { refreshToken });
    const kept = current();
    // Meanwhile another tab may have put another visit there, or none.
    if (answer.is === "unreachable" || kept?.refreshToken !== refreshToken) return { is: "unreachable" };
    if (answer.is === "done") keep(kept.id, { ...kept, ...answer.value });
    else store.remove(key);
    return answer.is === "done" ? answer : { is: "refused", refusal: { code: "VisitEnded", says: "" } };
  };

  const renew = async (stale: string | undefined): Promise<Answer<string>> => {
    // Another tab may have done it while this one waited.
    const token = usable(stale);
    if (token || isOver()) return token ?? { is: "unreachable" };
    const kept = current();
    const answer = await (kept ? refresh(kept) : start());
    return answer.is === "refused" ? answer : (usable(stale) ?? { is: "unreachable" });
  };

  return {
    ...{ current, isOver, settle, isToClear },
    cleared: () => store.remove(leftKey),
    close() {
      isClosed = true;
    },
    claim(visit, claim) {
      if (isOver()) return;
      // First of all: the page may be left in the midst of it.
      store.write(namedKey, claim);
      store.remove(requestKey);
      const { id = outside.newId(), isIntroduced } = current() ?? {};
      keep(id, { ...visit, claim, ...(isIntroduced && { isIntroduced }) });
    },
    named: () => store.read(namedKey),
    note(id, told) {
      const kept = current();
      if (kept?.id === id) store.write(key, textOf({ ...kept, ...told }));
    },
    forget() {
      const left = current();
      const somebody = store.read(customerKey);
      if (somebody !== null) store.write(leftKey, somebody);
      customer = "";
      wipe();
      return left;
    },
    async token(stale) {
      if (isOver()) return { is: "unreachable" };
      const token = usable(stale);
      if (token) return token;
      if (isClosed) return { is: "unreachable" };
      renewal ??= outside.exclusively(key, () => renew(stale));
      try {
        const answer = await renewal;
        // Another customer's token is not for who has signed out meanwhile.
        return isOver() ? { is: "unreachable" } : answer;
      } finally {
        renewal = null;
      }
    },
  };
}
