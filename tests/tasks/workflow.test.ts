import { describe, expect, it } from "vitest";
import { applyMove } from "../../api/tasks/apply-move.ts";
import { SHIPPED, type ShippedWorkflow, shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import {
  groupOf,
  hinderedMoves,
  MOST_MOVES,
  MOST_STATES,
  moveOf,
  offeredMoves,
  readWorkflow,
  refuseMove,
  type Standing,
  type Workflow,
  wayTo,
} from "../../api/tasks/workflow.ts";
import { moveWords, namesOf, nameIn, stateWords } from "../../words/workflows.ts";

const names = Object.keys(SHIPPED) as ShippedWorkflow[];
const engineering = shippedWorkflow("engineering", "en");
const approval = shippedWorkflow("approval", "en");
const at = (stateId: string, task: Partial<Standing> = {}) => ({ stateId, assigneeIds: [], openSubtasks: 0, ...task });
const ann = { agentId: "ann", role: "member" as const };
const owner = { agentId: "olga", role: "owner" as const };
const viewer = { agentId: "vera", role: "viewer" as const };
const move = (workflow: Workflow, id: string) => moveOf(workflow, id)!;

describe("a workflow", () => {
  it.each(names)("that is shipped as %s reads as itself, in both languages", (name) => {
    for (const locale of ["en", "ru"] as const) {
      const workflow = shippedWorkflow(name, locale);
      expect(readWorkflow(structuredClone(workflow))).toEqual({ ok: true, value: workflow });
    }
  });

  it.each(names)("that is shipped as %s is started and finished by /start or /ask, and by /done", (name) => {
    const ids = shippedWorkflow(name, "en").moves.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([name === "approval" ? "ask" : "start", "done", "reopen"]));
  });

  const kanban = shippedWorkflow("kanban", "en");
  // biome-ignore format: a table, aligned
  it.each<[string, unknown, string[]]>([
    ["has no states",             { ...kanban, states: [] },                                            ["states"]],
    ["has too many states",       { ...kanban, states: Array(MOST_STATES + 1).fill(kanban.states[0]) }, ["states"]],
    ["has too many moves",        { ...kanban, moves: Array(MOST_MOVES + 1).fill(kanban.moves[0]) },    ["moves"]],
    ["has an id of capitals",     { ...kanban, states: [{ ...kanban.states[0], id: "Todo" }] },         ["states", "0", "id"]],
    ["has a state without a name", { ...kanban, states: [{ ...kanban.states[0], name: "  " }] },        ["states", "0", "name"]],
    ["has a name with a NUL",     { ...kanban, states: [{ ...kanban.states[0], name: "a\0" }] },        ["states", "0", "name"]],
    ["has an unknown group",      { ...kanban, states: [{ ...kanban.states[0], group: "later" }] },     ["states", "0", "group"]],
    ["has a limit of nothing",    { ...kanban, states: [{ ...kanban.states[0], limit: 0 }] },           ["states", "0", "limit"]],
    ["has a move from nowhere",   { ...kanban, moves: [{ ...kanban.moves[0], from: [] }] },             ["moves", "0", "from"]],
    ["has something more",        { ...kanban, owner: "ann" },                                          []],
    ["is no workflow",            "kanban",                                                             []],
  ])("is not read if it %s", (_, given, path) => {
    expect(readWorkflow(given)).toEqual({ ok: false, refusal: "workflow_invalid", path: ["input", "workflow", ...path] });
  });

  it("is read with its names on one line, without spaces around them", () => {
    const spaced = { ...kanban, states: kanban.states.map((state) => ({ ...state, name: ` ${state.name}\n` })) };
    expect(readWorkflow(spaced)).toEqual({ ok: true, value: kanban });
  });

  it("knows the group of a state", () => {
    expect(groupOf(engineering, "review")).toBe("started");
  });
});

