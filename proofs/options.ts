import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import type { Tally } from "./tally.ts";

/** How much a proof does: all of it, what CI has time for, or what is enough to catch a broken build. */
export type Size = "full" | "ci" | "brief";

export type ProofOptions = { seed: number; size: Size };

/** Looks at its cases and tells the tally; throws only when it could not do its work. */
export type Proof = (tally: Tally, options: ProofOptions) => Promise<void>;

/** Reads `[NAME...] [--ci | --brief] [--seed N]`; without a name every proof is meant. */
export function readProofOptions(
  given: string[],
  known: string[],
): (ProofOptions & { names: string[] }) | { problem: string } {
  const usage = `npm run proof [-- NAME...] [--ci] [--seed N], where NAME is ${known.join(", ")}.`;
  try {
    const options = { ci: { type: "boolean" }, brief: { type: "boolean" }, seed: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args: given, options, allowPositionals: true });
    const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
    const unknown = positionals.find((name) => !known.includes(name));
    if (unknown || !Number.isSafeInteger(seed)) return { problem: usage };
    const size = values.brief ? "brief" : values.ci ? "ci" : "full";
    return { seed, size, names: positionals.length > 0 ? positionals : known };
  } catch {
    return { problem: usage };
  }
}
