import type { AgentActor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import type { EventTypes } from "../kernel/log/event.ts";
import { rankAtEnd } from "./column.ts";
import "./events.ts";
import type { ReadTask } from "./given-task.ts";
import { keepNotices } from "./keep-notices.ts";
import type { OwnProject } from "./lock-project.ts";
import { groupOf, workflowOf } from "./workflow.ts";

/** A task to be kept, of a project that this transaction has locked alone and a conversation that is there. */
export type NewTask = {
  taskId: string;
  project: OwnProject;
  parentId: string | null;
  sourceMessageId: string | null;
  given: Required<ReadTask>;
  /** Who watch it from the beginning. */
  watcherIds: readonly string[];
  at: Date;
};

/** What is read of a new task, and what it is where nothing was said. */
export function withDefaults(read: ReadTask): Required<ReadTask> {
  const { title = "", description = "", type = "task", priority = "none" } = read;
  const { severity = null, due = null, estimateMinutes = null } = read;
  return { title, description, type, priority, severity, due, estimateMinutes };
}

/**
 * Keeps a new task, where its project's workflow begins and at the end of that column, under the project's next number. Answers
 * what `task.created` has to say of it.
 */
export async function insertTask(
  tx: Transaction,
  { workspaceId, agentId }: AgentActor,
  task: NewTask,
): Promise<EventTypes["task.created"]> {
  const { taskId, project, parentId, sourceMessageId, given, watcherIds, at } = task;
  const projectId = project.id;
  const workflow = workflowOf(project);
  const stateId = workflow.start;
  const [next] = await tx.sql<{ number: number }>`
    UPDATE project SET last_number = last_number + 1
    WHERE workspace_id = ${workspaceId} AND id = ${projectId} RETURNING last_number AS number`;
  const { number } = next!;
  const rank = await rankAtEnd(tx, { workspaceId, projectId, stateId });
  await tx.sql`
    INSERT INTO task (workspace_id, conversation_id, project_id, number, type, title, description, state_id, state_group, state_at,
      priority, severity, due_at, due_kind, due_zone, estimate_minutes, parent_id, rank, created_by_id, source_message_id,
      source_conversation_id, created_at)
    VALUES (${workspaceId}, ${taskId}, ${projectId}, ${number}, ${given.type}, ${given.title}, ${given.description},
      ${stateId}, ${groupOf(workflow, stateId)}, ${at}, ${given.priority}, ${given.severity},
      ${given.due?.at ?? null}, ${given.due?.kind ?? null}, ${given.due?.zone ?? null}, ${given.estimateMinutes},
      ${parentId}, ${rank}, ${agentId}, ${sourceMessageId},
      (SELECT conversation_id FROM message WHERE workspace_id = ${workspaceId} AND id = ${sourceMessageId}::uuid), ${at})`;
  await tx.sql`
    INSERT INTO task_watcher (workspace_id, task_id, agent_id, created_at)
    SELECT ${workspaceId}, ${taskId}, id, ${at} FROM unnest(${watcherIds}::uuid[]) AS watcher (id)`;
  if (given.due) await keepNotices(tx, workspaceId, { taskIds: [taskId], at });
  return { projectId, number, stateId, parentId, sourceMessageId, by: { kind: "agent", id: agentId } };
}
