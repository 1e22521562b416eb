import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { updateProject } from "../../api/tasks/actions/update-project.ts";
import { updateWorkflow, type UpdateWorkflowInput } from "../../api/tasks/actions/update-workflow.ts";
import { findProject } from "../../api/tasks/queries.ts";
import { shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import type { Workflow } from "../../api/tasks/workflow.ts";
import { tellRefusal } from "../../words/refusals.ts";
import { openWorld } from "../support/open-world.ts";
import { recordedOf, refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { letIntoProject, openProject, openTask, taskRow } from "../support/tasks.ts";
import type { World } from "../support/world.ts";

let world: World;
/** By the workflow for kanban. Owned by Irina; Ben is a member. */
let projectId: string;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  projectId = await openProject(world.irina, { members: [world.ben] });
});

const kanban = shippedWorkflow("kanban", "en");
/** With "Review" in place of "In progress". */
const reviewing = without(kanban, "doing", "review");
const map = [{ from: "doing", to: "review" }];

/** The workflow with another state in place of one, under which all moves go on. */
function without(workflow: Workflow, gone: string, instead: string): Workflow {
  const swap = (id: string) => (id === gone ? instead : id);
  return {
    ...workflow,
    states: workflow.states.map((state) => (state.id === gone ? { ...state, id: instead, name: "Review" } : state)),
    moves: workflow.moves.map((move) => ({
      ...{ ...move, to: swap(move.to) },
      from: move.from === "any" ? move.from : move.from.map(swap),
    })),
  };
}

const update = (actor: Actor, given: Partial<UpdateWorkflowInput> = {}) =>
  updateWorkflow(actor, { projectId, workflow: reviewing, version: 1, map, ...given });
const refused = (actor: Actor, given: Partial<UpdateWorkflowInput> = {}) => refusalOf(() => update(actor, given));

async function openIn(stateId: "todo" | "doing" | "done"): Promise<string> {
  const taskId = await openTask(world.ben, projectId);
  const moves = { todo: [], doing: ["start"], done: ["done"] }[stateId];
  for (const moveId of moves) granted(await moveTask(world.ben, { taskId, moveId }));
  return taskId;
}

