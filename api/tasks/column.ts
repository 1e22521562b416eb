import type { Transaction } from "../kernel/database.ts";
import { rankBetween } from "./rank.ts";

/** The column of a project's board that the tasks of a state stand in. */
export type Column = { workspaceId: string; projectId: string; stateId: string };

/** A rank after all that stands in a column. */
export async function rankAtEnd(tx: Transaction, { workspaceId, projectId, stateId }: Column): Promise<string> {
  const [last] = await tx.sql<{ rank: string }>`
    SELECT rank FROM task
    WHERE workspace_id = ${workspaceId} AND project_id = ${projectId} AND state_id = ${stateId}
    ORDER BY rank DESC, conversation_id DESC LIMIT 1`;
  // Nothing stands after the last one, so there is always a place.
  return rankBetween(last?.rank ?? null, null)!;
}
