import pg from "pg";
import { describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { newId } from "../../api/kernel/id.ts";
import { assignTask, type AssignTaskInput } from "../../api/tasks/actions/assign-task.ts";
import { findAssignees, findWatchers } from "../../api/tasks/part-queries.ts";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { eventually } from "../support/eventually.ts";
import { recordedOf, refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { idsOfOthers, letBenOnlyRead, projectId, setTaskScene, taskId, world } from "../support/task-scene.ts";
import { letIntoProject, takeOutOfProject } from "../support/tasks.ts";
import { addAgent } from "../support/world.ts";

setTaskScene();

type Change = Partial<AssignTaskInput>;
const assign = (actor: Actor, change: Change) => assignTask(actor, { taskId, add: [], remove: [], ...change });
const refused = (actor: Actor, change: Change) => refusalOf(() => assign(actor, change));
const idsIn = async (find: typeof findAssignees) =>
  ((await find(world.workspaceId, [taskId])).get(taskId) ?? []).map(({ id }) => id);

describe("assigning a task", () => {
  it("makes it theirs, who watch it from then on, and tells who came and went", async () => {
    const [irina, ben] = [world.irina.agentId, world.ben.agentId];
    granted(await assign(world.irina, { add: [ben, ben] }));
    expect(await idsIn(findAssignees)).toEqual([ben]);
    expect(await idsIn(findWatchers)).toEqual([irina, ben]);
    granted(await assign(world.ben, { add: [irina], remove: [ben] }));
    expect(await idsIn(findAssignees)).toEqual([irina]);
    const told = (await recordedOf(taskId)).map(({ type, payload }) => [type, payload]);
    expect(told).toEqual([
      ["task.assigned", { added: [ben], removed: [], by: { kind: "agent", id: irina } }],
      ["task.assigned", { added: [irina], removed: [ben], by: { kind: "agent", id: ben } }],
    ]);
  });

  it("to whom it is already, or away from whom it is not, is done and told to nobody", async () => {
    const ben = world.ben.agentId;
    granted(await assign(world.irina, { add: [ben] }));
    granted(await assign(world.irina, { add: [ben], remove: [ben, world.ann.agentId] }));
    granted(await assign(world.irina, {}));
    expect(await idsIn(findAssignees)).toEqual([ben]);
    expect(await recordedOf(taskId)).toHaveLength(1);
  });

  it("of many at once keeps everyone's", async () => {
    const ids = [world.irina.agentId, world.ben.agentId];
    await Promise.all(ids.map((id) => assign(world.irina, { add: [id] })));
    expect((await idsIn(findAssignees)).toSorted()).toEqual(ids.toSorted());
  });

  it("waits for who archives the project, and finds it archived", async () => {
    const other = new pg.Client({ connectionString: world.databaseUrl });
    await other.connect();
    await other.query("BEGIN");
    await other.query("SELECT FROM conversation WHERE id = $1 FOR NO KEY UPDATE", [taskId]);
    await other.query("UPDATE project SET archived_at = now() WHERE id = $1", [projectId]);
    const assigned = assign(world.irina, { add: [world.ben.agentId] });
    await eventually(async () => (await sql`SELECT FROM pg_locks WHERE NOT granted`).length > 0);
    await other.query("COMMIT");
    await other.end();
    expect(await assigned).toMatchObject({ ok: false, refusal: "project_archived" });
  });

  it("to who left the project stays until it is taken away", async () => {
    granted(await assign(world.irina, { add: [world.ben.agentId] }));
    await takeOutOfProject(world.irina, projectId, world.ben);
    expect(await idsIn(findAssignees)).toEqual([world.ben.agentId]);
    granted(await assign(world.irina, { remove: [world.ben.agentId] }));
    expect(await idsIn(findAssignees)).toEqual([]);
  });

  it("refuses who cannot work on the project, as if they were not there", async () => {
    const gone = await addAgent(world, { name: "Nina", role: "agent", locale: "en" });
    await letIntoProject(world.irina, projectId, gone);
    granted(await disableAgent(world.ann, { agentId: gone.agentId }));
    for (const id of [world.ann.agentId, world.intruder.agentId, gone.agentId, newId(), "x", world.hannah.contactId])
      expect(await refused(world.irina, { add: [world.ben.agentId, id] })).toBe("task_assignee_not_found add");
    await letBenOnlyRead();
    expect(await refused(world.irina, { add: [world.ben.agentId] })).toBe("task_assignee_not_found add");
  });

  it("refuses to take off who is not here at all", async () => {
    for (const id of [world.intruder.agentId, newId(), "x", world.hannah.contactId])
      expect(await refused(world.irina, { remove: [id] })).toBe("task_assignee_not_found remove");
  });

  it("refuses more than twenty", async () => {
    const many = [];
    for (let count = 0; count < 21; count++) {
      const agent = await addAgent(world, { name: `N${count}`, role: "agent", locale: "en" });
      await letIntoProject(world.irina, projectId, agent);
      many.push(agent.agentId);
    }
    granted(await assign(world.irina, { add: many.slice(0, 20) }));
    expect(await refused(world.irina, { add: many.slice(20) })).toBe("task_assignees_too_many add");
    granted(await assign(world.irina, { add: many.slice(20), remove: many.slice(0, 1) }));
  });

  it("is for members, and to all others as if it were not there", async () => {
    await letBenOnlyRead();
    expect(await refused(world.ben, { add: [world.irina.agentId] })).toBe("not_permitted");
    expect(await refused(world.hannah, {})).toBe("not_permitted");
    for (const id of idsOfOthers()) expect(await refused(world.ann, { taskId: id })).toBe("task_not_found taskId");
  });
});
