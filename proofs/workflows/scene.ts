import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import type { Outcome } from "../../api/kernel/outcome.ts";
import { changeProjectMember } from "../../api/tasks/actions/change-project-member.ts";
import { createProject } from "../../api/tasks/actions/create-project.ts";
import { createTask } from "../../api/tasks/actions/create-task.ts";
import type { Workflow } from "../../api/tasks/workflow.ts";
import type { ModelTask, Person } from "./model.ts";

export type Player = Person & { actor: AgentActor };
/** A task in the database, and in the model. `parent`: the task that it is a part of, by its place. */
export type Played = { id: string; parent: number | null; model: ModelTask };
/** A project that is played in, with its people and tasks; nobody else touches it. */
export type Scene = { projectId: string; version: number; workflow: Workflow; players: Player[]; tasks: Played[] };

/** What each is in the project, and in the workspace: its admins count as owners of every project that they are in. */
const CAST: { role: SpaceRole; workspaceRole: AgentActor["role"] }[] = [
  { role: "owner", workspaceRole: "agent" },
  { role: "member", workspaceRole: "agent" },
  { role: "member", workspaceRole: "agent" },
  { role: "member", workspaceRole: "agent" },
  { role: "viewer", workspaceRole: "agent" },
  { role: "viewer", workspaceRole: "admin" },
];

/** The people of a workspace of their own, who play in all projects. */
export async function openCast(): Promise<AgentActor[]> {
  const workspaceId = newId();
  await sql`INSERT INTO workspace (id, name) VALUES (${workspaceId}, 'Workflows')`;
  const place = { locale: "en", zone: "UTC", mayWrite: true, expiresAt: Number.POSITIVE_INFINITY };
  const people = CAST.map(({ workspaceRole: role }, index) => ({
    ...{ kind: "agent" as const, workspaceId, agentId: newId(), name: `Person ${index}`, role, ...place },
  }));
  for (const [index, { agentId, name, role }] of people.entries())
    await sql`
      INSERT INTO agent (workspace_id, id, name, email, handle, role)
      VALUES (${workspaceId}, ${agentId}, ${name}, ${`p${index}@workflows.example`}, ${`p${index}`}, ${role})`;
  return people;
}

/** A project with this workflow, two tasks and a part of the first. */
export async function openPlay(cast: AgentActor[], key: string, workflow: Workflow): Promise<Scene> {
  const owner = cast[0]!;
  const { projectId } = granted(await createProject(owner, { clientId: newId(), key, name: key, workflow }));
  for (const [index, { agentId }] of cast.entries())
    if (index > 0) granted(await changeProjectMember(owner, { projectId, agentId, role: CAST[index]!.role }));
  const players = cast.map((actor, index) => ({
    ...{ id: actor.agentId, actor, role: actor.role === "agent" ? CAST[index]!.role : ("owner" as const) },
  }));
  const scene: Scene = { projectId, version: 1, workflow, players, tasks: [] };
  for (const parent of [null, null, 0]) {
    const input = { clientId: newId(), projectId, title: "To be moved" };
    const parentId = parent === null ? undefined : scene.tasks[parent]!.id;
    const { taskId } = granted(await createTask(owner, { ...input, parentId }));
    const model = { state: workflow.start, assignees: new Set<string>(), openSubtasks: 0, priority: "none" };
    scene.tasks.push({ id: taskId, parent, model });
  }
  return scene;
}

/** The value of what the play takes for granted. */
export function granted<T>(outcome: Outcome<T, string>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`It was refused: ${outcome.refusal}.`);
}
