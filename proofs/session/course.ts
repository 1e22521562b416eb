import { diceFor } from "../dice.ts";
import type { Choice } from "./choices.ts";
import { judgeEnd, judgeNow } from "./judge.ts";
import { deeds } from "./deeds.ts";
import { flow } from "./moves.ts";
import { judgeCustomers, judgeLeft, writtenNow } from "./judge-customers.ts";
import type { Scene } from "./scene.ts";
import { World } from "./world.ts";

/** What came of a course: what was wrong, if anything, and what happened in it. */
export type Course = { readonly problem: string | null; readonly told: readonly string[] };

const HEALING_MS = 300_000;
const RESTING_MS = 300_000;
/** One page in so many is on plain http, where there are no locks. */
const PLAIN_HTTP = 8;

/** Plays the choices, then lets the network heal, and judges at each step and at the end. The same seed and choices give the same course. */
export async function play(seed: number, choices: readonly Choice[]): Promise<Course> {
  const told: string[] = [];
  const world = new World(diceFor(seed, "world"), seed % PLAIN_HTTP !== 0);
  const begunAt = world.now;
  const tell: Scene["tell"] = (what) => {
    if (what) told.push(`${String(world.now - begunAt).padStart(7)} ms  ${what}`);
  };
  const scene: Scene = { world, written: [], drafts: new Map(), owners: new Map(), meant: new Set(), tell };
  try {
    return { problem: await playIn(scene, choices), told };
  } catch (fault) {
    return { problem: `it broke: ${(fault as Error).stack}`, told };
  }
}

async function playIn(scene: Scene, choices: readonly Choice[]): Promise<string | null> {
  const { world } = scene;
  world.newTab();
  await world.settle();
  for (const { kind, a, b } of choices) {
    await deeds[kind](scene, a, b);
    await world.settle();
    const problem = world.network.problems[0] ?? judgeNow(world, writtenNow(scene)) ?? judgeCustomers(scene);
    if (problem) return problem;
  }
  await heal(scene);
  return world.network.problems[0] ?? judgeEnd(world, writtenNow(scene)) ?? judgeLeft(scene);
}

async function heal({ world, tell }: Scene): Promise<void> {
  tell("the network heals");
  world.network.nextEvent = "once";
  world.network.isAway = false;
  world.device.isFull = false;
  world.device.isUnreadable = false;
  world.server.refusesNext = false;
  world.server.visits.prolong(world.now);
  for (const tab of world.open()) tab.effectsLeft = Number.POSITIVE_INFINITY;
  // What a page that died had yet to clear away, the next to come clears.
  if (world.open().length === 0 || world.device.isToClear()) world.newTab();
  // Nothing but the next event of its conversation tells of one that was left out.
  for (const talk of world.network.skipped) world.server.annWrites(talk, "the next event", world.now);
  await flow(world, HEALING_MS);
  const asked = world.network.asked;
  await flow(world, RESTING_MS);
  if (world.network.asked !== asked)
    world.network.problems.push(`${world.network.asked - asked} questions are asked where all should rest`);
}
