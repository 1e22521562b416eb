import { diceFor } from "../dice.ts";
import type { Proof, Size } from "../options.ts";
import { away, throwChoices } from "../session/choices.ts";
import { play } from "../session/course.ts";
import { explain } from "../session/session.ts";
import { tell } from "../tally.ts";
import { playInBrowser } from "./browser-course.ts";

/** Courses in the model world, each with a seed of its own, and courses in a real browser against a real Beseda. */
const courses: Record<Size, { model: number; browser: number }> = {
  full: { model: 3_000, browser: 12 },
  ci: { model: 150, browser: 1 },
  brief: { model: 60, browser: 0 },
};

/**
 * What a customer is told of their messages, whatever befalls the network, the server, the tabs, the clock and what the
 * device can keep: each text of which it is said that it is sent is in the conversation, once and in its tab's order; each
 * that is not says so; and what is said to be kept outlives the tab.
 */
export const offline: Proof = async (tally, { seed, size }) => {
  const { model, browser } = courses[size];
  for (let index = 0; index < model; index++) {
    const thrown = throwChoices(diceFor(seed + index, "choices"), away);
    const { problem } = await play(seed + index, thrown);
    if (problem) return explain(tally, seed + index, away);
    tally.hold(1);
  }
  tell(`  ${model} courses in the model world`);
  if (browser > 0) await playInBrowser(tally, { seed, courses: browser });
};
