/** What `EXPLAIN (ANALYZE, FORMAT JSON)` answers. */
export type Explained = readonly { "QUERY PLAN": readonly { Plan: Plan }[] }[];

type Plan = { "Node Type": string; "Index Name"?: string; "Actual Rows": number; Plans?: Plan[] } & Record<
  string,
  unknown
>;

/** What a plan takes from its tables: through which index, and how many rows, with those that it throws away. */
export function looked(explained: Explained): { by: string | undefined; rows: number }[] {
  return explained.flatMap((row) => row["QUERY PLAN"]).flatMap(({ Plan }) => lookedBy(Plan));
}

function lookedBy({ Plans = [], ...plan }: Plan): { by: string | undefined; rows: number }[] {
  const below = Plans.flatMap(lookedBy);
  if (!plan["Node Type"].includes("Scan")) return below;
  const thrown = Number(plan["Rows Removed by Filter"] ?? 0);
  return [{ by: plan["Index Name"], rows: plan["Actual Rows"] + thrown }, ...below];
}
