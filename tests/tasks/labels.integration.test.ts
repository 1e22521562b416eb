import { describe, expect, it } from "vitest";
import type { Actor } from "../../api/kernel/actor.ts";
import { newId } from "../../api/kernel/id.ts";
import { createLabel, type CreateLabelInput } from "../../api/tasks/actions/create-label.ts";
import { deleteLabel } from "../../api/tasks/actions/delete-label.ts";
import { labelTask, type LabelTaskInput } from "../../api/tasks/actions/label-task.ts";
import { updateLabel, type UpdateLabelInput } from "../../api/tasks/actions/update-label.ts";
import { updateProject } from "../../api/tasks/actions/update-project.ts";
import { findLabel, findLabels, findTaskLabels } from "../../api/tasks/part-queries.ts";
import { recordedOf, refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { idsOfOthers, letBenOnlyRead, projectId, setTaskScene, taskId, world } from "../support/task-scene.ts";
import { openLabel, openProject, openTask, taskRow } from "../support/tasks.ts";

setTaskScene();

const create = (actor: Actor, change: Partial<CreateLabelInput> = {}) =>
  createLabel(actor, { clientId: newId(), projectId, name: newId(), colour: "red", ...change });
const onTask = async () => ((await findTaskLabels(world.workspaceId, [taskId])).get(taskId) ?? []).map(({ id }) => id);

const versions = (...ids: string[]) => Promise.all(ids.map(async (id) => (await taskRow(world.irina, id)).version));
const toldOfLabels = { type: "task.changed", payload: { what: ["labels"] } };

describe("making a label", () => {
  it("keeps its name in one line, and lists it in its project by name", async () => {
    granted(await create(world.irina, { name: " Brass\n lamp " }));
    granted(await create(world.irina, { name: "art" }));
    const labels = (await findLabels(world.workspaceId, [projectId])).get(projectId)!;
    expect(labels.map(({ name, colour }) => [name, colour])).toEqual([
      ["art", "red"],
      ["Brass lamp", "red"],
    ]);
  });

  it("gives a name once in a project, however it is written, also at once", async () => {
    const made = await Promise.all(["Bug", "BUG", "bug", "ｂｕｇ"].map((name) => create(world.irina, { name })));
    expect(made.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await refusalOf(() => create(world.irina, { name: "bUG" }))).toBe("label_name_taken name");
    granted(await create(world.ben, { name: "bug", projectId: await openProject(world.ben) }));
  });

  it("again under the same clientId answers with the first", async () => {
    const input = { clientId: newId(), name: "Once" };
    const made = await Promise.all([create(world.irina, input), create(world.irina, input)]);
    expect(new Set(made.map((one) => granted(one).labelId)).size).toBe(1);
    expect(await refusalOf(() => create(world.irina, { ...input, name: "Twice" }))).toBe("client_id_conflict clientId");
    expect(await refusalOf(() => create(world.irina, { clientId: " " }))).toBe("client_id_invalid clientId");
  });

  it("refuses a name that is none, and more than a hundred", async () => {
    expect(await refusalOf(() => create(world.irina, { name: " " }))).toBe("label_name_invalid name");
    expect(await refusalOf(() => create(world.irina, { name: "x".repeat(41) }))).toBe("label_name_invalid name");
    for (let count = 0; count < 100; count++) await openLabel(world.irina, projectId);
    expect(await refusalOf(() => create(world.irina))).toBe("labels_too_many projectId");
  });

  it("is for the project's owners, where it is not archived, and to all others as if it were not there", async () => {
    expect(await refusalOf(() => create(world.ben))).toBe("not_permitted");
    expect(await refusalOf(() => create(world.hannah))).toBe("not_permitted");
    for (const id of [projectId, newId(), "x"])
      expect(await refusalOf(() => create(world.ann, { projectId: id }))).toBe("project_not_found projectId");
    granted(await updateProject(world.irina, { projectId, isArchived: true }));
    expect(await refusalOf(() => create(world.irina))).toBe("project_archived");
  });
});

describe("changing a label", () => {
  const change = (actor: Actor, input: UpdateLabelInput) => updateLabel(actor, input);

  it("changes what is given and leaves the rest", async () => {
    const labelId = await openLabel(world.irina, projectId, "Red");
    granted(await change(world.irina, { labelId, colour: "blue" }));
    expect(await findLabel(world.ben, labelId)).toMatchObject({ name: "Red", colour: "blue" });
    granted(await change(world.irina, { labelId, name: "RED" }));
    expect(await findLabel(world.ben, labelId)).toMatchObject({ name: "RED", key: "red", colour: "blue" });
  });

  it("is told of each task that has it, once, and not at all where nothing is changed", async () => {
    const [labelId, other] = [await openLabel(world.irina, projectId, "Red"), await openLabel(world.irina, projectId)];
    const [second, without] = [await openTask(world.ben, projectId), await openTask(world.ben, projectId)];
    for (const id of [taskId, second])
      granted(await labelTask(world.ben, { taskId: id, add: [labelId, other], remove: [] }));
    const before = await versions(taskId, second, without);
    granted(await change(world.irina, { labelId, name: "RED", colour: "green" }));
    granted(await change(world.irina, { labelId, name: "RED", colour: "green" }));
    expect(await versions(taskId, second, without)).toEqual([before[0]! + 1, before[1]! + 1, before[2]]);
    for (const id of [taskId, second]) expect((await recordedOf(id)).slice(-1)).toMatchObject([toldOfLabels]);
    expect((await recordedOf(taskId)).filter(({ type }) => type === "task.changed")).toHaveLength(2);
  });

  it("refuses a name that is none or another one's", async () => {
    const [labelId] = [await openLabel(world.irina, projectId), await openLabel(world.irina, projectId, "Taken")];
    expect(await refusalOf(() => change(world.irina, { labelId, name: " " }))).toBe("label_name_invalid name");
    expect(await refusalOf(() => change(world.irina, { labelId, name: "taken" }))).toBe("label_name_taken name");
  });

  it("is for the project's owners, and to all others as if it were not there", async () => {
    const labelId = await openLabel(world.irina, projectId);
    expect(await refusalOf(() => change(world.ben, { labelId, name: "Mine" }))).toBe("not_permitted");
    expect(await refusalOf(() => change(world.hannah, { labelId, name: "Mine" }))).toBe("not_permitted");
    for (const id of [labelId, newId(), "x"])
      expect(await refusalOf(() => change(world.ann, { labelId: id, name: "Mine" }))).toBe("label_not_found labelId");
  });
});

describe("doing away with a label", () => {
  it("takes it off all tasks, and is told of each", async () => {
    const [labelId, without] = [await openLabel(world.irina, projectId), await openTask(world.ben, projectId)];
    granted(await labelTask(world.ben, { taskId, add: [labelId], remove: [] }));
    const [before, others] = await versions(taskId, without);
    granted(await deleteLabel(world.irina, { labelId }));
    expect(await onTask()).toEqual([]);
    expect(await versions(taskId, without)).toEqual([before! + 1, others]);
    expect((await recordedOf(taskId)).slice(1)).toMatchObject([toldOfLabels]);
    expect(await refusalOf(() => deleteLabel(world.irina, { labelId }))).toBe("label_not_found labelId");
  });

  it("is for the project's owners, and to all others as if it were not there", async () => {
    const labelId = await openLabel(world.irina, projectId);
    expect(await refusalOf(() => deleteLabel(world.ben, { labelId }))).toBe("not_permitted");
    expect(await refusalOf(() => deleteLabel(world.hannah, { labelId }))).toBe("not_permitted");
    for (const other of [world.ann, world.intruder])
      expect(await refusalOf(() => deleteLabel(other, { labelId }))).toBe("label_not_found labelId");
  });
});

describe("marking a task", () => {
  const mark = (actor: Actor, change: Partial<LabelTaskInput>) =>
    labelTask(actor, { taskId, add: [], remove: [], ...change });

  it("puts labels on it and takes others off, told without their names", async () => {
    const [one, other] = [await openLabel(world.irina, projectId, "a"), await openLabel(world.irina, projectId, "b")];
    granted(await mark(world.ben, { add: [other, one, one] }));
    expect(await onTask()).toEqual([one, other]);
    granted(await mark(world.ben, { add: [one], remove: [one, other] }));
    expect(await onTask()).toEqual([one]);
    granted(await mark(world.ben, { add: [one], remove: [other] }));
    const told = (await recordedOf(taskId)).map(({ payload }) => payload);
    const payload = { what: ["labels"], by: { kind: "agent", id: world.ben.agentId } };
    expect(told).toEqual([payload, payload]);
  });

  it("refuses labels of another project, and those that are none", async () => {
    const elsewhere = await openLabel(world.ben, await openProject(world.ben));
    for (const id of [elsewhere, newId(), "x"])
      for (const field of ["add", "remove"])
        expect(await refusalOf(() => mark(world.ben, { [field]: [id] }))).toBe(`label_not_found ${field}`);
  });

  it("refuses more than twenty", async () => {
    const labels: string[] = [];
    for (let count = 0; count < 21; count++) labels.push(await openLabel(world.irina, projectId));
    expect(await refusalOf(() => mark(world.ben, { add: labels }))).toBe("task_labels_too_many add");
    granted(await mark(world.ben, { add: labels.slice(1) }));
  });

  it("is for members, and to all others as if it were not there", async () => {
    await letBenOnlyRead();
    expect(await refusalOf(() => mark(world.ben, {}))).toBe("not_permitted");
    for (const id of idsOfOthers())
      expect(await refusalOf(() => mark(world.ann, { taskId: id }))).toBe("task_not_found taskId");
  });
});
