import { beforeAll, beforeEach } from "vitest";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import type { ShippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { openWorld } from "./open-world.ts";
import { openProject, openTask } from "./tasks.ts";
import { addAgent, type World } from "./world.ts";

export let world: World;
/** Who works on the project, and speaks English; another one for each test. */
export let dora: AgentActor;
/** Owned by Irina, who speaks Russian; Dora is a member, and in no other one. */
export let projectId: string;
/** The project's. */
export let key: string;
/** The first task there, of Dora's. */
export let taskId: string;
/** Which of its tests this is, for keys that no other one has. */
export let made = 0;

/** A project with one task, in whose conversation commands are given, new for each test. */
export function setCommandScene(which: ShippedWorkflow): void {
  beforeAll(async () => {
    world = await openWorld();
  });
  beforeEach(async () => {
    made += 1;
    await sql`UPDATE agent SET handle = agent.id::text WHERE handle = 'dora'`;
    dora = await addAgent(world, { name: "Dora", handle: "dora", role: "agent", locale: "en" });
    key = `LAMP${made}`;
    projectId = await openProject(world.irina, { key, members: [dora], which });
    taskId = await openTask(dora, projectId, { title: "Lamp" });
  });
}
