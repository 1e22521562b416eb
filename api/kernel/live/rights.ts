import { Gauge } from "prom-client";
import { publish, subscribe } from "../bus.ts";
import { countOf, type Few, including, membersOf, without } from "../few.ts";
import { gather } from "../gather.ts";
import { log } from "../logging.ts";
import { registry } from "../metrics.ts";
import { sleeper } from "../sleeper.ts";

/**
 * A right hangs on keys: a session, a token, a membership. They are opaque here; the room whose rows they name makes them
 * and answers which of them are lost. Who was let in by a key holds it, and is ended the moment it is lost. So a delivery
 * asks nothing: a reader without the right is not there any more.
 *
 * A key is lost by the hint of whoever took it away: at once in this process, through Redis in the others. A hint may be
 * lost, so the database is asked too: for all keys of this process in one statement every 2 s, and for a new one within
 * 250 ms, since it may have been taken away between the look that let its holder in and the hold.
 */
type Standing = { key: string; holders: Few<Holder>; isChecked: boolean; askedAt: number };

/** Who was let in by keys. Told once one of them is lost, and which; must not throw. An object, since thousands hold keys and wait. */
export type Holder = { loseRight: (key: string) => void };

/** What a holder holds. */
export type Held = Few<Standing>;

/** Answers which of these keys no longer hold. */
export type FindLostKeys = (keys: string[]) => Promise<string[]>;

const TICK_MS = 250;
const TICKS_PER_SWEEP = 8;
/** How long a key that is only asked for, and not held, is watched after it was last asked for, in ms. */
const UNUSED_MS = 60_000;
const NEVER = -UNUSED_MS - 1;

new Gauge({
  name: "beseda_rights_held",
  help: "How often keys of rights are held in this process, by its sockets and live readers.",
  registers: [registry],
  collect() {
    let held = 0;
    for (const { holders } of standings.values()) held += countOf(holders);
    this.set(held);
  },
});

const standings = new Map<string, Standing>();
let fresh = new Set<string>();
let findLostKeys: FindLostKeys;

/** Watches the keys that are held in this process until stopped. */
export function watchRights(find: FindLostKeys): { stop: () => Promise<void> } {
  findLostKeys = find;
  let stopped = false;
  const idle = sleeper();
  const unsubscribe = subscribe("rights", lose);

  async function pass(): Promise<void> {
    for (let tick = 1; !stopped; tick++) {
      await idle.sleep(TICK_MS);
      const isSweep = tick % TICKS_PER_SWEEP === 0;
      if (isSweep) forgetUnused();
      const asked = isSweep ? [...standings.keys()] : [...fresh];
      fresh = new Set();
      if (asked.length > 0) await sweep(asked);
    }
  }

  const ended = pass();
  return {
    stop: async () => {
      stopped = true;
      unsubscribe();
      idle.wake();
      await ended;
    },
  };
}

/** While the database is away nothing can be asked, and nothing new be read or written either. */
async function sweep(asked: string[]): Promise<void> {
  try {
    for (const key of await findLostKeys(asked)) lose(key);
  } catch (fault) {
    log().warn({ err: fault }, "It could not be asked which rights still hold.");
  }
}

/**
 * Tells the holder once one of the keys is lost, within 250 ms also if it was before, until it lets go. Keys that are among
 * the `given`, held by whoever ends this holder with itself, it need not hold again.
 */
export function hold(keys: readonly string[], holder: Holder, given?: Held): Held {
  const known = new Set(membersOf(given));
  let held: Held;
  for (const standing of keys.map(standingOf)) {
    if (known.has(standing)) continue;
    standing.holders = including(standing.holders, holder);
    held = including(held, standing);
  }
  return held;
}

/** The end of a hold. */
export function letGo(held: Held, holder: Holder): void {
  for (const standing of membersOf(held)) {
    standing.holders = without(standing.holders, holder);
    if (!isUsed(standing)) forget(standing);
  }
}

/**
 * Whether all of the keys hold, for callers who come and go: the first one asks the database, those after it, as long as
 * they come within a minute of each other, cost nothing.
 */
export async function allStand(keys: readonly string[]): Promise<boolean> {
  const asked = keys.map(standingOf);
  for (const standing of asked) standing.askedAt = instant();
  const unsure = asked.filter(({ isChecked }) => !isChecked);
  if (unsure.length > 0) {
    for (const key of await findLostOf(unsure.map(({ key }) => key))) lose(key);
    for (const standing of unsure) standing.isChecked = true;
  }
  return asked.every((standing) => standings.get(standing.key) === standing);
}

/** Those who all come back after an outage ask in few statements. */
const findLostOf = gather(async (asked: string[][]): Promise<string[][]> => {
  const lost = new Set(await findLostKeys([...new Set(asked.flat())]));
  return asked.map((keys) => keys.filter((key) => lost.has(key)));
});

/** Ends whoever holds the key, in every process. For the action that took it away, once that is committed. */
export function takeAway(key: string): void {
  publish("rights", key);
}

function standingOf(key: string): Standing {
  let standing = standings.get(key);
  if (!standing) {
    standing = { key, holders: undefined, isChecked: false, askedAt: NEVER };
    standings.set(key, standing);
    fresh.add(key);
  }
  return standing;
}

/** A hint too many, for a key that was given back since, costs its holders a resume. */
function lose(key: string): void {
  const standing = standings.get(key);
  if (!standing) return;
  standings.delete(key);
  for (const holder of membersOf(standing.holders)) holder.loseRight(key);
}

function forgetUnused(): void {
  for (const standing of standings.values()) if (!isUsed(standing)) forget(standing);
}

function isUsed({ holders, askedAt }: Standing): boolean {
  return holders !== undefined || instant() - askedAt <= UNUSED_MS;
}

/** In whole ms, which V8 keeps in place; a fraction it would keep beside. */
function instant(): number {
  return Math.floor(performance.now());
}

function forget(standing: Standing): void {
  if (standings.get(standing.key) === standing) standings.delete(standing.key);
}