describe("changing a workflow", () => {
  it("moves the tasks of a state that goes, in their order, tells so, and leaves the others", async () => {
    const [todo, first, second] = [await openIn("todo"), await openIn("doing"), await openIn("doing")];
    const before = await taskRow(world.irina, first);
    await sql`DELETE FROM outbox`;
    granted(await update(world.irina));
    expect(await findProject(world.irina, projectId)).toMatchObject({ workflow: reviewing, workflowVersion: 2 });
    expect(await taskRow(world.irina, todo)).toMatchObject({ stateId: "todo", version: 1 });
    const [one, two] = [await taskRow(world.irina, first), await taskRow(world.irina, second)];
    expect(one).toMatchObject({ stateId: "review", stateGroup: "started", version: before.version + 1 });
    expect(one.rank < two.rank).toBe(true);
    const by = { kind: "agent", id: world.irina.agentId };
    expect(await recordedOf(first)).toMatchObject([
      { type: "task.moved", customerSeq: null, payload: { moveId: null, from: "doing", to: "review", by } },
    ]);
    expect(await recordedOf(todo)).toEqual([]);
    granted(await moveTask(world.ben, { taskId: first, moveId: "done" }));
  });

  it("moves thousands at once, each with a number and an event of its own", async () => {
    const taskId = await openIn("doing");
    await sql`
      WITH more AS (
        INSERT INTO conversation (workspace_id, id, space_id, kind, staff_seq, staff_activity_at, customer_activity_at, created_at)
        SELECT workspace_id, gen_random_uuid(), space_id, kind, staff_seq, staff_activity_at, customer_activity_at, created_at
        FROM conversation, generate_series(1, 3000) WHERE id = ${taskId} RETURNING id)
      INSERT INTO task (workspace_id, conversation_id, project_id, number, title, state_id, state_group, state_at, rank, created_by_id, created_at)
      SELECT task.workspace_id, more.id, project_id, 1 + row_number() OVER (), title, state_id, state_group, state_at, rank, created_by_id, created_at
      FROM task, more WHERE conversation_id = ${taskId}`;
    granted(await update(world.irina));
    const [counted] = await sql`
      SELECT count(*)::int AS tasks, count(DISTINCT conversation_id)::int AS told,
        bool_and(outbox.staff_seq = conversation.staff_seq) AS "isLast"
      FROM task JOIN conversation ON id = conversation_id JOIN outbox USING (conversation_id)
      WHERE project_id = ${projectId} AND state_id = 'review' AND outbox.type = 'task.moved' AND payload->>'moveId' IS NULL`;
    expect(counted).toEqual({ tasks: 3001, told: 3001, isLast: true });
  });

  it("tells of tasks whose state means something else from now on, and when they come to an end by it", async () => {
    const taskId = await openIn("doing");
    const states = kanban.states.map((state) =>
      state.id === "doing" ? { ...state, group: "completed" as const } : state,
    );
    await sql`DELETE FROM outbox`;
    granted(await update(world.irina, { workflow: { ...kanban, states }, map: [] }));
    const task = await taskRow(world.irina, taskId);
    expect(task).toMatchObject({ stateId: "doing", stateGroup: "completed", completedAt: expect.any(Date) });
    expect(await recordedOf(taskId)).toMatchObject([
      { type: "task.moved", payload: { moveId: null, from: "doing", to: "doing" } },
    ]);
  });

  it("asks nothing about a state without tasks, and nothing is told where none moves", async () => {
    const taskId = await openIn("todo");
    await sql`DELETE FROM outbox`;
    granted(await update(world.irina, { map: [] }));
    expect(await recordedOf(taskId)).toEqual([]);
  });

  it("is refused as long as nobody has said where the tasks of a state go, which it names", async () => {
    await openIn("doing");
    expect(await refused(world.irina, { map: [] })).toBe("workflow_state_needed map");
    const outcome = await update(world.irina, { map: [] });
    expect(outcome.ok ? "" : tellRefusal(outcome, "ru")).toContain(
      "В состоянии «В работе», которого не станет, есть задачи",
    );
  });

  it("is refused where tasks would go to a state that is none then", async () => {
    await openIn("doing");
    for (const to of ["nowhere", "doing"])
      expect(await refused(world.irina, { map: [{ from: "doing", to }] })).toBe("workflow_state_unknown map");
  });

  it("to one that is broken is refused with all that is wrong with it", async () => {
    const workflow = { ...kanban, start: "nowhere", moves: kanban.moves.map((move) => ({ ...move, id: "help" })) };
    expect(await refused(world.irina, { workflow })).toBe("workflow_broken workflow");
    const outcome = await update(world.irina, { workflow });
    const kinds = new Set(("faults" in outcome ? (outcome.faults ?? []) : []).map(({ kind }) => kind));
    expect([...kinds]).toEqual(["no_start", "duplicate_move_id", "reserved_move_id"]);
  });

  it("to what is none is refused", async () => {
    expect(await refused(world.irina, { workflow: { ...kanban, states: [] } })).toBe(
      "workflow_invalid workflow states",
    );
  });

  it("is refused to who has not seen how it is by now", async () => {
    granted(await update(world.irina));
    expect(await refused(world.irina)).toBe("workflow_changed_meanwhile version");
  });

  it("by two at once is done by one", async () => {
    const outcomes = await Promise.all([update(world.irina), update(world.irina, { workflow: kanban })]);
    expect(outcomes.map((outcome) => (outcome.ok ? "done" : outcome.refusal)).toSorted()).toEqual([
      ...["done", "workflow_changed_meanwhile"],
    ]);
  });

  it("while tasks are moved leaves none where there is no state", async () => {
    const tasks = await Promise.all(Array.from({ length: 12 }, () => openIn("todo")));
    const [changed, ...moved] = await Promise.all([
      update(world.irina),
      ...tasks.map((taskId) => moveTask(world.ben, { taskId, moveId: "start" })),
    ]);
    granted(changed);
    for (const outcome of moved) granted(outcome);
    for (const id of tasks) expect((await taskRow(world.irina, id)).stateId).toBe("review");
  });

  it("is for the project's owners, and of a project that is not archived", async () => {
    expect(await refused(world.ben)).toBe("not_permitted");
    expect(await refused(world.hannah)).toBe("not_permitted");
    await letIntoProject(world.irina, projectId, world.ann, "viewer");
    granted(await update(world.ann));
    granted(await updateProject(world.irina, { projectId, isArchived: true }));
    expect(await refused(world.irina, { version: 2 })).toBe("project_archived");
  });

  it("is refused to all who are not in it as if it were not there", async () => {
    for (const other of [world.ann, world.intruder]) expect(await refused(other)).toBe("project_not_found projectId");
    expect(await refused(world.irina, { projectId: newId() })).toBe("project_not_found projectId");
  });
});
