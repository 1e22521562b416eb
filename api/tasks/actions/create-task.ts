import { isVisible } from "../../chat/policy.ts";
import type { Actor, AgentActor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import type { Transaction } from "../../kernel/database.ts";
import { isId, newId } from "../../kernel/id.ts";
import { record } from "../../kernel/log/record.ts";
import { done, type Outcome, type Refused, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { mayChange } from "../../people/policy.ts";
import { rankAtEnd } from "../column.ts";
import "../events.ts";
import { keepNotices } from "../keep-notices.ts";
import { type GivenTask, type GivenTaskRefusal, type ReadTask, readTask, refuseSeverity } from "../given-task.ts";
import { lockProject, type OwnProject } from "../lock-project.ts";
import { refuseInProject } from "../policy.ts";
import { groupOf, workflowOf } from "../workflow.ts";

export type CreateTaskInput = GivenTask & {
  clientId: string;
  projectId: string;
  title: string;
  /** A task of the same project that it is a part of. */
  parentId?: string | undefined;
  /** The message that it is made from, of any conversation that the agent sees. */
  sourceMessageId?: string | undefined;
};

export type CreateTaskRefusal =
  | GivenTaskRefusal
  | "not_permitted"
  | "project_not_found"
  | "project_archived"
  | "task_not_found"
  | "task_severity_of_bug"
  | "message_not_found"
  | "message_deleted"
  | "client_id_invalid"
  | "client_id_conflict";

/**
 * Makes a task in a project, with a conversation of its own, where the project's workflow begins and at the end of that column.
 * Its number is the project's next one. Whoever makes it watches it. For the project's members. A retry under the same clientId
 * answers with the first. Records `task.created`.
 */
export async function createTask(
  actor: Actor,
  input: CreateTaskInput,
): Promise<Outcome<{ taskId: string }, CreateTaskRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const { clientId, projectId, parentId = null, sourceMessageId = null, ...given } = input;
  const unfit = refuseClientId(clientId);
  if (unfit) return unfit;
  const read = readTask(given);
  if (!read.ok) return read;
  const taskId = newId();
  const request = {
    ...{ workspaceId: actor.workspaceId, callerId: actor.agentId, clientId, mutation: "createTask" },
    ...{ content: [projectId, parentId, sourceMessageId, read.value], resultId: taskId, locks: projectId },
  };
  return once<{ taskId: string }, CreateTaskRefusal>(
    request,
    async (tx) => {
      const project = await lockProject(tx, actor, { projectId });
      if (!project) return refuse("project_not_found", ["input", "projectId"]);
      const refused = refuseInProject(actor, project, "work") ?? (await refuseSource(tx, actor, sourceMessageId));
      if (refused) return refused;
      if (parentId !== null && !(await isInProject(tx, project, parentId)))
        return refuse("task_not_found", ["input", "parentId"]);
      const task = withDefaults(read.value);
      const ofBug = refuseSeverity(task);
      if (ofBug) return ofBug;
      await write(tx, actor, { taskId, project, parentId, sourceMessageId, given: task, at: now() });
      return done({ taskId });
    },
    async (id) => done({ taskId: id }),
  );
}

async function refuseSource(
  tx: Transaction,
  actor: AgentActor,
  id: string | null,
): Promise<Refused<"message_not_found" | "message_deleted"> | undefined> {
  if (id === null) return undefined;
  const [message] = isId(id)
    ? await tx.sql<{ isDeleted: boolean }>`
        SELECT deleted_at IS NOT NULL AS "isDeleted"
        FROM message
        JOIN conversation ON conversation.workspace_id = message.workspace_id AND conversation.id = conversation_id
        WHERE message.workspace_id = ${actor.workspaceId} AND message.id = ${id} AND ${isVisible(actor)}`
    : [];
  if (!message) return refuse("message_not_found", ["input", "sourceMessageId"]);
  return message.isDeleted ? refuse("message_deleted", ["input", "sourceMessageId"]) : undefined;
}

async function isInProject(tx: Transaction, { workspaceId, id }: OwnProject, taskId: string): Promise<boolean> {
  if (!isId(taskId)) return false;
  const found = await tx.sql`
    SELECT FROM task WHERE workspace_id = ${workspaceId} AND conversation_id = ${taskId} AND project_id = ${id}`;
  return found.length > 0;
}

type NewTask = {
  taskId: string;
  project: OwnProject;
  parentId: string | null;
  sourceMessageId: string | null;
  given: ReturnType<typeof withDefaults>;
  at: Date;
};

function withDefaults(read: ReadTask) {
  const { title = "", description = "", type = "task", priority = "none" } = read;
  const { severity = null, due = null, estimateMinutes = null } = read;
  return { title, description, type, priority, severity, due, estimateMinutes };
}

async function write(tx: Transaction, { workspaceId, agentId }: AgentActor, task: NewTask): Promise<void> {
  const { taskId, project, parentId, sourceMessageId, given, at } = task;
  const { spaceId, id: projectId } = project;
  const workflow = workflowOf(project);
  const stateId = workflow.start;
  const [next] = await tx.sql<{ number: number }>`
    UPDATE project SET last_number = last_number + 1
    WHERE workspace_id = ${workspaceId} AND id = ${projectId} RETURNING last_number AS number`;
  const { number } = next!;
  const rank = await rankAtEnd(tx, { workspaceId, projectId, stateId });
  await tx.sql`
    INSERT INTO conversation (workspace_id, id, space_id, kind, staff_seq, staff_activity_at, customer_activity_at, created_at)
    VALUES (${workspaceId}, ${taskId}, ${spaceId}, 'task', 1, ${at}, ${at}, ${at})`;
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
    VALUES (${workspaceId}, ${taskId}, ${agentId}, ${at})`;
  if (given.due) await keepNotices(tx, workspaceId, { taskIds: [taskId], at });
  await record(tx, {
    type: "task.created",
    ...{
      workspaceId,
      conversationId: taskId,
      spaceId,
      contactId: null,
      staffSeq: 1,
      customerSeq: null,
      occurredAt: at,
    },
    payload: { projectId, number, stateId, parentId, sourceMessageId, by: { kind: "agent", id: agentId } },
  });
}
