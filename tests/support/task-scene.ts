import { beforeAll, beforeEach } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openWorld } from "./open-world.ts";
import { letIntoProject, openProject, openTask } from "./tasks.ts";
import type { World } from "./world.ts";

export let world: World & { databaseUrl: string };
/** Owned by Irina; Ben is a member and Ann, though an owner of the workspace elsewhere, sees nothing of it. */
export let projectId: string;
/** Made by Irina. */
export let taskId: string;

/** A project with one task, new for each test, of which nothing has been told. */
export function setTaskScene(): void {
  beforeAll(async () => {
    world = await openWorld();
  });
  beforeEach(async () => {
    projectId = await openProject(world.irina, { members: [world.ben] });
    taskId = await openTask(world.irina, projectId);
    await sql`DELETE FROM outbox`;
  });
}

/** Ids that lead nobody but Irina and Ben to a task, and one that leads nobody at all. */
export function idsOfOthers(): string[] {
  return [taskId, newId(), "x", ""];
}

/** Makes Ben a viewer of the project. */
export function letBenOnlyRead(): Promise<void> {
  return letIntoProject(world.irina, projectId, world.ben, "viewer");
}
