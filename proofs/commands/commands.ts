import type { Proof } from "../options.ts";
import { proveCode } from "./code.ts";
import { proveLinear } from "./linear.ts";
import { proveReading } from "./reading.ts";
import { proveRounds } from "./rounds.ts";
import { proveSentences } from "./sentences.ts";

const LINES = { full: 1_000_000, ci: 50_000, brief: 5_000 };
const ROUNDS = { full: 200_000, ci: 20_000, brief: 2_000 };
const TEXTS = { full: 50_000, ci: 5_000, brief: 500 };

/**
 * The grammar of commands holds against whatever is written: no line throws, each place is where its words stand, what is read can
 * be written and read again, what the documented grammar allows is read as it says, what is shown as code is left alone, and the
 * cost grows with the length alone.
 */
export const commands: Proof = async (tally, { seed, size }) => {
  // First: beside all that the others leave in memory, what is kept of a long text costs more than what is kept of a short one.
  const judgeLinear = proveLinear(tally);
  proveReading(tally, seed, LINES[size]);
  proveRounds(tally, seed, ROUNDS[size]);
  proveSentences(tally, seed, TEXTS[size]);
  proveCode(tally, seed, TEXTS[size]);
  judgeLinear();
};
