import { isDeepStrictEqual } from "node:util";
import { migrate } from "../../api/migrate.ts";
import { closeDatabase, openDatabase } from "../../api/kernel/database.ts";
import { useProjections } from "../../api/kernel/log/record.ts";
import { roster } from "../../api/roster.ts";
import { startThrowaway } from "../../launch/throwaway.ts";
import { diceFor } from "../dice.ts";
import type { Proof, Size } from "../options.ts";
import { shorten } from "../shrink.ts";
import { tell } from "../tally.ts";
import { deeds } from "./deeds.ts";
import { look } from "./look.ts";
import { openWalk } from "./scene.ts";
import { type Step, throwSteps } from "./steps.ts";
import { Mismatch, placeOf, type Walk } from "./walk.ts";

/** Walks, each with a seed of its own: that of the run, and those after it. */
const walks: Record<Size, number> = { full: 500, ci: 10, brief: 4 };
const STEPS = 200;
/** After so many steps everyone is asked; after each the one who took it and somebody else. */
const ALL_AFTER = 25;

/**
 * Twenty people in a channel, a group and direct messages: they write, mention, reply in threads, edit, delete, react, read,
 * mark unread, come, go, let in and take out, also many at once. After each step what they see of it, unread, mentions,
 * threads, order, which rooms at all, is what a model says that goes through everything that was ever said. A walk that fails is told as its shortest part that does.
 */
export const chatWalk: Proof = async (tally, { seed, size }) => {
  const { postgres, stop } = await startThrowaway();
  try {
    await migrate(postgres.url);
    openDatabase({ url: postgres.url, connections: 10 });
    useProjections(roster.projections);
    for (let index = 0; index < walks[size] && tally.failed() === 0; index++) {
      const steps = throwSteps(diceFor(seed + index, "chat-walk"), STEPS);
      const problem = await problemOf(steps);
      tally.judge(problem !== null && `seed ${seed + index}: ${await explain(steps)}`);
    }
    tell(`  ${walks[size]} walks of ${STEPS} steps by twenty people`);
  } finally {
    await closeDatabase();
    await stop();
  }
};

async function explain(steps: readonly Step[]): Promise<string> {
  const shortest = await shorten(steps, async (some) => (await problemOf(some)) !== null);
  const told = shortest.map((step) => JSON.stringify(step)).join("\n    ");
  return `${await problemOf(shortest)}, in the shortest walk of ${shortest.length} steps:\n    ${told}`;
}

async function problemOf(steps: readonly Step[]): Promise<string | null> {
  const walk = await openWalk();
  try {
    for (const [index, step] of steps.entries()) {
      const place = placeOf(walk, step);
      await deeds[step.deed](walk, place);
      const isAll = index % ALL_AFTER === ALL_AFTER - 1 || index === steps.length - 1;
      const asked = isAll ? walk.people.keys() : [place.who, step.m % walk.people.length];
      for (const who of asked) await judge(walk, who);
    }
    return null;
  } catch (fault) {
    if (fault instanceof Mismatch) return fault.message;
    throw fault;
  }
}

async function judge({ people, model }: Walk, who: number): Promise<void> {
  const [seen, known] = [await look(people[who]!), model.viewOf(who)];
  if (isDeepStrictEqual(seen, known)) return;
  throw new Mismatch(`${who} sees ${JSON.stringify(seen)} and not ${JSON.stringify(known)}`);
}
