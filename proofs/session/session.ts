import { diceFor } from "../dice.ts";
import type { Proof, Size } from "../options.ts";
import { type Tally, tell } from "../tally.ts";
import { everything, shared, throwChoices } from "./choices.ts";
import { play } from "./course.ts";
import { shrink } from "./shrink.ts";

/** Courses, each with a seed of its own: that of the run, and those after it. */
const courses: Record<Size, number> = { full: 12_000, ci: 500, brief: 150 };

/**
 * The customer's session, as the widget runs it, against a model of the API: a seeded scheduler delays, loses, doubles and
 * reorders what a network can, cuts lines at any byte, restarts the server, ends tokens and crashes tabs. Whatever comes,
 * each text is in the conversation once or shown as not sent, in its tab's order; no event is skipped or taken twice;
 * nothing is repeated without a pause; and once the network has healed, the screen is what a fresh query shows, at rest.
 * In every other course the device has several customers: whom a page names has their visit, and of whoever has signed out,
 * in whichever tab, the next finds nothing.
 */
export const session: Proof = async (tally, { seed, size }) => {
  let choices = 0;
  for (let index = 0; index < courses[size]; index++) {
    const odds = index % 2 ? shared : everything;
    const thrown = throwChoices(diceFor(seed + index, "choices"), odds);
    const { problem } = await play(seed + index, thrown);
    choices += thrown.length;
    if (problem) return explain(tally, seed + index, odds);
    tally.hold(1);
  }
  tell(`  ${courses[size]} courses of ${choices} choices`);
};

/** One failing course is enough: the shortest that fails is told. */
export async function explain(tally: Tally, seed: number, odds = everything): Promise<void> {
  const fails = async (some: Parameters<typeof play>[1]) => (await play(seed, some)).problem !== null;
  const shortest = await shrink(throwChoices(diceFor(seed, "choices"), odds), fails);
  const { problem, told } = await play(seed, shortest);
  tally.judge(
    `seed ${seed}: ${problem}, in the shortest course of ${shortest.length} choices:\n    ${told.join("\n    ")}`,
  );
}
