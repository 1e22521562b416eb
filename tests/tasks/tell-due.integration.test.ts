import { describe, expect, it } from "vitest";
import { ringOnce } from "../../api/kernel/alarms.ts";
import { apart, inTransaction, sql } from "../../api/kernel/database.ts";
import { assignTask } from "../../api/tasks/actions/assign-task.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { updateProject } from "../../api/tasks/actions/update-project.ts";
import { updateTask } from "../../api/tasks/actions/update-task.ts";
import { updateWorkflow } from "../../api/tasks/actions/update-workflow.ts";
import { watchTask } from "../../api/tasks/actions/watch-task.ts";
import { shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { tellDueTasks } from "../../api/tasks/tell-due.ts";
import { eventually } from "../support/eventually.ts";
import { pass, setMorning } from "../support/morning.ts";
import { ahead, HOUR, MINUTE, toldOf } from "../support/reminders.ts";
import { granted } from "../support/story.ts";
import { projectId, setTaskScene, taskId, world } from "../support/task-scene.ts";
import { takeOutOfProject } from "../support/tasks.ts";

setMorning();
setTaskScene();

const zone = "Europe/Berlin";
const ring = () => ringOnce(tellDueTasks);
const dueIn = async (ms: number) => granted(await updateTask(world.irina, { taskId, due: { at: ahead(ms), zone } }));
const dueOn = async (date: string) => granted(await updateTask(world.irina, { taskId, due: { date, zone } }));
const giveToBen = async () => granted(await assignTask(world.irina, { taskId, add: [world.ben.agentId], remove: [] }));
const move = async (moveId: string) => granted(await moveTask(world.irina, { taskId, moveId }));
const told = async () =>
  (await toldOf(taskId)).map(({ to, kind }) => `${to === world.ben.agentId ? "ben" : "irina"} ${kind}`);
const kept = async () =>
  (await sql<{ kind: string }>`SELECT kind FROM reminder WHERE conversation_id = ${taskId} ORDER BY agent_id`).map(
    ({ kind }) => kind,
  );

describe("a task that is due", () => {
  it("at an instant is told of an hour before, and when it is late, to whose it is and who watches it", async () => {
    await giveToBen();
    await dueIn(2 * HOUR);
    pass(HOUR - 1);
    expect(await ring()).toBe(0);
    pass(1);
    expect(await ring()).toBe(1);
    expect(await ring()).toBe(0);
    expect((await told()).toSorted()).toEqual(["ben due_soon", "irina due_soon"]);
    pass(HOUR);
    await ring();
    expect((await told()).slice(2).toSorted()).toEqual(["ben overdue", "irina overdue"]);
    // Of each task one, the last.
    expect(await kept()).toEqual(["overdue", "overdue"]);
  });

  it("on a date is told of a day before that date ends, where it was said", async () => {
    await dueOn("2030-01-16");
    pass(15 * HOUR - 1); // in Berlin the 15th ends at 23:00 UTC
    expect(await ring()).toBe(0);
    pass(1);
    await ring();
    expect(await told()).toEqual(["irina due_soon"]);
  });

  it("is told of when its date has moved, and not before", async () => {
    await dueIn(2 * HOUR);
    await dueIn(5 * HOUR);
    pass(3 * HOUR);
    expect(await ring()).toBe(0);
    pass(HOUR);
    await ring();
    expect(await told()).toEqual(["irina due_soon"]);
    // What was told of the date before is taken away, and it is told anew of the next.
    await dueIn(3 * HOUR);
    expect(await kept()).toEqual([]);
    pass(2 * HOUR);
    await ring();
    expect(await told()).toEqual(["irina due_soon", "irina due_soon"]);
    granted(await updateTask(world.irina, { taskId, due: null }));
    pass(10 * HOUR);
    expect(await ring()).toBe(0);
  });

  it("is told of nothing once it is done, and goes on when it is opened again", async () => {
    await dueIn(3 * HOUR);
    await move("done");
    expect(await sql`SELECT FROM due_notice WHERE task_id = ${taskId}`).toEqual([]);
    pass(HOUR);
    await move("reopen");
    pass(HOUR);
    await ring();
    expect(await told()).toEqual(["irina due_soon"]);
    await move("done");
    expect(await kept()).toEqual([]);
    pass(HOUR);
    expect(await ring()).toBe(0);
  });

  it("is told of nothing where another workflow says that its state is an end", async () => {
    await dueIn(3 * HOUR);
    await move("start");
    const workflow = shippedWorkflow("kanban", "en");
    const states = workflow.states.map((state) =>
      state.id === "doing" ? { ...state, group: "completed" as const } : state,
    );
    granted(await updateWorkflow(world.irina, { projectId, workflow: { ...workflow, states }, version: 1, map: [] }));
    expect(await sql`SELECT FROM due_notice WHERE task_id = ${taskId}`).toEqual([]);
  });

  it("is told to nobody who left the project, and to nobody at all where that was put away", async () => {
    await giveToBen();
    await dueIn(2 * HOUR);
    await takeOutOfProject(world.irina, projectId, world.ben);
    pass(HOUR);
    await ring();
    expect(await told()).toEqual(["irina due_soon"]);
    granted(await updateProject(world.irina, { projectId, isArchived: true }));
    pass(HOUR);
    expect(await ring()).toBe(1);
    expect(await told()).toEqual(["irina due_soon"]);
  });

  it("is told once, also where a process died before its commit, and late where none was there", async () => {
    await dueIn(2 * HOUR);
    pass(HOUR);
    const died = inTransaction(async (tx) => {
      await tellDueTasks.ring(tx, { at: ahead(0), limit: 10 });
      throw new Error("died");
    });
    await expect(died).rejects.toThrow("died");
    pass(HOUR + MINUTE);
    const rung = await Promise.all([ring(), ring(), ring()]);
    expect(rung.toSorted()).toEqual([0, 0, 1]);
    // That it will be late soon is no news any more.
    expect(await told()).toEqual(["irina overdue"]);
  });

  it("is never told of as late while somebody still tells that it soon will be", async () => {
    await dueIn(2 * HOUR);
    pass(2 * HOUR - 1);
    await inTransaction(async (tx) => {
      await tellDueTasks.ring(tx, { at: ahead(0), limit: 10 });
      pass(1);
      await apart(ring);
    });
    await ring();
    expect(await told()).toEqual(["irina due_soon", "irina overdue"]);
    expect(await kept()).toEqual(["overdue"]);
  });

  it("is told to who comes to it late at once: whoever gets it, and whoever begins to watch it", async () => {
    const takeFromBen = async () =>
      granted(await assignTask(world.irina, { taskId, add: [], remove: [world.ben.agentId] }));
    const forget = () => sql`DELETE FROM reminder WHERE agent_id = ${world.ben.agentId}`;
    await giveToBen();
    await takeFromBen();
    const watch = async (isWatching: boolean) => granted(await watchTask(world.ben, { taskId, isWatching }));
    await watch(false);
    await dueIn(2 * HOUR);
    // It is not late soon yet: they are told with all the others.
    await giveToBen();
    await watch(false);
    expect(await told()).toEqual([]);
    pass(HOUR);
    // Told in a moment, and not twice.
    await watch(true);
    expect(await told()).toEqual([]);
    await ring();
    expect((await told()).toSorted()).toEqual(["ben due_soon", "irina due_soon"]);
    // Who comes back was told.
    await watch(false);
    await takeFromBen();
    await giveToBen();
    expect(await told()).toHaveLength(2);
    await forget();
    await watch(false);
    await takeFromBen();
    await giveToBen();
    expect((await told()).slice(2)).toEqual(["ben due_soon"]);
    pass(HOUR);
    await ring();
    await watch(false);
    await watch(true);
    expect(await told()).toHaveLength(5);
    await forget();
    await watch(false);
    await watch(true);
    expect((await told()).slice(5)).toEqual(["ben overdue"]);
    expect(await kept()).toEqual(["overdue", "overdue"]);
    await move("done");
    await watch(false);
    await watch(true);
    expect(await told()).toHaveLength(6);
  });

  it("is told to who comes to it while it is being told, once", async () => {
    await dueIn(2 * HOUR);
    pass(HOUR);
    const coming = await inTransaction(async (tx) => {
      await tellDueTasks.ring(tx, { at: ahead(0), limit: 10 });
      const given = apart(giveToBen);
      await eventually(() => apart(async () => (await sql`SELECT FROM pg_locks WHERE NOT granted`).length > 0));
      return { given };
    });
    await coming.given;
    expect(await told()).toEqual(["irina due_soon", "ben due_soon"]);
  });

  it("is not told of a moment that had passed when its date was set", async () => {
    await dueIn(30 * MINUTE);
    expect(await ring()).toBe(0);
    pass(30 * MINUTE);
    await ring();
    expect(await told()).toEqual(["irina overdue"]);
  });
});
