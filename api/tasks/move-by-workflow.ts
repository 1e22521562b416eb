import type { AgentActor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import { record } from "../kernel/log/record.ts";
import { rowsOf } from "../kernel/statement.ts";
import "./events.ts";
import { keepNotices } from "./keep-notices.ts";
import type { OwnProject } from "./lock-project.ts";
import { groupOf, isEnd, type Workflow, workflowOf } from "./workflow.ts";

/** A project that is locked alone, who changes its workflow, and when. */
type Change = { tx: Transaction; agent: AgentActor; project: OwnProject; at: Date };
type MovedTask = { conversationId: string; from: string; to: string; staffSeq: number };

/**
 * Takes all tasks of these states to others, or to what their own states mean now, and records it of each: few statements,
 * however many tasks there are. A task keeps its rank, and so its place among those that come with it.
 */
export async function moveByWorkflow(
  { tx, agent, project, at }: Change,
  { to, workflow }: { to: ReadonlyMap<string, string>; workflow: Workflow },
): Promise<void> {
  if (to.size === 0) return;
  const { workspaceId, id: projectId, spaceId } = project;
  const ways = [...to].map(([from, to]) => {
    const group = groupOf(workflow, to);
    return { from, to, group, isEnd: isEnd(group) };
  });
  // Whoever changes a task holds its conversation's lock: all are taken, in one order, before anything is read.
  await tx.sql`
    SELECT FROM conversation
    WHERE workspace_id = ${workspaceId} AND id IN (
      SELECT conversation_id FROM task
      WHERE workspace_id = ${workspaceId} AND project_id = ${projectId} AND state_id = ANY(${[...to.keys()]}::text[]))
    ORDER BY id FOR NO KEY UPDATE`;
  const moved = await tx.sql<MovedTask>`
    WITH way AS (
      SELECT * FROM json_to_recordset(${rowsOf(ways)}) AS way ("from" text, "to" text, "group" state_group, is_end boolean)
    ), moved AS (
      UPDATE task SET state_id = way.to, state_group = way.group, version = version + 1,
        state_at = CASE WHEN way.from = way.to THEN state_at ELSE ${at}::timestamptz END,
        completed_at = CASE WHEN way.is_end THEN coalesce(completed_at, ${at}::timestamptz) END
      FROM way WHERE workspace_id = ${workspaceId} AND project_id = ${projectId} AND state_id = way.from
      RETURNING conversation_id, way.from, way.to
    )
    UPDATE conversation SET staff_seq = staff_seq + 1
    FROM moved WHERE workspace_id = ${workspaceId} AND id = moved.conversation_id
    RETURNING id AS "conversationId", moved.from, moved.to, staff_seq AS "staffSeq"`;
  // What their states mean decides whether they are over: in what the project still has it is what they meant before.
  const isOver = (of: Workflow, stateId: string) => isEnd(groupOf(of, stateId));
  const taskIds = moved
    .filter(({ from, to }) => isOver(workflowOf(project), from) !== isOver(workflow, to))
    .map(({ conversationId }) => conversationId);
  if (taskIds.length > 0) await keepNotices(tx, workspaceId, { taskIds, at });
  const by = { kind: "agent" as const, id: agent.agentId };
  await Promise.all(
    moved.map(({ conversationId, staffSeq, from, to }) =>
      record(tx, {
        ...{ type: "task.moved", workspaceId, spaceId, conversationId, contactId: null, staffSeq, customerSeq: null },
        ...{ occurredAt: at, payload: { moveId: null, from, to, by } },
      }),
    ),
  );
}
