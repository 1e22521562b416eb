import type { Sql, Transaction } from "../kernel/database.ts";
import type { Told } from "./told.ts";

/** Which command it is: the message that it stands in, or the id of what was run without one, and its place there. */
export type RunKey = { workspaceId: string; sourceId: string; place: number };

/** Takes a command for this transaction, if it has not been carried out; who takes it meanwhile is waited for. */
export async function claimRun(tx: Transaction, key: RunKey, by: { agentId: string; at: Date }): Promise<boolean> {
  const claimed = await tx.sql`
    INSERT INTO command_run (workspace_id, source_id, place, agent_id, name, ran_at)
    VALUES (${key.workspaceId}, ${key.sourceId}, ${key.place}, ${by.agentId}, '', ${by.at})
    ON CONFLICT DO NOTHING RETURNING place`;
  return claimed.length > 0;
}

/** Keeps what came of a command that this transaction has taken. */
export async function keepRun(tx: Transaction, key: RunKey, { name, refusal, said }: Told): Promise<void> {
  await tx.sql`
    UPDATE command_run SET name = ${name}, refusal = ${refusal}, said = ${said}
    WHERE workspace_id = ${key.workspaceId} AND source_id = ${key.sourceId} AND place = ${key.place}`;
}

/** What came of a message's commands and has not been told, in their order; from then on it has been. */
export async function tellRuns(tx: Transaction, { workspaceId, sourceId }: Omit<RunKey, "place">): Promise<string[]> {
  const rows = await tx.sql<{ said: string }>`
    WITH untold AS MATERIALIZED (
      SELECT place, said FROM command_run
      WHERE workspace_id = ${workspaceId} AND source_id = ${sourceId} AND said IS NOT NULL FOR UPDATE
    ), told AS (
      UPDATE command_run SET said = NULL FROM untold
      WHERE workspace_id = ${workspaceId} AND source_id = ${sourceId} AND command_run.place = untold.place
    )
    SELECT said FROM untold ORDER BY place`;
  return rows.map(({ said }) => said);
}

/** What came of the commands that were run without a message, in their order. */
export async function readRuns(
  run: Sql,
  { workspaceId, sourceId }: Omit<RunKey, "place">,
): Promise<(Told & { place: number })[]> {
  return run<Told & { place: number }>`
    SELECT place, name, refusal, said FROM command_run
    WHERE workspace_id = ${workspaceId} AND source_id = ${sourceId} ORDER BY place`;
}
