import type { SpaceRole, Task } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { prisma } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { changeProjectMember } from "../../api/tasks/actions/change-project-member.ts";
import { addChecklistItem } from "../../api/tasks/actions/add-checklist-item.ts";
import { createLabel } from "../../api/tasks/actions/create-label.ts";
import { createProject } from "../../api/tasks/actions/create-project.ts";
import { createSavedView, type CreateSavedViewInput } from "../../api/tasks/actions/create-saved-view.ts";
import { createTask, type CreateTaskInput } from "../../api/tasks/actions/create-task.ts";
import { type ShippedWorkflow, shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { findChecklists } from "../../api/tasks/part-queries.ts";
import { granted } from "./story.ts";

let made = 0;

/** A key that no other project of the workspace has. */
export function newKey(): string {
  made += 1;
  return `T${process.pid.toString(36).toUpperCase()}X${made.toString(36).toUpperCase()}`.slice(0, 10);
}

/** Opens a project and lets these people in; answers its id. */
export async function openProject(
  owner: AgentActor,
  {
    members = [],
    key = newKey(),
    which = "kanban",
  }: { members?: AgentActor[]; key?: string; which?: ShippedWorkflow } = {},
): Promise<string> {
  const workflow = shippedWorkflow(which, "en");
  const { projectId } = granted(await createProject(owner, { clientId: newId(), key, name: "Lamps", workflow }));
  for (const member of members) await letIntoProject(owner, projectId, member);
  return projectId;
}

/** Lets somebody into a project, or gives them another role there. */
export async function letIntoProject(
  by: AgentActor,
  projectId: string,
  { agentId }: AgentActor,
  role: SpaceRole = "member",
): Promise<void> {
  granted(await changeProjectMember(by, { projectId, agentId, role }));
}

/** Takes somebody out of a project. */
export async function takeOutOfProject(by: AgentActor, projectId: string, { agentId }: AgentActor): Promise<void> {
  granted(await changeProjectMember(by, { projectId, agentId, role: null }));
}

/** Makes a task; answers its id, which is its conversation's. */
export async function openTask(
  by: AgentActor,
  projectId: string,
  given: Partial<CreateTaskInput> = {},
): Promise<string> {
  const input = { clientId: newId(), projectId, title: "Mend the lamp", ...given };
  return granted(await createTask(by, input)).taskId;
}

/** The task as it is kept. */
export function taskRow({ workspaceId }: AgentActor, conversationId: string): Promise<Task> {
  return prisma().task.findUniqueOrThrow({ where: { workspaceId_conversationId: { workspaceId, conversationId } } });
}

/** Makes a label, under a name that no other one has unless told which; answers its id. */
export async function openLabel(owner: AgentActor, projectId: string, name = newId()): Promise<string> {
  return granted(await createLabel(owner, { clientId: newId(), projectId, name, colour: "blue" })).labelId;
}

/** Adds a line to a task's checklist; answers its id. */
export async function openItem(by: AgentActor, taskId: string, text = "Screw"): Promise<string> {
  granted(await addChecklistItem(by, { clientId: newId(), taskId, text }));
  return (await findChecklists(by.workspaceId, [taskId])).get(taskId)!.at(-1)!.id;
}

/** Saves a view of a project's tasks, shared with all who see it; answers its id. */
export async function openSavedView(
  by: AgentActor,
  projectId: string | null,
  given: Partial<CreateSavedViewInput> = {},
): Promise<string> {
  const view = { name: "Late", filter: "is:overdue", shape: "list", isShared: projectId !== null, ...given } as const;
  return granted(await createSavedView(by, { clientId: newId(), projectId, ...view })).viewId;
}
