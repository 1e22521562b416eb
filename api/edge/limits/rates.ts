import { LRUCache } from "lru-cache";
import { type Actor, personId } from "../../kernel/actor.ts";
import { busState, publish, subscribe } from "../../kernel/bus.ts";
import { now } from "../../kernel/clock.ts";
import { newId } from "../../kernel/id.ts";
import { rateLimited } from "../../kernel/metrics.ts";
import { type Bucket, fullBucket, left, type Rate, refill, secondsUntil } from "./bucket.ts";
import { limits } from "./settings.ts";

/** Who pays: the address always, the actor where one is known. */
export type Payer = { address: string; actor: Actor | null };

/** What is to be paid: points of cost, and how often each field of the root is called. */
export type Bill = { cost: number; calls: ReadonlyMap<string, number> };

/** Which rate is used up, and when it is worth another try. */
export type Exhausted = { limit: string; retryAfterSeconds: number };

// biome-ignore format: a table, aligned
/** In points of cost. */
const RATES = {
  address: { burst: 1_000_000, perSecond: 20_000 },
  actor:   { burst:   200_000, perSecond:  5_000 },
};

// biome-ignore format: a table, aligned
/** In calls. Generous: behind one address stands an office, or a whole provider's customers. */
export const FIELD_RATES: Record<string, Rate & { per: "address" | "actor" }> = {
  startVisit:         { per: "address", burst: 300, perSecond: 5 },
  refreshVisit:       { per: "address", burst: 600, perSecond: 20 },
  startConversation:  { per: "actor",   burst:  30, perSecond: 0.1 },
  updateContact:      { per: "actor",   burst:  30, perSecond: 1 },
  identifyVisitor:    { per: "address", burst: 300, perSecond: 5 },
  sendMessage:        { per: "actor",   burst: 200, perSecond: 20 },
  editMessage:        { per: "actor",   burst: 100, perSecond: 2 },
  deleteMessage:      { per: "actor",   burst: 100, perSecond: 2 },
  addReaction:        { per: "actor",   burst: 200, perSecond: 5 },
  removeReaction:     { per: "actor",   burst: 200, perSecond: 5 },
  pinMessage:         { per: "actor",   burst: 100, perSecond: 2 },
  unpinMessage:       { per: "actor",   burst: 100, perSecond: 2 },
  createChannel:      { per: "actor",   burst:  30, perSecond: 0.1 },
  createGroup:        { per: "actor",   burst:  30, perSecond: 0.1 },
  openDirectMessages: { per: "actor",   burst: 200, perSecond: 1 },
};

/** Buckets kept; of more, those not used for longest are forgotten, which is to say full. */
const MOST_BUCKETS = 50_000;
/** How often processes tell each other what was taken, in ms; how many buckets at once; and from which share of a burst on. */
const TELL_MS = 100;
const MOST_TOLD = 1_000;
const SHARE_TOLD = 0.01;

type Held = Bucket & { rate: Rate; untold: number };
type Due = { name: string; held: Held; key: string; amount: number };

const buckets = new LRUCache<string, Held>({ max: MOST_BUCKETS });
const toTell = new Map<string, Held>();
const self = newId();

/**
 * Takes a bill from every bucket that it counts against, or nothing when one of them does not hold enough. Decided in this
 * process alone and at once: no request waits for Redis.
 */
export function spend(payer: Payer, bill: Bill): Exhausted | undefined {
  if (limits.RATE_LIMITS === "off") return undefined;
  const dues = duesOf(payer, bill);
  const waits = dues.map(({ name, held, amount }) => ({ name, seconds: secondsUntil(amount, held, held.rate) }));
  const longest = waits.reduce((most, wait) => (wait.seconds > most.seconds ? wait : most));
  if (longest.seconds > 0) {
    rateLimited.inc({ limit: longest.name });
    return { limit: longest.name, retryAfterSeconds: Math.ceil(longest.seconds) };
  }
  for (const { held, key, amount } of dues) {
    held.lacks += amount;
    held.untold += amount;
    if (held.untold >= held.rate.burst * SHARE_TOLD) toTell.set(key, held);
  }
  return undefined;
}

