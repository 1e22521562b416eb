import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedStates, type KeptWorkflow, keptAfter, nameOfState } from "../../api/tasks/change-workflow.ts";
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

describe("what a state was called that is none any more", () => {
  const approval = shippedWorkflow("approval", "en");
  const incident = shippedWorkflow("incident", "en");

  it("is kept over any number of changes, until the project has such a state again", () => {
    const kept = keptAfter(keptAfter(kanban, incident), approval);
    expect(["todo", "investigating", "draft", "nowhere"].map((id) => nameOfState(kept, id))).toEqual([
      ...["To do", "Investigating", "Draft", "nowhere"],
    ]);
    const renamed = kanban.states.map((state) => (state.id === "todo" ? { ...state, name: "Next" } : state));
    const again = keptAfter(kept, { ...kanban, states: renamed });
    expect(nameOfState(again, "todo")).toBe("Next");
    expect(again.former?.map(({ id }) => id)).not.toContain("todo");
  });

  it("is kept of the last two hundred, and of none where none is gone", () => {
    expect(keptAfter(kanban, kanban)).toEqual(kanban);
    let kept: KeptWorkflow = kanban;
    for (let count = 0; count < 250; count++)
      kept = keptAfter(kept, { ...kanban, states: [{ id: `s${count}`, name: `Name ${count}`, group: "started" }] });
    expect(kept.former).toHaveLength(200);
    expect([nameOfState(kept, "s248"), nameOfState(kept, "s0")]).toEqual(["Name 248", "s0"]);
  });
});
