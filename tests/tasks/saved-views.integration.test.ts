import { describe, expect, it } from "vitest";
import type { Actor } from "../../api/kernel/actor.ts";
import { newId } from "../../api/kernel/id.ts";
import { createSavedView, type CreateSavedViewInput } from "../../api/tasks/actions/create-saved-view.ts";
import { deleteSavedView } from "../../api/tasks/actions/delete-saved-view.ts";
import { updateProject } from "../../api/tasks/actions/update-project.ts";
import { updateSavedView } from "../../api/tasks/actions/update-saved-view.ts";
import { findSavedView, findSavedViews } from "../../api/tasks/saved-view.ts";
import { refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { letBenOnlyRead, projectId, setTaskScene, world } from "../support/task-scene.ts";
import { openSavedView, takeOutOfProject } from "../support/tasks.ts";

setTaskScene();

const view = { name: "Late", filter: "is:overdue", shape: "list", projectId: null, isShared: false } as const;
const create = (actor: Actor, change: Partial<CreateSavedViewInput> = {}) =>
  createSavedView(actor, { clientId: newId(), ...view, ...change });

describe("saving a view", () => {
  it("keeps its filter as it is written best, for its maker alone or for all who see its project", async () => {
    const own = granted(await create(world.ben, { name: " My\n late ", filter: "срок:<7д  это:открыта" })).viewId;
    const shared = await openSavedView(world.ben, projectId, { shape: "board" });
    expect(await findSavedView(world.ben, own)).toMatchObject({ name: "My late", query: "due:<7d is:open" });
    expect((await findSavedViews(world.irina)).map(({ id }) => id)).toContain(shared);
    for (const [actor, id] of [
      [world.irina, own],
      [world.ann, shared],
      [world.intruder, shared],
      [world.hannah, shared],
      [world.ben, "x"],
    ] as const)
      expect(await findSavedView(actor, id)).toBeNull();
  });

  it("again under the same clientId answers with the first", async () => {
    const input = { clientId: newId(), name: newId() };
    const made = await Promise.all([create(world.ben, input), create(world.ben, input)]);
    expect(new Set(made.map((one) => granted(one).viewId)).size).toBe(1);
    expect(await refusalOf(() => create(world.ben, { ...input, name: "Twice" }))).toBe("client_id_conflict clientId");
    expect(await refusalOf(() => create(world.ben, { clientId: " " }))).toBe("client_id_invalid clientId");
  });

  it("refuses a name that is none, a filter that cannot be read, and a board or a shared view of no project", async () => {
    expect(await refusalOf(() => create(world.ben, { name: " " }))).toBe("saved_view_name_invalid name");
    expect(await refusalOf(() => create(world.ben, { filter: "is:opne" }))).toBe("saved_view_filter_invalid filter");
    expect(await refusalOf(() => create(world.ben, { shape: "board" }))).toBe("saved_view_place_invalid projectId");
    expect(await refusalOf(() => create(world.ben, { isShared: true }))).toBe("saved_view_place_invalid projectId");
  });

  it("is for staff; shared ones for the project's members, where it is not archived", async () => {
    expect(await refusalOf(() => create(world.hannah))).toBe("not_permitted");
    for (const id of [projectId, newId(), "x"])
      expect(await refusalOf(() => create(world.ann, { projectId: id }))).toBe("project_not_found projectId");
    await letBenOnlyRead();
    granted(await create(world.ben, { projectId }));
    expect(await refusalOf(() => create(world.ben, { projectId, isShared: true }))).toBe("not_permitted");
    granted(await updateProject(world.irina, { projectId, isArchived: true }));
    expect(await refusalOf(() => create(world.irina, { projectId, isShared: true }))).toBe("project_archived");
  });

  it("refuses more than a hundred of one person", async () => {
    const before = (await findSavedViews(world.ann)).length;
    for (let count = before; count < 100; count++) await openSavedView(world.ann, null);
    expect(await refusalOf(() => create(world.ann))).toBe("saved_views_too_many");
  });
});

describe("changing and deleting a view", () => {
  const rename = (actor: Actor, viewId: string) => updateSavedView(actor, { viewId, name: "Other" });

  it("changes what is given and leaves the rest, for its maker and, where it is shared, for the project's owners", async () => {
    const viewId = await openSavedView(world.ben, projectId);
    granted(await rename(world.irina, viewId));
    granted(await updateSavedView(world.ben, { viewId, filter: "is:open", isShared: false }));
    expect(await findSavedView(world.ben, viewId)).toMatchObject({ name: "Other", query: "is:open", isShared: false });
    expect(await refusalOf(() => rename(world.irina, viewId))).toBe("saved_view_not_found viewId");
    expect(await refusalOf(() => updateSavedView(world.ben, { viewId, filter: "x:y" }))).toBe(
      "saved_view_filter_invalid filter",
    );
    expect(await refusalOf(() => updateSavedView(world.ben, { viewId, name: "" }))).toBe(
      "saved_view_name_invalid name",
    );
    const everywhere = await openSavedView(world.ben, null, { isShared: false });
    expect(await refusalOf(() => updateSavedView(world.ben, { viewId: everywhere, isShared: true }))).toBe(
      "saved_view_place_invalid projectId",
    );
  });

  it("leaves shared what is shared, for its maker too who only reads by now, and in an archived project", async () => {
    const [viewId, own] = [
      await openSavedView(world.ben, projectId),
      await openSavedView(world.ben, projectId, { isShared: false }),
    ];
    const keep = (name: string) => updateSavedView(world.ben, { viewId, name, isShared: true });
    await letBenOnlyRead();
    granted(await keep("Read"));
    granted(await updateProject(world.irina, { projectId, isArchived: true }));
    granted(await keep("Archived"));
    expect(await findSavedView(world.irina, viewId)).toMatchObject({ name: "Archived", isShared: true });
    expect(await refusalOf(() => updateSavedView(world.ben, { viewId: own, isShared: true }))).toBe("not_permitted");
    granted(await updateSavedView(world.ben, { viewId, isShared: false }));
    expect(await refusalOf(() => keep("Again"))).toBe("not_permitted");
  });

  it("is not for others who see it; to whoever does not, it is not there", async () => {
    const viewId = await openSavedView(world.irina, projectId);
    expect(await refusalOf(() => rename(world.ben, viewId))).toBe("not_permitted");
    expect(await refusalOf(() => deleteSavedView(world.ben, { viewId }))).toBe("not_permitted");
    for (const actor of [world.ann, world.intruder]) {
      expect(await refusalOf(() => rename(actor, viewId))).toBe("saved_view_not_found viewId");
      expect(await refusalOf(() => deleteSavedView(actor, { viewId }))).toBe("saved_view_not_found viewId");
    }
    expect(await refusalOf(() => deleteSavedView(world.hannah, { viewId }))).toBe("not_permitted");
    const bens = await openSavedView(world.ben, projectId);
    expect(await refusalOf(() => updateSavedView(world.irina, { viewId: bens, isShared: false }))).toBe(
      "not_permitted",
    );
    await letBenOnlyRead();
    const own = granted(await create(world.ben, { projectId })).viewId;
    expect(await refusalOf(() => updateSavedView(world.ben, { viewId: own, isShared: true }))).toBe("not_permitted");
    await takeOutOfProject(world.irina, projectId, world.ben);
    expect(await refusalOf(() => rename(world.ben, bens))).toBe("saved_view_not_found viewId");
  });

  it("takes a view away for everyone", async () => {
    const viewId = await openSavedView(world.irina, projectId);
    granted(await deleteSavedView(world.irina, { viewId }));
    expect(await findSavedView(world.ben, viewId)).toBeNull();
    expect(await refusalOf(() => deleteSavedView(world.irina, { viewId }))).toBe("saved_view_not_found viewId");
  });
});
