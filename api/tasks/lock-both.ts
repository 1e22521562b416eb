import type { Task } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { readTaskRow } from "./act-on-task.ts";
import { lockProject, type OwnProject } from "./lock-project.ts";

type Pair = { taskId: string; otherId: string };

/** A task and its project, and another one, each of a project that the agent is in. */
export type Both = { task: Task; project: OwnProject; other: Task; otherProject: OwnProject };

/** Two tasks whose conversations this transaction has locked, in the order of their ids. */
export async function lockBoth(
  tx: Transaction,
  agent: AgentActor,
  { taskId, otherId }: Pair,
): Promise<Outcome<Both, "task_not_found">> {
  const { workspaceId } = agent;
  // Locked before anything is read: a project may be archived, and the agent taken out of it, while this waits.
  await tx.sql`
    SELECT FROM conversation WHERE workspace_id = ${workspaceId} AND id = ANY(${[taskId, otherId].filter(isId)}::uuid[])
    ORDER BY id FOR NO KEY UPDATE`;
  const first = await projectOf(tx, agent, taskId);
  if (!first) return refuse("task_not_found", ["input", "taskId"]);
  const second = await projectOf(tx, agent, otherId);
  if (!second) return refuse("task_not_found", ["input", "otherId"]);
  const task = await readTaskRow(tx, { workspaceId, taskId });
  const other = await readTaskRow(tx, { workspaceId, taskId: otherId });
  return done({ task, project: first, other, otherProject: second });
}

async function projectOf(tx: Transaction, agent: AgentActor, taskId: string): Promise<OwnProject | undefined> {
  if (!isId(taskId)) return undefined;
  const [place] = await tx.sql<{ projectId: string }>`
    SELECT project_id AS "projectId" FROM task
    WHERE workspace_id = ${agent.workspaceId} AND conversation_id = ${taskId}`;
  return place && lockProject(tx, agent, { projectId: place.projectId, lock: "none" });
}
