/** The least, the middle and the most of a figure's rounds. */
export type Spread = { min: number; median: number; max: number };

/** One measured figure beside another's, from rounds that took turns. */
export type Row = {
  name: string;
  unit: string;
  ours: Spread;
  /** What was measured next to ours in the same rounds; absent for a figure that stands alone. */
  beside?: Spread;
  /** Whose figure `beside` is. */
  whose?: string;
  /** Ours over beside, round by round. */
  ratio?: Spread;
  rounds: number;
};

/** What one bench found, and what its reader has to know to judge it. */
export type Measured = { rows: Row[]; notes: string[] };

/** The row of two figures, each with one value a round, in the order of the rounds. */
export function rowOf(name: string, unit: string, ours: number[], beside: number[], whose: string): Row {
  const ratios = ours.map((value, round) => value / beside[round]!);
  return { ...aloneRow(name, unit, ours), beside: spreadOf(beside), whose, ratio: spreadOf(ratios) };
}

/** The row of a figure that nothing stands beside. */
export function aloneRow(name: string, unit: string, ours: number[]): Row {
  return { name, unit, ours: spreadOf(ours), rounds: ours.length };
}

function spreadOf(values: number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
  return { min: sorted[0]!, median, max: sorted.at(-1)! };
}
