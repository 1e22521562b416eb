/** What a proof looked at and what it found wrong. */
export type Tally = {
  /** Counts a case; a text says what is wrong with it. */
  judge: (problem: string | undefined | false) => void;
  /** Counts cases that were looked at together and hold. */
  hold: (cases: number) => void;
  /** Counts one case under a name: it holds when `holds`, else the details say what was found instead. */
  expect: (name: string, holds: boolean, found?: unknown) => void;
  cases: () => number;
  failed: () => number;
};

/** Failures printed in full; the rest are only counted. */
const MOST_SHOWN = 20;

/** Opens a proof's tally; failures are printed as they are found. */
export function openTally(): Tally {
  let cases = 0;
  let failed = 0;
  const judge = (problem: string | undefined | false) => {
    cases++;
    if (!problem) return;
    failed++;
    if (failed <= MOST_SHOWN) tell(`  FAILED ${problem}`);
  };
  return {
    judge,
    hold: (count) => {
      cases += count;
    },
    expect: (name, holds, found) =>
      judge(!holds && `${name}${found === undefined ? "" : `: ${JSON.stringify(found)}`}`),
    cases: () => cases,
    failed: () => failed,
  };
}

/** Prints one line. */
export function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
