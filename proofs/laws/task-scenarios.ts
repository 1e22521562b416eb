import { newId } from "../../api/kernel/id.ts";
import { addChecklistItem } from "../../api/tasks/actions/add-checklist-item.ts";
import { assignTask } from "../../api/tasks/actions/assign-task.ts";
import { labelTask } from "../../api/tasks/actions/label-task.ts";
import { linkTasks } from "../../api/tasks/actions/link-tasks.ts";
import { LINK_SIDES } from "../../api/tasks/events.ts";
import { findChecklists } from "../../api/tasks/part-queries.ts";
import { updateTask } from "../../api/tasks/actions/update-task.ts";
import { globalId } from "../../tests/support/ids.ts";
import { granted, say } from "../../tests/support/story.ts";
import { openGroup } from "../../tests/support/rooms.ts";
import { openTask, taskRow } from "../../tests/support/tasks.ts";
import { openFor } from "./open-for.ts";
import type { Scenario } from "./scenarios.ts";
import { type Scene, staff } from "./scene.ts";

type Maker = (scene: Scene) => Promise<() => Record<string, unknown>>;

/** A mutation of tasks, by anybody who works on the project. */
function working(prepare: Maker, prepareFor?: Record<string, Maker>): Scenario {
  return { by: staff, prepare, ...(prepareFor && { prepareFor }) };
}

/** A scenario for each mutation of tasks. */
export const taskScenarios: Record<string, Scenario> = {
  createTask: {
    by: staff,
    // Of any conversation that the maker sees, a customer's too.
    prepare: async (scene, by) => {
      const maker = scene.world[by as (typeof staff)[number]];
      const message = await say(maker, await openFor(scene, by));
      const parentId = globalId("Task", scene.dice.pick(scene.tasks.ids));
      return () => ({
        ...{ clientId: newId(), projectId: globalId("Project", scene.tasks.projectId) },
        ...{ sourceMessageId: globalId("Message", message.id), parentId, ...saidOf(scene), title: "Mend <b>it</b>" },
      });
    },
  },
  turnIntoTask: {
    // Ann, whose snapshots are looked at, has the group from its beginning; her streams end with it, and go on.
    by: ["ann"],
    prepare: async (scene) => {
      const { ann } = scene.world;
      const group = await openGroup(ann);
      await say(ann, group);
      return () => ({
        ...{ clientId: newId(), conversationId: globalId("Conversation", group) },
        ...{ projectId: globalId("Project", scene.tasks.projectId), title: "Mend <b>all</b>" },
      });
    },
  },
  updateTask: working(async (scene) => {
    const [taskId, parentId] = twoOf(scene);
    // The other one is no part of it.
    granted(await updateTask(scene.world.ann, { taskId: parentId, parentId: null }));
    return () => ({
      ...{ taskId: globalId("Task", taskId), parentId: globalId("Task", parentId), ...saidOf(scene) },
      ...scene.dice.pick([{}, { estimateMinutes: scene.dice.between(1, 90) }, { estimateMinutes: null }]),
    });
  }),
  assignTask: working(async (scene) => {
    const taskId = one(scene);
    const { ann, irina } = scene.world;
    if (scene.dice.happens(0.5)) granted(await assignTask(ann, { taskId, add: [ann.agentId], remove: [] }));
    const idOf = ({ agentId }: typeof ann) => globalId("Agent", agentId);
    return () => ({ ...placeOf(taskId), add: [idOf(scene.dice.pick([ann, irina]))], remove: [idOf(irina)] });
  }),
  watchTask: working(async (scene) => () => placeOf(one(scene))),
  unwatchTask: working(async (scene) => () => placeOf(one(scene))),
  rankTask: working(
    async (scene) => {
      const [taskId, after] = await neighbours(scene);
      return () => ({ ...placeOf(taskId), beside: { after: globalId("Task", after) } });
    },
    {
      before: async (scene) => {
        const [taskId, before] = await neighbours(scene);
        return () => ({ ...placeOf(taskId), beside: { before: globalId("Task", before) } });
      },
    },
  ),
  labelTask: working(async (scene) => {
    const [taskId, { labelIds }] = [one(scene), scene.tasks];
    if (scene.dice.happens(0.5))
      granted(await labelTask(scene.world.irina, { taskId, add: labelIds.slice(0, 1), remove: [] }));
    const [first, second] = labelIds.map((id) => globalId("Label", id));
    return () =>
      scene.dice.pick([{ add: [first, second] }, { remove: [first] }].map((way) => ({ ...placeOf(taskId), ...way })));
  }),
  addChecklistItem: working(async (scene) => () => ({
    ...placeOf(one(scene)),
    clientId: newId(),
    text: "Switch <i>on</i>",
  })),
  updateChecklistItem: working(async (scene) => {
    const itemId = globalId("ChecklistItem", await itemOf(scene));
    const { dice } = scene;
    return () => ({
      itemId,
      isDone: dice.happens(0.5),
      position: dice.between(1, 3),
      ...dice.pick([{}, { text: "Wait" }]),
    });
  }),
  removeChecklistItem: working(async (scene) => {
    const itemId = globalId("ChecklistItem", await itemOf(scene));
    return () => ({ itemId });
  }),
  linkTasks: working(async (scene) => {
    const [taskId, otherId] = await unlinkedTwo(scene);
    return () => ({ ...placeOf(taskId), otherId: globalId("Task", otherId), kind: scene.dice.pick(SIDES) });
  }),
  unlinkTasks: working(async (scene) => {
    const [taskId, otherId] = await unlinkedTwo(scene);
    const kind = scene.dice.pick(LINK_SIDES);
    granted(await linkTasks(scene.world.irina, { taskId, otherId, kind, isOn: true }));
    return () => ({ ...placeOf(taskId), otherId: globalId("Task", otherId), kind: kind.toUpperCase() });
  }),
};

