import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedStates } from "../../api/tasks/change-workflow.ts";
import { shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { diceFor } from "../../proofs/dice.ts";
import { soundWorkflow } from "../../proofs/workflows/generate.ts";

const kanban = shippedWorkflow("kanban", "en");

describe("a change of a workflow", () => {
  it("to itself, or to other names, changes no state", () => {
    const renamed = { ...kanban, states: kanban.states.map((state) => ({ ...state, name: `${state.name}!` })) };
    for (const after of [kanban, renamed]) expect(changedStates({ before: kanban, after }, []).size).toBe(0);
  });

  it("takes each state that goes to where the map says, and names those of which it says nothing", () => {
    const after = shippedWorkflow("incident", "en");
    expect([...changedStates({ before: kanban, after }, [{ from: "doing", to: "fixing" }])]).toEqual([
      ...[
        ["todo", null],
        ["doing", "fixing"],
        ["done", null],
        ["cancelled", null],
      ],
    ]);
  });

  it("heeds no map of a state that stays", () => {
    expect([...changedStates({ before: kanban, after: kanban }, [{ from: "todo", to: "done" }])]).toEqual([]);
  });

  it("leaves every state where it was in the same group, between any two workflows", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        const [before, after] = [soundWorkflow(diceFor(one, "before")), soundWorkflow(diceFor(other, "after"))];
        const map = before.states.map(({ id: from }) => ({ from, to: after.start }));
        const changed = changedStates({ before, after }, map);
        for (const { id, group } of before.states) {
          const kept = after.states.find((state) => state.id === id);
          const expected = kept ? (kept.group === group ? undefined : id) : after.start;
          expect(changed.get(id)).toBe(expected);
        }
      }),
    );
  });
});
