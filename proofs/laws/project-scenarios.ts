import { labelTask } from "../../api/tasks/actions/label-task.ts";
import { newId } from "../../api/kernel/id.ts";
import { globalId } from "../../tests/support/ids.ts";
import { letIntoProject, newKey, openLabel, openProject, openSavedView } from "../../tests/support/tasks.ts";
import { granted } from "../../tests/support/story.ts";
import { openTeam } from "../../tests/support/teams.ts";
import type { Exemption, Scenario } from "./scenarios.ts";
import type { Scene } from "./scene.ts";

const exempt = "A project, its members and views of it are read anew by whoever opens them: no event tells of them.";

/** What only a project's owners do, in one that nothing else needs. */
function governing(prepare: Scenario["prepare"]): Exemption {
  return { exempt, by: ["ann"], prepare };
}

/** A project of Ann's, in which Irina is too, with a label. */
async function freshProject({ world: { ann, irina } }: Scene) {
  const projectId = await openProject(ann);
  await letIntoProject(ann, projectId, irina);
  return { projectId: globalId("Project", projectId), labelId: globalId("Label", await openLabel(ann, projectId)) };
}

/** A label that a task has which all staff follow. */
async function used({ world: { ann }, tasks: { ids }, dice }: Scene, labelId: string): Promise<string> {
  granted(await labelTask(ann, { taskId: dice.pick(ids), add: [labelId], remove: [] }));
  return globalId("Label", labelId);
}

/** A scenario for each mutation of projects, most of them for the laws that look at ids. */
export const projectScenarios: Record<string, Scenario | Exemption> = {
  createProject: governing(async () => () => ({
    clientId: newId(),
    key: newKey(),
    name: "Lamps",
    workflow: "INCIDENT",
  })),
  updateProject: governing(async (scene) => {
    const { projectId } = await freshProject(scene);
    return () => ({ projectId, name: "Brass", isArchived: false });
  }),
  setProjectMember: governing(async (scene) => {
    const { projectId } = await freshProject(scene);
    return () => ({ projectId, agentId: globalId("Agent", scene.world.irina.agentId), role: "VIEWER" });
  }),
  removeProjectMember: governing(async (scene) => {
    const { projectId } = await freshProject(scene);
    return () => ({ projectId, agentId: globalId("Agent", scene.world.irina.agentId) });
  }),
  addProjectTeam: governing(async (scene) => {
    const { projectId } = await freshProject(scene);
    const teamId = globalId("Team", await openTeam(scene.world.ann, { members: [scene.world.irina] }));
    return () => ({ projectId, teamId, role: "VIEWER" });
  }),
  removeProjectTeam: governing(async (scene) => {
    const { projectId } = await freshProject(scene);
    const teamId = globalId("Team", await openTeam(scene.world.ann, { members: [scene.world.irina] }));
    return () => ({ projectId, teamId });
  }),
  createLabel: governing(async (scene) => {
    const { projectId } = await freshProject(scene);
    return () => ({ clientId: newId(), projectId, name: newId(), colour: "RED" });
  }),
  updateLabel: {
    by: ["ann"],
    prepare: async (scene) => {
      const labelId = await used(scene, scene.dice.pick(scene.tasks.labelIds));
      return () => ({ labelId, name: newId(), colour: scene.dice.pick(["RED", "GREEN"]) });
    },
  },
  deleteLabel: {
    by: ["ann"],
    prepare: async (scene) => {
      const labelId = await used(scene, await openLabel(scene.world.ann, scene.tasks.projectId));
      return () => ({ labelId });
    },
  },
  createSavedView: governing(async (scene) => {
    const { projectId } = await freshProject(scene);
    const view = { name: "Late <b>", filter: "is:overdue", shape: "BOARD", isShared: true };
    return () => ({ clientId: newId(), projectId, ...view });
  }),
  updateSavedView: governing(async (scene) => {
    const viewId = await viewOf(scene);
    return () => ({ viewId, name: "Early", filter: "is:open", isShared: false });
  }),
  deleteSavedView: governing(async (scene) => {
    const viewId = await viewOf(scene);
    return () => ({ viewId });
  }),
};

async function viewOf({ world: { ann } }: Scene): Promise<string> {
  return globalId("SavedView", await openSavedView(ann, await openProject(ann)));
}