const SIDES = LINK_SIDES.map((side) => side.toUpperCase());

function placeOf(taskId: string) {
  return { taskId: globalId("Task", taskId) };
}

function one({ dice, tasks }: Scene): string {
  return dice.pick(tasks.ids);
}

/** Two tasks of one column: others are made where these two have been moved apart. */
async function neighbours(scene: Scene): Promise<[string, string]> {
  const two = twoOf(scene);
  const { ann } = scene.world;
  const [one, other] = await Promise.all(two.map((id) => taskRow(ann, id)));
  if (one!.stateId === other!.stateId) return two;
  const { projectId } = scene.tasks;
  return [await openTask(ann, projectId), await openTask(ann, projectId)];
}

function twoOf({ dice, tasks }: Scene): [string, string] {
  const first = dice.pick(tasks.ids);
  return [first, dice.pick(tasks.ids.filter((id) => id !== first))];
}

/** Two tasks that have nothing to do with each other, nor with any other: nothing closes a circle. */
async function unlinkedTwo(scene: Scene): Promise<[string, string]> {
  const [taskId, otherId] = twoOf(scene);
  for (const from of scene.tasks.ids)
    for (const to of scene.tasks.ids)
      for (const kind of ["blocks", "relates", "duplicates"] as const)
        if (from !== to) granted(await linkTasks(scene.world.ann, { taskId: from, otherId: to, kind, isOn: false }));
  return [taskId, otherId];
}

function saidOf({ dice }: Scene) {
  return {
    ...dice.pick([{ type: "TASK" }, { type: "EPIC" }, { type: "BUG", severity: "BLOCKER" }]),
    ...dice.pick([{}, { title: '<b>Die</b> & "Lampe"' }, { title: "Лампа не горит" }]),
    ...dice.pick([{}, { description: "**Look** at </textarea><script>it" }]),
    ...{ priority: dice.pick(["NONE", "LOW", "NORMAL", "HIGH", "URGENT"]) },
    ...dice.pick([{}, { due: { date: { date: "2026-11-27", zone: "Asia/Tokyo" } } }]),
    ...dice.pick([{}, { due: { instant: { at: "2026-11-27T17:00:00.000Z" } } }]),
  };
}

/** A line of a checklist of several. */
async function itemOf(scene: Scene): Promise<string> {
  const { world, dice } = scene;
  const taskId = one(scene);
  for (const text of ["Screw", "Switch on"])
    granted(await addChecklistItem(world.ann, { clientId: newId(), taskId, text }));
  const items = (await findChecklists(world.workspaceId, [taskId])).get(taskId)!;
  return dice.pick(items.slice(-2)).id;
}
