import { findStandings } from "../../api/tasks/move-queries.ts";
import { shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { offeredMoves, type Workflow, workflowOf } from "../../api/tasks/workflow.ts";
import { globalId } from "../../tests/support/ids.ts";
import { letIntoProject, openProject } from "../../tests/support/tasks.ts";
import type { Exemption, Scenario } from "./scenarios.ts";
import { type Scene, staff } from "./scene.ts";

/** A scenario for each mutation of workflows. */
export const workflowScenarios: Record<string, Scenario | Exemption> = {
  moveTask: {
    by: staff,
    prepare: async (scene) => {
      const taskId = scene.dice.pick(scene.tasks.ids);
      const moveId = await moveFor(scene, taskId);
      const comment = scene.dice.pick(["On it", "<b>Жду</b> @ann", "x".repeat(1_000)]);
      return () => ({ taskId: globalId("Task", taskId), moveId, comment });
    },
  },
  updateWorkflow: {
    exempt: "A workflow is read anew by whoever opens its project: no event tells of it, but of tasks that it moves.",
    by: ["ann"],
    prepare: async ({ world: { ann, irina } }) => {
      const projectId = await openProject(ann);
      await letIntoProject(ann, projectId, irina);
      const workflow = givenOf(shippedWorkflow("incident", "en"));
      const map = [{ from: "todo", to: "reported" }];
      return () => ({ projectId: globalId("Project", projectId), version: 1, workflow, map });
    },
  },
};

/** A move that every member may make: the workflow has one wherever a task stands. */
async function moveFor({ world: { irina }, dice }: Scene, taskId: string): Promise<string> {
  const { standing, workflow, role } = (await findStandings(irina, [taskId])).get(taskId)!;
  const offered = offeredMoves(workflowOf({ workflow }), standing, { agentId: irina.agentId, role });
  return dice.pick(offered.filter(({ by }) => by === "member")).id;
}

/** A workflow as the API takes it. */
function givenOf({ states, moves, start }: Workflow) {
  return {
    states: states.map(({ id: key, group, ...state }) => ({ key, group: group.toUpperCase(), ...state })),
    moves: moves.map(({ id: key, from, by, needs, effects, ...move }) => ({
      ...{ key, ...move, from: from === "any" ? null : from, by: by.toUpperCase() },
      needs: needs.map((need) => need.toUpperCase()),
      effects: effects.map((effect) => ({
        kind: effect.kind.toUpperCase(),
        ...(effect.kind === "set_priority" && { priority: effect.priority.toUpperCase() }),
      })),
    })),
    start,
  };
}
