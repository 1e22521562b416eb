import type { Proof } from "../options.ts";
import { proveChecker } from "./checker.ts";
import { provePlay } from "./play.ts";
import { proveRules } from "./rules.ts";

/**
 * The checker finds what is wrong with a workflow, and nothing in what makes sense; and whoever moves tasks by whichever
 * workflow, each task stands in a state of the table, and nobody passes a permission.
 */
export const workflows: Proof = async (tally, options) => {
  proveChecker(tally, options);
  proveRules(tally, options);
  await provePlay(tally, options);
};
