import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../../api/kernel/actor.ts";
import { newId } from "../../api/kernel/id.ts";
import { addChecklistItem, type AddChecklistItemInput } from "../../api/tasks/actions/add-checklist-item.ts";
import { removeChecklistItem } from "../../api/tasks/actions/remove-checklist-item.ts";
import { updateChecklistItem, type UpdateChecklistItemInput } from "../../api/tasks/actions/update-checklist-item.ts";
import { updateProject } from "../../api/tasks/actions/update-project.ts";
import { findChecklists } from "../../api/tasks/part-queries.ts";
import { recordedOf, refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { idsOfOthers, letBenOnlyRead, projectId, setTaskScene, taskId, world } from "../support/task-scene.ts";

setTaskScene();

const add = (actor: Actor, change: Partial<AddChecklistItemInput> = {}) =>
  addChecklistItem(actor, { clientId: newId(), taskId, text: "Screw", ...change });
const items = async () => (await findChecklists(world.workspaceId, [taskId])).get(taskId) ?? [];
const texts = async () => (await items()).map(({ text }) => text);
const idOf = async (wanted: string) => (await items()).find(({ text }) => text === wanted)!.id;

describe("adding a line to a checklist", () => {
  it("puts it at the end, told without what it says", async () => {
    for (const text of [" Screw\n in ", "Switch on"]) granted(await add(world.ben, { text }));
    expect(await items()).toMatchObject([
      { text: "Screw in", isDone: false, position: 1 },
      { text: "Switch on", isDone: false, position: 2 },
    ]);
    const payload = { what: ["checklist"], by: { kind: "agent", id: world.ben.agentId } };
    expect((await recordedOf(taskId)).map((told) => told.payload)).toEqual([payload, payload]);
  });

  it("by many at once numbers them without a gap", async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => add(index % 2 ? world.ben : world.irina)));
    expect((await items()).map(({ position }) => position)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
  });

  it("again under the same clientId adds nothing", async () => {
    const input = { clientId: newId(), text: "Once" };
    await Promise.all([add(world.ben, input), add(world.ben, input)]);
    expect(await texts()).toEqual(["Once"]);
    expect(await refusalOf(() => add(world.ben, { ...input, text: "Twice" }))).toBe("client_id_conflict clientId");
  });

  it("refuses a line that is none, more than a hundred, and a clientId that is none", async () => {
    expect(await refusalOf(() => add(world.ben, { text: " " }))).toBe("checklist_item_invalid text");
    expect(await refusalOf(() => add(world.ben, { text: "x".repeat(201) }))).toBe("checklist_item_invalid text");
    expect(await refusalOf(() => add(world.ben, { clientId: "" }))).toBe("client_id_invalid clientId");
    for (let count = 0; count < 100; count++) granted(await add(world.ben));
    expect(await refusalOf(() => add(world.ben))).toBe("checklist_full taskId");
  });

  it("is for members, and to all others as if it were not there", async () => {
    await letBenOnlyRead();
    expect(await refusalOf(() => add(world.ben))).toBe("not_permitted");
    expect(await refusalOf(() => add(world.hannah))).toBe("not_permitted");
    for (const id of idsOfOthers())
      expect(await refusalOf(() => add(world.ann, { taskId: id }))).toBe("task_not_found taskId");
  });
});

describe("changing a checklist", () => {
  beforeEach(async () => {
    for (const text of ["a", "b", "c", "d"]) granted(await add(world.irina, { text }));
  });

  const change = (actor: Actor, input: UpdateChecklistItemInput) => updateChecklistItem(actor, input);

  it("changes what a line says, and whether it is done", async () => {
    granted(await change(world.ben, { itemId: await idOf("b"), text: " B ", isDone: true }));
    expect(await items()).toMatchObject([{ text: "a" }, { text: "B", isDone: true, position: 2 }, {}, {}]);
  });

  it.each([
    { of: "a", to: 3, order: ["b", "c", "a", "d"] },
    { of: "d", to: 1, order: ["d", "a", "b", "c"] },
    { of: "b", to: 99, order: ["a", "c", "d", "b"] },
    { of: "c", to: -5, order: ["c", "a", "b", "d"] },
  ])("moves $of to $to", async ({ of, to, order }) => {
    granted(await change(world.ben, { itemId: await idOf(of), position: to }));
    expect(await texts()).toEqual(order);
    expect((await items()).map(({ position }) => position)).toEqual([1, 2, 3, 4]);
  });

  it("into what it is already is told to nobody", async () => {
    const told = (await recordedOf(taskId)).length;
    granted(await change(world.ben, { itemId: await idOf("b"), text: "b", isDone: false, position: 2 }));
    expect(await recordedOf(taskId)).toHaveLength(told);
  });

  it("keeps an order without gaps whatever is done to it at once", async () => {
    const ids = (await items()).map(({ id }) => id);
    await Promise.all([
      ...ids.map((itemId, index) => change(world.ben, { itemId, position: 4 - index })),
      removeChecklistItem(world.irina, { itemId: ids[1]! }),
      add(world.ben, { text: "e" }),
    ]);
    expect((await items()).map(({ position }) => position)).toEqual([1, 2, 3, 4]);
    expect((await texts()).toSorted()).toEqual(["a", "c", "d", "e"]);
  });

  it("takes a line off, and closes the gap", async () => {
    granted(await removeChecklistItem(world.ben, { itemId: await idOf("b") }));
    expect(await items()).toMatchObject([
      { text: "a", position: 1 },
      { text: "c", position: 2 },
      { text: "d", position: 3 },
    ]);
  });

  it("refuses lines that are none or gone, who only reads, and what is archived", async () => {
    const itemId = await idOf("b");
    for (const id of [newId(), "x", taskId]) {
      expect(await refusalOf(() => change(world.ben, { itemId: id, text: "B" }))).toBe(
        "checklist_item_not_found itemId",
      );
      expect(await refusalOf(() => removeChecklistItem(world.ben, { itemId: id }))).toBe(
        "checklist_item_not_found itemId",
      );
    }
    for (const other of [world.ann, world.intruder])
      expect(await refusalOf(() => change(other, { itemId, text: "B" }))).toBe("checklist_item_not_found itemId");
    expect(await refusalOf(() => change(world.ben, { itemId, text: " " }))).toBe("checklist_item_invalid text");
    expect(await refusalOf(() => change(world.hannah, { itemId, text: "B" }))).toBe("not_permitted");
    await letBenOnlyRead();
    expect(await refusalOf(() => removeChecklistItem(world.ben, { itemId }))).toBe("not_permitted");
    granted(await updateProject(world.irina, { projectId, isArchived: true }));
    expect(await refusalOf(() => change(world.irina, { itemId, text: "B" }))).toBe("project_archived");
  });
});
