import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { type Api, startApi } from "../support/api.ts";
import type { Credentials } from "../support/bearers.ts";
import { globalId } from "../support/ids.ts";
import { openProject, openTask } from "../support/tasks.ts";

let api: Api;
/** By the workflow for engineering. Owned by Irina; Ben is a member. */
let projectId: string;
let taskId: string;

beforeAll(async () => {
  api = await startApi();
});
beforeEach(async () => {
  const { irina, ben } = api.world;
  projectId = await openProject(irina, { members: [ben], which: "engineering" });
  taskId = await openTask(irina, projectId);
});

async function asked(as: Credentials, query: string, variables: object = {}) {
  const { data, errors } = await api.ask(as, query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!;
}

const MOVES = "moves { key name needsComment to { key } } hinderedMoves { move { key } code message }";
const MOVE = `mutation ($input: MoveTaskInput!) { moveTask(input: $input) {
  ... on MoveTaskPayload { isMoved task { state { key } ${MOVES} } } ... on UserError { __typename code path message } } }`;
const UPDATE = `mutation ($input: UpdateWorkflowInput!) { updateWorkflow(input: $input) {
  ... on UpdateWorkflowPayload { project { workflowVersion workflow { start states { key } moves { key from to } } } }
  ... on WorkflowBroken { faults { kind state move message } } ... on UserError { __typename code path } } }`;
const WORKFLOW = `start states { key name group limit }
  moves { key name from to by needs effects { kind priority } }`;

async function moveIt(as: Credentials, moveId: string, more: object = {}) {
  return (await asked(as, MOVE, { input: { taskId: globalId("Task", taskId), moveId, ...more } })).moveTask;
}
async function workflowOf(as: Credentials) {
  const query = `query ($id: ID!) { project(id: $id) { workflow { ${WORKFLOW} } } }`;
  return (await asked(as, query, { id: globalId("Project", projectId) })).project.workflow;
}
async function updateIt(as: Credentials, workflow: object, more: object = {}) {
  const input = { projectId: globalId("Project", projectId), version: 1, workflow, ...more };
  return (await asked(as, UPDATE, { input })).updateWorkflow;
}

describe("moves of a task in the API", () => {
  it("are those that the caller may make, and beside them those that they may not, with why not in their language", async () => {
    const query = `query ($id: ID!) { task(id: $id) { ${MOVES} } }`;
    await moveIt(api.as.irina, "start");
    const { task } = await asked(api.as.ben, query, { id: globalId("Task", taskId) });
    expect(task).toEqual({
      moves: [
        { key: "wait", name: "Wait", needsComment: true, to: { key: "waiting" } },
        { key: "stop", name: "Stop", needsComment: false, to: { key: "backlog" } },
        { key: "cancel", name: "Cancel", needsComment: true, to: { key: "cancelled" } },
      ],
      hinderedMoves: [
        {
          ...{ move: { key: "submit" }, code: "task_move_by_assignee" },
          message: "Only who is assigned to the task may do this.",
        },
      ],
    });
    const own = await asked(api.as.irina, query, { id: globalId("Task", taskId) });
    expect(own.task.moves.map(({ key }: { key: string }) => key)).toEqual(["wait", "submit", "stop", "cancel"]);
  });

  it("are none to whoever only reads", async () => {
    const query = "query ($id: ID!) { task(id: $id) { moves { key } hinderedMoves { code } } }";
    const id = globalId("Task", taskId);
    await sql`UPDATE space_member SET role = 'viewer' WHERE agent_id = ${api.world.ben.agentId}
      AND space_id = (SELECT space_id FROM project WHERE id = ${projectId})`;
    const { task } = await asked(api.as.ben, query, { id });
    expect(task.moves).toEqual([]);
    expect(task.hinderedMoves).toContainEqual({ code: "not_permitted" });
  });

  it("are made by a mutation that says whether it moved anything", async () => {
    const given = { expectedState: "triage", comment: "On it" };
    const moved = await moveIt(api.as.ben, "start", given);
    expect(moved).toMatchObject({ isMoved: true, task: { state: { key: "doing" } } });
    expect(moved.task.moves.map(({ key }: { key: string }) => key)).toContain("submit");
    expect(await moveIt(api.as.irina, "start", given)).toMatchObject({ isMoved: false });
  });

  it("are refused in words that name where the task is", async () => {
    await moveIt(api.as.ben, "start");
    expect(await moveIt(api.as.irina, "plan", { expectedState: "triage" })).toEqual({
      ...{ __typename: "Conflict", code: "task_moved_meanwhile", path: ["input", "expectedState"] },
      message: "Задачу тем временем переместили: теперь она в «В работе».",
    });
    expect(await moveIt(api.as.ben, "approve")).toMatchObject({
      __typename: "IllegalMove",
      code: "task_move_impossible",
    });
  });
});

describe("workflows in the API", () => {
  it("that are shipped are told in the caller's language", async () => {
    const { shippedWorkflows } = await asked(
      api.as.irina,
      `{ shippedWorkflows { which name about workflow { ${WORKFLOW} } } }`,
    );
    expect(shippedWorkflows.map(({ which }: { which: string }) => which)).toEqual([
      ...["KANBAN", "ENGINEERING", "INCIDENT", "APPROVAL"],
    ]);
    expect(shippedWorkflows[0]).toMatchObject({
      name: "Канбан",
      workflow: { states: [{ name: "К выполнению" }, {}, {}, {}] },
    });
  });

  it("are told as they can be given back", async () => {
    const workflow = await workflowOf(api.as.irina);
    const { checkWorkflow } = await asked(
      api.as.irina,
      "query ($workflow: WorkflowInput!) { checkWorkflow(workflow: $workflow) { kind } }",
      { workflow },
    );
    expect(checkWorkflow).toEqual([]);
    const updated = await updateIt(api.as.irina, workflow);
    expect(updated.project.workflowVersion).toBe(2);
    expect(await workflowOf(api.as.irina)).toEqual(workflow);
  });

  it("that are broken are refused with all that is wrong with them, in sentences", async () => {
    const workflow = await workflowOf(api.as.irina);
    const broken = { ...workflow, start: "nowhere" };
    const fault = {
      ...{ kind: "no_start", state: "nowhere", move: null },
      message: "Задачи начинаются в «nowhere», а такого состояния нет. Выберите, где они начинаются.",
    };
    expect(await updateIt(api.as.irina, broken)).toEqual({
      ...{ __typename: "WorkflowBroken", code: "workflow_broken", path: ["input", "workflow"], faults: [fault] },
    });
  });

  it("of another shape are refused, by the field that cannot be taken", async () => {
    const workflow = await workflowOf(api.as.irina);
    const states = [{ ...workflow.states[0], key: "Triage" }, ...workflow.states.slice(1)];
    expect(await updateIt(api.as.irina, { ...workflow, states })).toEqual({
      ...{ __typename: "InvalidInput", code: "workflow_invalid" },
      path: ["input", "workflow", "states", "0", "key"],
    });
    const { errors } = await api.ask(
      api.as.irina,
      "query ($workflow: WorkflowInput!) { checkWorkflow(workflow: $workflow) { kind } }",
      { workflow: { ...workflow, states } },
    );
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });

  it("that lose a state with tasks ask where these go", async () => {
    const { states, moves, start } = await workflowOf(api.as.irina);
    const smaller = {
      start: "backlog",
      states: states.filter(({ key }: { key: string }) => key !== start),
      moves: moves
        .filter(({ key }: { key: string }) => key !== "accept")
        .map((move: { from: string[] }) => ({ ...move, from: move.from.filter((from) => from !== start) })),
    };
    expect(await updateIt(api.as.irina, smaller)).toMatchObject({
      __typename: "InvalidInput",
      code: "workflow_state_needed",
    });
    const updated = await updateIt(api.as.irina, smaller, { map: [{ from: start, to: "todo" }] });
    expect(updated.project.workflow.start).toBe("backlog");
  });
});
