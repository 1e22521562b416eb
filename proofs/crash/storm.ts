import { setTimeout as pause } from "node:timers/promises";
import type { Dice } from "../dice.ts";
import { until } from "../poll.ts";
import type { ApiProcess } from "../ground/api-process.ts";
import type { BringBack, Ground } from "../ground/ground.ts";
import type { Subscriber } from "./subscriber.ts";

/** What a storm did, by kind. */
export type Damage = Record<Blow, number>;

const blows = ["api", "postgres", "session", "redis", "redisFrozen", "redisFlushed", "sockets"] as const;

export type Blow = (typeof blows)[number];

/** How often each kind strikes, in parts. */
const weights: Record<Blow, number> = {
  api: 4,
  postgres: 2,
  session: 2,
  redis: 2,
  redisFrozen: 1,
  redisFlushed: 1,
  sockets: 2,
};
const drawn = blows.flatMap((blow) => Array<Blow>(weights[blow]).fill(blow));

export type StormOptions = {
  ground: Ground;
  apis: ApiProcess[];
  subscribers: Subscriber[];
  dice: Dice;
  isOver: () => boolean;
  /** Whether so much has been written since the last blow that the next one may come. */
  isDue: () => boolean;
  onBlow: () => void;
};

const CALM_MS = 10_000;

/**
 * Strikes at random until it is over, then waits until every server is back. Answers what it did. Mostly it lets some
 * messages through between two blows; now and then the second falls on what the first left.
 */
export async function storm({ ground, apis, subscribers, dice, isOver, isDue, onBlow }: StormOptions): Promise<Damage> {
  const damage = Object.fromEntries(blows.map((blow) => [blow, 0])) as Damage;
  // What strikes: the first blows are one of each kind, so that even a short storm knows them all.
  const due: Blow[] = [...blows];
  const strikes: Record<Blow, () => Promise<void>> = {
    api: async () => {
      const all = dice.happens(0.2);
      const struck = all ? apis : [dice.pick(apis)];
      await Promise.all(struck.map((api) => api.kill(dice.between(0, 300))));
    },
    postgres: () => ground.killPostgres(),
    session: () => ground.killSession().catch(() => {}),
    redis: () => forAWhile(ground.killRedis, dice.between(100, 1_500)),
    redisFrozen: () => forAWhile(ground.freezeRedis, dice.between(500, 1_500)),
    redisFlushed: () => ground.flushRedis(),
    sockets: async () => {
      for (const subscriber of subscribers) subscriber.drop();
    },
  };
  while (!isOver()) {
    const blow = due.shift() ?? dice.pick(drawn);
    await strikes[blow]();
    damage[blow]++;
    onBlow();
    await pause(dice.between(100, 1_000));
    if (dice.happens(0.8)) await until("", () => isDue() || isOver(), CALM_MS).catch(() => {});
  }
  await Promise.all(apis.map((api) => api.ready()));
  return damage;
}

async function forAWhile(takeAway: () => Promise<BringBack>, ms: number): Promise<void> {
  const bringBack = await takeAway();
  await pause(ms);
  await bringBack();
}
