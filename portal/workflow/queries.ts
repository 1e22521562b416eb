import { sql } from "../../api/kernel/database.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { nameIn } from "../../words/workflows.ts";
import type { OpenProject } from "../project/queries.ts";
import type { Reader } from "../reader.ts";
import type { Draft } from "./draft.ts";
import type { Leaving } from "./editor.ts";

/** Reads which version a project's workflow is. */
export async function readWorkflowVersion({ workspaceId }: AgentActor, { id }: OpenProject): Promise<number> {
  const [row] = await sql<{ version: number }>`
    SELECT workflow_version AS version FROM project WHERE workspace_id = ${workspaceId} AND id = ${id}`;
  return row!.version;
}

/** Reads which states go with a draft although tasks stand there. */
export async function readLeaving(
  { workspaceId }: AgentActor,
  { id, workflow }: OpenProject,
  { draft, reader }: { draft: Pick<Draft, "states">; reader: Reader },
): Promise<Leaving[]> {
  const gone = workflow.states.filter((state) => !draft.states.some((kept) => kept.id === state.id));
  if (gone.length === 0) return [];
  const rows = await sql<{ id: string; count: number }>`
    SELECT state_id AS id, count(*)::int AS count FROM task
    WHERE workspace_id = ${workspaceId} AND project_id = ${id} AND state_id = ANY(${gone.map((state) => state.id)}::text[])
    GROUP BY state_id`;
  const counts = new Map(rows.map((row) => [row.id, row.count]));
  return gone
    .filter((state) => counts.has(state.id))
    .map((state) => ({ id: state.id, name: nameIn(reader.locale, state.name), count: counts.get(state.id)! }));
}
