import type { AgentActor } from "../../api/kernel/actor.ts";
import { closeDatabase, openDatabase, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { useProjections } from "../../api/kernel/log/record.ts";
import { openSession } from "../../api/people/actions/open-session.ts";
import { roster } from "../../api/roster.ts";
import { changeProjectMember } from "../../api/tasks/actions/change-project-member.ts";
import { createProject } from "../../api/tasks/actions/create-project.ts";
import { createTask } from "../../api/tasks/actions/create-task.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import type { Workflow } from "../../api/tasks/workflow.ts";
import { tokenFor } from "../../tests/support/bearers.ts";
import type { Dice } from "../dice.ts";
import { succeeded } from "../ground/cast.ts";

/** A project whose board people share: where each of its tasks begins, those who look at it in a browser, and those who do not. */
export type Scene = {
  /** Who has made the project and its tasks, and does no more. */
  ownerId: string;
  projectId: string;
  workflow: Workflow;
  /** The state in which each task stands at first. */
  states: Map<string, string>;
  onlookers: { id: string; session: string }[];
  callers: { id: string; token: string }[];
};

export const KEY = "OPS";
const ONLOOKERS = 2;
const CALLERS = 18;

/** Fills an empty database with a project of twenty people, by the house's own actions. */
export async function openScene(databaseUrl: string, { cards, dice }: { cards: number; dice: Dice }): Promise<Scene> {
  openDatabase({ url: databaseUrl, connections: 4 });
  useProjections(roster.projections);
  try {
    const workspaceId = newId();
    await sql`INSERT INTO workspace (id, name, locale, zone) VALUES (${workspaceId}, 'Board', 'en', 'UTC')`;
    const people: AgentActor[] = [];
    for (let index = 0; index < ONLOOKERS + CALLERS; index++) people.push(await hire(workspaceId, `mover-${index}`));
    const owner = await hire(workspaceId, "owner");
    const workflow = shippedWorkflow("kanban", "en");
    const about = { clientId: newId(), key: KEY, name: "Operations", workflow };
    const { projectId } = succeeded(await createProject(owner, about));
    for (const { agentId } of people)
      succeeded(await changeProjectMember(owner, { projectId, agentId, role: "member" }));
    const states = await fill(owner, { projectId, workflow, cards, dice });
    const onlookers = [];
    for (const one of people.slice(0, ONLOOKERS))
      onlookers.push({ id: one.agentId, session: (await openSession({ ...one, idToken: undefined })).token });
    const callers = [];
    for (const one of people.slice(ONLOOKERS)) callers.push({ id: one.agentId, token: (await tokenFor(one)).token });
    return { ownerId: owner.agentId, projectId, workflow, states, onlookers, callers };
  } finally {
    await closeDatabase();
  }
}

async function hire(workspaceId: string, handle: string): Promise<AgentActor> {
  const agentId = newId();
  await sql`
    INSERT INTO agent (workspace_id, id, name, email, handle, role)
    VALUES (${workspaceId}, ${agentId}, ${handle}, ${`${handle}@board.example`}, ${handle}, 'agent')`;
  const place = { locale: "en", zone: "UTC", mayWrite: true, expiresAt: Number.POSITIVE_INFINITY };
  return { kind: "agent", workspaceId, agentId, name: handle, role: "agent", ...place };
}

type Filling = { projectId: string; workflow: Workflow; cards: number; dice: Dice };

/** Makes the tasks, and moves some of them on. */
async function fill(owner: AgentActor, { projectId, workflow, cards, dice }: Filling): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  for (let index = 0; index < cards; index++) {
    const made = await createTask(owner, { clientId: newId(), projectId, title: `Card ${index}` });
    const { taskId } = succeeded(made);
    states.set(taskId, workflow.start);
    const [move] = dice.happens(0.5) ? workflow.moves.filter(({ from }) => from.includes(workflow.start)) : [];
    if (!move) continue;
    succeeded(await moveTask(owner, { taskId, moveId: move.id }));
    states.set(taskId, move.to);
  }
  return states;
}
