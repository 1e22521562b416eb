import { isVisible } from "../../chat/policy.ts";
import type { Actor, AgentActor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import type { Transaction } from "../../kernel/database.ts";
import { isId, newId } from "../../kernel/id.ts";
import { record } from "../../kernel/log/record.ts";
import { done, type Outcome, type Refused, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { mayChange } from "../../people/policy.ts";
import { type GivenTask, type GivenTaskRefusal, readTask, refuseSeverity } from "../given-task.ts";
import { insertTask, type NewTask, withDefaults } from "../insert-task.ts";
import { lockProject, type OwnProject } from "../lock-project.ts";
import { refuseInProject } from "../policy.ts";

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
      const watcherIds = [actor.agentId];
      await write(tx, actor, { taskId, project, parentId, sourceMessageId, given: task, watcherIds, at: now() });
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

async function write(tx: Transaction, agent: AgentActor, task: NewTask): Promise<void> {
  const { taskId, project, at } = task;
  const { workspaceId, spaceId } = project;
  await tx.sql`
    INSERT INTO conversation (workspace_id, id, space_id, kind, staff_seq, staff_activity_at, customer_activity_at, created_at)
    VALUES (${workspaceId}, ${taskId}, ${spaceId}, 'task', 1, ${at}, ${at}, ${at})`;
  const payload = await insertTask(tx, agent, task);
  await record(tx, {
    type: "task.created",
    ...{ workspaceId, conversationId: taskId, spaceId, contactId: null, staffSeq: 1, customerSeq: null },
    ...{ occurredAt: at, payload },
  });
}
