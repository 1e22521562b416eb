import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkWorkflow, type FaultKind } from "../../api/tasks/check-workflow.ts";
import { SHIPPED, type ShippedWorkflow, shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { tellFault } from "../../api/tasks/tell-fault.ts";
import { isEnd, type Workflow } from "../../api/tasks/workflow.ts";
import { diceFor } from "../../proofs/dice.ts";
import { soundWorkflow } from "../../proofs/workflows/generate.ts";
import { plants } from "../../proofs/workflows/plants.ts";

const names = Object.keys(SHIPPED) as ShippedWorkflow[];
const kinds = Object.keys(plants) as FaultKind[];
const seeds = fc.nat();

/** A workflow of any moves between a few states, whether it makes sense or not. */
const anyWorkflow: fc.Arbitrary<Workflow> = fc.integer({ min: 1, max: 7 }).chain((count) => {
  const id = fc.nat({ max: count - 1 }).map((index) => `s${index}`);
  const groups = fc.array(fc.constantFrom("started", "started", "completed", "cancelled" as const), {
    ...{ minLength: count, maxLength: count },
  });
  const move = fc.record({ from: fc.oneof(fc.constant("any" as const), fc.uniqueArray(id, { minLength: 1 })), to: id });
  return fc.tuple(groups, fc.array(move, { maxLength: 10 })).map(([groups, moves]) => ({
    states: groups.map((group, index) => ({ id: `s${index}`, name: `State ${index}`, group })),
    moves: moves.map((one, index) => ({
      ...{ id: `m${index}`, name: `Move ${index}`, by: "member" as const, needs: [], effects: [], ...one },
    })),
    start: "s0",
  }));
});

/** Which states lead to which, over any number of moves: the plain closure, state by state by state. */
function closureOf({ states, moves }: Workflow): boolean[][] {
  const ids = states.map(({ id }) => id);
  const leads = ids.map((from) =>
    ids.map(
      (to) => from === to || moves.some((move) => move.to === to && (move.from === "any" || move.from.includes(from))),
    ),
  );
  for (const middle of ids.keys())
    for (const from of ids.keys())
      for (const to of ids.keys()) leads[from]![to] ||= leads[from]![middle]! && leads[middle]![to]!;
  return leads;
}

describe("the checker of workflows", () => {
  it.each(names)("finds nothing wrong with the shipped %s", (name) => {
    for (const locale of ["en", "ru"] as const) expect(checkWorkflow(shippedWorkflow(name, locale))).toEqual([]);
  });

  it("finds nothing wrong with what was made to make sense", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(checkWorkflow(soundWorkflow(diceFor(seed, "test")))).toEqual([]);
      }),
    );
  });

  it.each(kinds)("finds one %s where it is the one thing that is wrong", (kind) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const dice = diceFor(seed, "test");
        const { broken, fault } = plants[kind]({ dice, sound: soundWorkflow(dice) });
        expect(checkWorkflow(broken)).toEqual([fault]);
      }),
    );
  });

  it("calls unreachable and traps exactly what a closure of all ways does", () => {
    const seen = { unreachable_state: 0, trap: 0 };
    fc.assert(
      fc.property(anyWorkflow, (workflow) => {
        const leads = closureOf(workflow);
        const ends = [...workflow.states.keys()].filter((index) => isEnd(workflow.states[index]!.group));
        const expected = {
          unreachable_state: workflow.states.filter((_, index) => !leads[0]![index]),
          trap: ends.length === 0 ? [] : workflow.states.filter((_, from) => !ends.some((to) => leads[from]![to])),
        };
        const faults = checkWorkflow(workflow);
        for (const kind of ["unreachable_state", "trap"] as const) {
          const found = faults.filter((fault) => fault.kind === kind).map(({ stateId }) => stateId);
          expect(found).toEqual(expected[kind].map(({ id }) => id));
          seen[kind] += found.length;
        }
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(seen.unreachable_state, seen.trap)).toBeGreaterThan(50);
  });

  it("lets moves that never stand side by side have one name", () => {
    const { moves, ...workflow } = shippedWorkflow("kanban", "en");
    const renamed = moves.map((move) =>
      move.id === "stop" || move.id === "reopen" ? { ...move, name: "Back" } : move,
    );
    expect(checkWorkflow({ ...workflow, moves: renamed })).toEqual([]);
  });

  it("takes a shipped name for that in the other language too, as its readers do", () => {
    const { states, moves, ...workflow } = shippedWorkflow("kanban", "en");
    const named = (id: string, name: string) => ({
      ...workflow,
      states: states.map((state) => (state.id === id ? { ...state, name } : state)),
      moves: moves.map((move) => (move.id === id ? { ...move, name } : move)),
    });
    const [state, move] = [named("doing", "ГОТОВО"), named("cancel", "завершить")];
    expect(checkWorkflow(state)).toEqual([{ kind: "duplicate_state_name", stateId: "done", moveId: null }]);
    expect(checkWorkflow(move)).toEqual([{ kind: "duplicate_move_name", stateId: "todo", moveId: "cancel" }]);
  });

  it("lets a move be its assignees' where some come with assignees", () => {
    const workflow = shippedWorkflow("kanban", "en");
    const freeing = workflow.moves.map((move) => {
      if (move.id === "done") return { ...move, by: "assignee" as const };
      return move.id === "start" ? { ...move, effects: [{ kind: "unassign" as const }] } : move;
    });
    // Who is assigned may finish it from where tasks begin.
    expect(checkWorkflow({ ...workflow, moves: freeing })).toEqual([]);
    const fromDoing = freeing.map((move) => (move.id === "done" ? { ...move, from: ["doing"] } : move));
    expect(checkWorkflow({ ...workflow, moves: fromDoing })).toEqual([
      { kind: "impossible_guard", moveId: "done", stateId: "doing" },
    ]);
  });

  it("says what is wrong in a sentence that names the state and the move, in the reader's language", () => {
    const workflow = shippedWorkflow("kanban", "en");
    const reopen = { ...workflow.moves.find(({ id }) => id === "reopen")!, to: "done" };
    const broken = { ...workflow, moves: workflow.moves.map((move) => (move.id === "reopen" ? reopen : move)) };
    const [fault] = checkWorkflow(broken);
    expect(tellFault(broken, fault!, "en")).toBe("“Reopen” leads from “Done” to “Done”: it would change nothing.");
    expect(tellFault(broken, fault!, "ru")).toBe(
      "Переход «Открыть снова» ведёт из «Готово» в «Готово»: он ничего не меняет.",
    );
  });

  it("calls a state that is not there by its id", () => {
    const workflow = { ...shippedWorkflow("kanban", "ru"), start: "nowhere" };
    expect(checkWorkflow(workflow).map((fault) => tellFault(workflow, fault, "en"))).toEqual([
      "Tasks begin in “nowhere”, and there is no such state. Choose where they begin.",
    ]);
  });
});
