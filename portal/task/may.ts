import type { AgentActor } from "../../api/kernel/actor.ts";
import { mayInProject, roleInProject } from "../../api/tasks/policy.ts";
import type { Mover } from "../../api/tasks/workflow.ts";
import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import type { Visit } from "../visit.ts";
import type { TaskFacts } from "./open-queries.ts";

/** Who looks at a task. */
export type Seer = Pick<Visit, "agent" | "reader">;

type Known = Pick<TaskFacts, "role" | "project">;

/** Whether who reads a project may change its tasks. */
export function isWritable({ role, isArchived }: { role: SpaceRole; isArchived: boolean }, agent: AgentActor): boolean {
  return !isArchived && mayInProject(agent, role, "work");
}

/** Whether who looks at a task may change it. */
export function mayWorkOn({ role, project }: Known, agent: AgentActor): boolean {
  return isWritable({ role, isArchived: project.isArchived }, agent);
}

/** Who would move it. */
export function moverOf({ role }: Known, agent: AgentActor): Mover {
  return { agentId: agent.agentId, role: roleInProject(agent, role) };
}