describe("a move", () => {
  // biome-ignore format: a table, aligned
  it.each([
    ["nobody who only reads",                  engineering, "accept",  at("triage"),                                  viewer, "not_permitted"],
    ["nobody from a state that it does not lead from", engineering, "approve", at("doing"),                           owner,  "task_move_impossible"],
    ["nobody where the task stands already",   engineering, "done",    at("done"),                                    owner,  "task_move_impossible"],
    ["owners alone, if it is theirs",          approval,    "approve", at("asked", { assigneeIds: ["ann"] }),         ann,    "task_move_by_owner"],
    ["assignees alone, if it is theirs",       engineering, "submit",  at("doing", { assigneeIds: ["ben"] }),         ann,    "task_move_by_assignee"],
    ["nobody while it needs an assignee",      engineering, "done",    at("testing"),                                 owner,  "task_needs_assignee"],
    ["nobody while it needs subtasks done",    engineering, "done",    at("review", { assigneeIds: ["ann"], openSubtasks: 1 }), ann, "task_needs_subtasks_done"],
    ["an assignee, if it is theirs",           engineering, "submit",  at("doing", { assigneeIds: ["ben", "ann"] }),  ann,    undefined],
    ["an owner, whosever it is",               engineering, "submit",  at("doing", { assigneeIds: ["ben"] }),         owner,  undefined],
    ["a member who says something, if it needs a comment", engineering, "wait", at("doing"),                         ann,    undefined],
  ] as const)("is made by %s", (_, workflow, id, task, mover, refusal) => {
    expect(refuseMove(move(workflow, id), task, mover)).toBe(refusal);
  });

  it("is offered if it may be made, and hindered with a reason if it only leads on", () => {
    const task = at("review", { openSubtasks: 2, assigneeIds: ["ben"] });
    expect(offeredMoves(engineering, task, ann).map(({ id }) => id)).toEqual(["wait", "approve", "send-back"]);
    expect(hinderedMoves(engineering, task, ann)).toEqual([
      { move: move(engineering, "done"), refusal: "task_needs_subtasks_done" },
    ]);
  });

  it("puts a task into a state without a comment, where one of several can", () => {
    const moves = ["wait", "resume", "send-back"].map((id) => move(engineering, id));
    expect(["doing", "waiting", "done"].map((to) => wayTo(to, moves.toReversed())?.id)).toEqual([
      "resume",
      "wait",
      undefined,
    ]);
  });

  it("takes effect in its order: who moves is assigned once, everybody is taken off, a priority is set", () => {
    const task = { stateId: "reported", assigneeIds: ["ben"], priority: "low" as const };
    const start = move(shippedWorkflow("incident", "en"), "start");
    const started = { stateId: "investigating", assigneeIds: ["ben", "ann"], priority: "urgent" as const };
    expect(applyMove(start, task, ann)).toEqual(started);
    expect(applyMove(start, started, ann)).toEqual(started);
    expect(applyMove(move(engineering, "stop"), task, ann)).toEqual({ ...task, stateId: "backlog", assigneeIds: [] });
  });
});

describe("the names of shipped states and moves", () => {
  it("are said in the reader's language, whichever the project began in; others as they were written", () => {
    expect([nameIn("ru", "To do"), nameIn("en", "К выполнению"), nameIn("en", "To do")]).toEqual([
      ...["К выполнению", "To do", "To do"],
    ]);
    expect(nameIn("ru", "Shipping")).toBe("Shipping");
    expect([namesOf("Готово"), namesOf("Shipping")]).toEqual([["Done", "Готово"], ["Shipping"]]);
  });

  it("are one name in the other language each, so that they lead back", () => {
    for (const pair of [...Object.values(stateWords), ...Object.values(moveWords)])
      for (const locale of ["en", "ru"] as const)
        for (const name of namesOf(pair[locale])) expect(nameIn(locale, name)).toBe(pair[locale]);
  });

  it("differ within a workflow", () => {
    for (const name of names)
      for (const locale of ["en", "ru"] as const) {
        const { states } = shippedWorkflow(name, locale);
        expect(new Set(states.map((state) => state.name)).size).toBe(states.length);
      }
  });
});
