import { record } from "../kernel/log/record.ts";
import { takeNextTurn } from "../chat/conversation.ts";
import { changeAssignees, MOST_ASSIGNEES } from "./actions/assign-task.ts";
import { byOf, recordTask, type TaskAct } from "./act-on-task.ts";
import { applyMove } from "./apply-move.ts";
import { rankAtEnd } from "./column.ts";
import { keepNotices } from "./keep-notices.ts";
import { type Said, say } from "./say.ts";
import { groupOf, isEnd, type Standing, type WorkflowMove, workflowOf } from "./workflow.ts";

type Permitted = { move: WorkflowMove; standing: Standing; comment: Said | null };

/** Writes and records a move of a locked task that was permitted, with its effects and the comment on it. */
export async function performMove(act: TaskAct, { move, standing, comment }: Permitted): Promise<void> {
  const { tx, task, project, agent, at } = act;
  const { workspaceId, projectId, conversationId } = task;
  const group = groupOf(workflowOf(project), move.to);
  const rank = await rankAtEnd(tx, { workspaceId, projectId, stateId: move.to });
  const completedAt = isEnd(group) ? (task.completedAt ?? at) : null;
  await tx.sql`
    UPDATE task SET state_id = ${move.to}, state_group = ${group}, state_at = ${at}, rank = ${rank}, completed_at = ${completedAt}
    WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId}`;
  if (task.dueAt && isEnd(group) !== isEnd(task.stateGroup))
    await keepNotices(tx, workspaceId, { taskIds: [conversationId], at });
  const payload = { moveId: move.id, from: task.stateId, to: move.to, by: byOf(act) };
  await recordTask(act, { type: "task.moved", payload });
  const after = applyMove(move, { ...standing, priority: task.priority }, agent);
  await assign(act, standing.assigneeIds, after.assigneeIds);
  if (after.priority !== task.priority) await prioritise(act, after.priority);
  if (comment !== null) await say(act, comment);
  if (move.effects.some(({ kind }) => kind === "notify_watchers")) await notify(act);
}

/** Whoever would be one too many is left out: the move is made all the same. */
async function assign(act: TaskAct, before: readonly string[], after: readonly string[]): Promise<void> {
  const added = after.filter((id) => !before.includes(id));
  const removed = before.filter((id) => !after.includes(id));
  const isFit = after.length <= MOST_ASSIGNEES && added.length + removed.length > 0;
  if (isFit) await changeAssignees(act, { added, removed });
}

async function prioritise(act: TaskAct, to: TaskAct["task"]["priority"]): Promise<void> {
  const { tx, task } = act;
  await tx.sql`
    UPDATE task SET priority = ${to}
    WHERE workspace_id = ${task.workspaceId} AND conversation_id = ${task.conversationId}`;
  const priority = { from: task.priority, to };
  await recordTask(act, { type: "task.changed", payload: { what: ["priority"], priority, by: byOf(act) } });
}

/** Tells those who watch the task and still see it, without whoever moved it. It changes nothing about the task. */
async function notify(act: TaskAct): Promise<void> {
  const { tx, task, project, agent, at } = act;
  const watchers = await tx.sql<{ id: string }>`
    SELECT watcher.agent_id AS id
    FROM task_watcher AS watcher JOIN space_member AS member USING (workspace_id, agent_id)
    WHERE workspace_id = ${task.workspaceId} AND task_id = ${task.conversationId} AND agent_id <> ${agent.agentId}
      AND member.space_id = ${project.spaceId} ORDER BY 1`;
  if (watchers.length === 0) return;
  const turn = await takeNextTurn(tx, task, "staff");
  const payload = { agentIds: watchers.map(({ id }) => id), by: byOf(act) };
  await record(tx, { type: "task.notified", ...turn, occurredAt: at, payload });
}
