import type { Task } from "../../prisma/generated/client/client.ts";
import { takeNextTurn } from "../chat/conversation.ts";
import type { Actor, AgentActor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import { inTransaction, type Transaction } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import type { NewEvent } from "../kernel/log/event.ts";
import { record } from "../kernel/log/record.ts";
import { done, type Outcome, type Refused, refuse } from "../kernel/outcome.ts";
import { fragment } from "../kernel/statement.ts";
import { mayChange } from "../people/policy.ts";
import "./events.ts";
import { lockProject, type OwnProject, type ProjectLock } from "./lock-project.ts";
import { refuseInProject } from "./policy.ts";

export type TaskRefusal = "not_permitted" | "task_not_found" | "project_archived";

/** A task whose conversation this transaction has locked, its project, who acts on it, and when. */
export type TaskAct = { tx: Transaction; task: Task; project: OwnProject; agent: AgentActor; at: Date };

type Asked = {
  taskId: string;
  /** "see": what whoever sees the task may do, for themselves alone. */
  deed?: "see" | "work";
  /** How its project is locked before it. */
  lock?: ProjectLock;
  /** What the input calls the task, or what of it was asked for. */
  field?: string;
};

type Perform<R extends string> = (act: TaskAct) => Promise<Refused<R> | undefined>;

/**
 * Changes a task under the lock of its conversation, where the policy lets the actor: a member of its project, which is not
 * archived. Whatever changes something calls `recordTask`.
 */
export async function actOnTask<R extends string = never>(
  actor: Actor,
  asked: Asked,
  perform: Perform<R>,
): Promise<Outcome<{ taskId: string }, TaskRefusal | R>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  return inTransaction((tx) => actOnTaskIn(tx, actor, { ...asked, perform }));
}

/** The same in a transaction that is open already. */
export async function actOnTaskIn<R extends string>(
  tx: Transaction,
  agent: AgentActor,
  { taskId, deed = "work", lock = "none", field = "taskId", perform }: Asked & { perform: Perform<R> },
): Promise<Outcome<{ taskId: string }, TaskRefusal | R>> {
  const found = isId(taskId) && (await lockTask(tx, agent, { taskId, lock }));
  if (!found) return refuse("task_not_found", ["input", field]);
  const refused = deed === "work" && refuseInProject(agent, found.project, "work");
  if (refused) return refused;
  const failed = await perform({ tx, ...found, agent, at: now() });
  return failed ?? done({ taskId });
}

/** The task with its project, if the agent is in it: the project is locked first, and then the task's conversation. */
async function lockTask(
  tx: Transaction,
  agent: AgentActor,
  { taskId, lock }: { taskId: string; lock: ProjectLock },
): Promise<{ task: Task; project: OwnProject } | undefined> {
  const { workspaceId } = agent;
  // A task stays in its project for good, so this may be read before anything is locked.
  const [place] = await tx.sql<{ projectId: string }>`
    SELECT project_id AS "projectId" FROM task WHERE workspace_id = ${workspaceId} AND conversation_id = ${taskId}`;
  const project = place && (await lockProject(tx, agent, { projectId: place.projectId, lock }));
  if (!project) return undefined;
  await tx.sql`
    SELECT FROM conversation WHERE workspace_id = ${workspaceId} AND id = ${taskId} FOR NO KEY UPDATE`;
  return { project, task: await readTaskRow(tx, { workspaceId, taskId }) };
}

/** A row of `task` as Prisma would give it. */
export const taskColumns = fragment`
  workspace_id AS "workspaceId", conversation_id AS "conversationId", project_id AS "projectId", number, type, title, description,
  state_id AS "stateId", state_group AS "stateGroup", state_at AS "stateAt", priority, severity, due_at AS "dueAt",
  due_kind AS "dueKind", due_zone AS "dueZone", estimate_minutes AS "estimateMinutes", parent_id AS "parentId", rank,
  created_by_id AS "createdById", source_message_id AS "sourceMessageId",
  source_conversation_id AS "sourceConversationId", version, created_at AS "createdAt", completed_at AS "completedAt"`;

/** The task as it stands in this transaction. */
export async function readTaskRow(
  tx: Transaction,
  { workspaceId, taskId }: { workspaceId: string; taskId: string },
): Promise<Task> {
  const [task] = await tx.sql<Task>`
    SELECT ${taskColumns} FROM task WHERE workspace_id = ${workspaceId} AND conversation_id = ${taskId}`;
  return task!;
}

type Fact = Pick<
  NewEvent<"task.moved" | "task.changed" | "task.assigned" | "task.linked" | "task.ranked">,
  "type" | "payload"
>;

/** Records to staff what became of a locked task, and counts it as a change of it. */
export async function recordTask({ tx, task, at }: Omit<TaskAct, "project" | "agent">, fact: Fact): Promise<void> {
  const { workspaceId, conversationId } = task;
  await tx.sql`
    UPDATE task SET version = version + 1 WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId}`;
  const turn = await takeNextTurn(tx, task, "staff");
  await record(tx, { ...turn, ...fact, occurredAt: at } as NewEvent);
}

/** Who acts, as events name them. */
export function byOf({ agent }: Pick<TaskAct, "agent">): { kind: "agent"; id: string } {
  return { kind: "agent", id: agent.agentId };
}
