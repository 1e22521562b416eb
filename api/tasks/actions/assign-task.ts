import type { Actor } from "../../kernel/actor.ts";
import { isId } from "../../kernel/id.ts";
import { type Outcome, refuse } from "../../kernel/outcome.ts";
import { actOnTask, byOf, recordTask, type TaskAct, type TaskRefusal } from "../act-on-task.ts";
import { tellNewcomers } from "../tell-newcomers.ts";

export type AssignTaskInput = { taskId: string; add: readonly string[]; remove: readonly string[] };

export type AssignTaskRefusal = TaskRefusal | "task_assignee_not_found" | "task_assignees_too_many";

/** So many may share a task. */
export const MOST_ASSIGNEES = 20;

/**
 * Makes a task these people's and not those people's any more; whoever is named in both has it. Who gets it must be able to work
 * on its project, and watches it from then on. For the project's members. Being so already is done. Records `task.assigned`.
 */
export async function assignTask(
  actor: Actor,
  { taskId, add, remove }: AssignTaskInput,
): Promise<Outcome<{ taskId: string }, AssignTaskRefusal>> {
  return actOnTask<"task_assignee_not_found" | "task_assignees_too_many">(actor, { taskId }, async (act) => {
    const assigned = await assigneesOf(act);
    const added = [...new Set(add)].filter((id) => !assigned.includes(id));
    const removed = assigned.filter((id) => remove.includes(id) && !add.includes(id));
    if (!(await mayAllWork(act, added))) return refuse("task_assignee_not_found", ["input", "add"]);
    if (!(await areAllHere(act, remove))) return refuse("task_assignee_not_found", ["input", "remove"]);
    if (assigned.length + added.length - removed.length > MOST_ASSIGNEES)
      return refuse("task_assignees_too_many", ["input", "add"]);
    if (added.length + removed.length > 0) await changeAssignees(act, { added, removed });
    return undefined;
  });
}

/** Whose a locked task is, the longest first. */
export async function assigneesOf({ tx, task }: Pick<TaskAct, "tx" | "task">): Promise<string[]> {
  const rows = await tx.sql<{ id: string }>`
    SELECT agent_id AS id FROM task_assignee
    WHERE workspace_id = ${task.workspaceId} AND task_id = ${task.conversationId} ORDER BY created_at, agent_id`;
  return rows.map(({ id }) => id);
}

async function mayAllWork({ tx, project }: TaskAct, agentIds: string[]): Promise<boolean> {
  if (agentIds.length === 0) return true;
  if (agentIds.length > MOST_ASSIGNEES || !agentIds.every(isId)) return false;
  const able = await tx.sql`
    SELECT FROM space_member AS member JOIN agent ON agent.workspace_id = member.workspace_id AND agent.id = member.agent_id
    WHERE member.workspace_id = ${project.workspaceId} AND member.space_id = ${project.spaceId}
      AND member.agent_id = ANY(${agentIds}::uuid[]) AND disabled_at IS NULL AND (member.role <> 'viewer' OR agent.role <> 'agent')
    ORDER BY agent.id FOR SHARE`;
  return able.length === agentIds.length;
}

/** Whoever is on staff may be taken off, also who has left the project: their colleagues know them all. */
async function areAllHere({ tx, task }: TaskAct, agentIds: readonly string[]): Promise<boolean> {
  if (!agentIds.every(isId)) return false;
  const wanted = [...new Set(agentIds)];
  const found = await tx.sql`
    SELECT FROM agent WHERE workspace_id = ${task.workspaceId} AND id = ANY(${wanted}::uuid[])`;
  return found.length === wanted.length;
}

/** Makes a locked task these people's, and not those people's any more. Records `task.assigned`, and tells who is new of its date. */
export async function changeAssignees(
  act: Omit<TaskAct, "project">,
  { added, removed }: { added: string[]; removed: string[] },
): Promise<void> {
  const { tx, task, at } = act;
  const { workspaceId, conversationId: taskId } = task;
  await tx.sql`
    DELETE FROM task_assignee
    WHERE workspace_id = ${workspaceId} AND task_id = ${taskId} AND agent_id = ANY(${removed}::uuid[])`;
  await tx.sql`
    INSERT INTO task_assignee (workspace_id, task_id, agent_id, created_at)
    SELECT ${workspaceId}, ${taskId}, unnest(${added}::uuid[]), ${at}`;
  const newcomers = await tx.sql<{ id: string }>`
    INSERT INTO task_watcher (workspace_id, task_id, agent_id, created_at)
    SELECT ${workspaceId}, ${taskId}, unnest(${added}::uuid[]), ${at} ON CONFLICT DO NOTHING RETURNING agent_id AS id`;
  await recordTask(act, { type: "task.assigned", payload: { added, removed, by: byOf(act) } });
  await tellNewcomers(
    act,
    newcomers.map(({ id }) => id),
  );
}