function duesOf(payer: Payer, { cost, calls }: Bill): Due[] {
  const dues = [due("address", RATES.address, { payer, per: "address", amount: cost })];
  if (payer.actor) dues.push(due("actor", RATES.actor, { payer, per: "actor", amount: cost }));
  for (const [field, amount] of calls) {
    const rate = FIELD_RATES[field];
    if (rate && (rate.per === "address" || payer.actor)) dues.push(due(field, rate, { payer, per: rate.per, amount }));
  }
  return dues;
}

type Counted = { payer: Payer; per: "address" | "actor"; amount: number };

function due(name: string, rate: Rate, { payer, per, amount }: Counted): Due {
  const { address, actor } = payer;
  const who = per === "address" ? address : `${actor!.workspaceId}/${personId(actor!)}`;
  const key = `${name} ${who}`;
  return { name, key, held: bucketAt(key, rate), amount };
}

function bucketAt(key: string, rate: Rate): Held {
  const at = now().getTime();
  const known = buckets.get(key);
  if (known) {
    refill(known, rate, at);
    if (known.lacks === 0) known.untold = 0;
    return known;
  }
  const held = { ...fullBucket(at), rate, untold: 0 };
  buckets.set(key, held);
  return held;
}

/** How many points the payer has left; undefined where nothing is limited. */
export function remaining(payer: Payer): number | undefined {
  if (limits.RATE_LIMITS === "off") return undefined;
  return Math.min(...duesOf(payer, NOTHING).map(({ held }) => Math.floor(left(held, held.rate))));
}

const NOTHING: Bill = { cost: 0, calls: new Map() };

/** The headers RateLimit and RateLimit-Policy, as draft-ietf-httpapi-ratelimit-headers-10 has them. */
export function rateHeaders(payer: Payer): Record<string, string> {
  if (limits.RATE_LIMITS === "off") return {};
  const dues = duesOf(payer, NOTHING);
  const policy = dues.map(({ name, held: { rate } }) => {
    return `"${name}";q=${rate.burst};qu="points";w=${rate.burst / rate.perSecond}`;
  });
  const state = dues.map(({ name, held }) => {
    return `"${name}";r=${Math.floor(left(held, held.rate))};t=${Math.ceil(held.lacks / held.rate.perSecond)}`;
  });
  return { "ratelimit-policy": policy.join(", "), ratelimit: state.join(", ") };
}

/**
 * Shares the rates with the other processes on this Redis: each tells ten times a second what was taken from its buckets, and
 * takes the same out of its own. What two of them let pass meanwhile is owed, so that over time the rate holds. A hint that is
 * lost, or a Redis that is away, leaves each process with its own count.
 */
export function shareRates(): () => void {
  const unsubscribe = subscribe("spent", hear);
  const timer = setInterval(tell, TELL_MS).unref();
  return () => {
    clearInterval(timer);
    unsubscribe();
    buckets.clear();
    toTell.clear();
  };
}

type Spent = { by: string; amounts: [key: string, amount: number][] };

function tell(): void {
  const told = [...toTell].slice(0, MOST_TOLD);
  if (told.length === 0) return;
  const amounts: Spent["amounts"] = [];
  for (const [key, held] of told) {
    amounts.push([key, held.untold]);
    held.untold = 0;
    toTell.delete(key);
  }
  if (busState() === "up") publish("spent", JSON.stringify({ by: self, amounts } satisfies Spent));
}

function hear(hint: string): void {
  const { by, amounts } = JSON.parse(hint) as Spent;
  if (by === self) return;
  for (const [key, amount] of amounts) {
    const rate = rateNamed(key.slice(0, key.indexOf(" ")));
    if (!rate) continue;
    const held = bucketAt(key, rate);
    held.lacks = Math.min(held.lacks + amount, 2 * rate.burst);
  }
}

function rateNamed(name: string): Rate | undefined {
  return name === "address" || name === "actor" ? RATES[name] : FIELD_RATES[name];
}
