import { expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { findTitled, SEARCHED_TASKS, searchTasks } from "../../api/tasks/search-tasks.ts";
import { granted } from "../support/story.ts";
import { projectId, setTaskScene, world } from "../support/task-scene.ts";
import { openProject, openTask, taskRow } from "../support/tasks.ts";

setTaskScene();

const open = (title: string, of = projectId) => openTask(world.irina, of, { title });
const found = (text: string) => searchTasks(world.irina, text, 10);

it("a search of tasks finds all of its words in titles, what is not done first, the newest first, and the key before all", async () => {
  const [old, done, young] = [await open("Brass lamp"), await open("Lamp of brass"), await open("BRASS lamps")];
  await open("Brass screw");
  granted(await moveTask(world.irina, { taskId: done, moveId: "done" }));
  expect(await found(" lamp brass ")).toEqual([young, old, done]);
  expect(await found("100%")).toEqual([]);
  expect(await found(" ")).toEqual([]);
  const { number } = await taskRow(world.irina, done);
  const [project] = await sql<{ key: string }>`SELECT key FROM project WHERE id = ${projectId}`;
  expect(await found(`${project!.key}-${number}`)).toEqual([done]);
});

it("a search of tasks finds nothing in projects that one is not in", async () => {
  await open("Copper lamp", await openProject(world.ann, { members: [world.irina] }));
  await openTask(world.ann, await openProject(world.ann), { title: "Copper lamp of Ann's" });
  expect(await found("copper")).toHaveLength(1);
});

it("a search of tasks looks through the newest of all projects together, however many there are of each", async () => {
  const oldest = await open("Tin lamp");
  const busy = await openProject(world.irina);
  expect(await found("tin")).toEqual([oldest]);
  await fill(busy, await open("Mend", busy), SEARCHED_TASKS - 1);
  expect(await found("tin")).toEqual([]);
  expect(await findTitled(world.irina, "tin lamp")).toEqual([]);
  expect(await findTitled(world.irina, "tin lamp", projectId)).toMatchObject([{ id: oldest }]);
});

it("tasks of a title are those that are called so as a whole, two at most, of one project or of all that one is in", async () => {
  const elsewhere = await openProject(world.ann, { members: [world.irina] });
  const [own, other] = [await open("Zinc lamp"), await open("ZINC lamp", elsewhere)];
  await open("Zinc lamp of old");
  await openTask(world.ann, await openProject(world.ann), { title: "Zinc lamp" });
  const { number } = await taskRow(world.irina, own);
  const [project] = await sql<{ key: string }>`SELECT key FROM project WHERE id = ${projectId}`;
  expect(await findTitled(world.irina, " zinc  Lamp", projectId)).toEqual([
    { id: own, projectId, key: `${project!.key}-${number}` },
  ]);
  const idsOf = async (text: string, of?: string) => (await findTitled(world.irina, text, of)).map(({ id }) => id);
  expect((await idsOf("zinc lamp")).toSorted()).toEqual([own, other].toSorted());
  await open("zinc lamp");
  expect(await idsOf("zinc lamp")).toHaveLength(2);
  for (const none of ["zinc", "zinc%", " ", "x".repeat(201)]) expect(await idsOf(none)).toEqual([]);
});

/** Puts so many more tasks into a project, each as this one. */
async function fill(into: string, like: string, count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => newId());
  await sql`
    INSERT INTO conversation (workspace_id, id, space_id, kind, staff_seq, staff_activity_at, customer_activity_at, created_at)
    SELECT workspace_id, made.id, space_id, kind, 1, created_at, created_at, created_at
    FROM conversation AS own, unnest(${ids}::uuid[]) AS made (id) WHERE own.id = ${like}`;
  await sql`
    INSERT INTO task (workspace_id, conversation_id, project_id, number, title, state_id, state_group, state_at, rank, created_by_id,
      created_at)
    SELECT workspace_id, made.id, project_id, 1 + nth, title, state_id, state_group, state_at, rank, created_by_id, created_at
    FROM task AS own, unnest(${ids}::uuid[]) WITH ORDINALITY AS made (id, nth) WHERE own.conversation_id = ${like}`;
  await sql`UPDATE project SET last_number = last_number + ${count}::int WHERE id = ${into}`;
}
