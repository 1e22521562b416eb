import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../../api/kernel/actor.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { linkTasks } from "../../api/tasks/actions/link-tasks.ts";
import { newId } from "../../api/kernel/id.ts";
import { updateProject, type UpdateProjectInput } from "../../api/tasks/actions/update-project.ts";
import { findProject } from "../../api/tasks/queries.ts";
import { openWorld } from "../support/open-world.ts";
import { refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { letIntoProject, openProject, openTask } from "../support/tasks.ts";
import type { World } from "../support/world.ts";

let world: World;
/** Owned by Irina; Ben is a member. */
let projectId: string;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  projectId = await openProject(world.irina, { members: [world.ben] });
});

const update = (actor: Actor, change: Partial<UpdateProjectInput>) => updateProject(actor, { projectId, ...change });
const refused = (actor: Actor, change: Partial<UpdateProjectInput>) => refusalOf(() => update(actor, change));

describe("changing a project", () => {
  it("closes the talk of its tasks while it is archived, and lets nobody link to them", async () => {
    const taskId = await openTask(world.ben, projectId);
    const elsewhere = await openTask(world.ben, await openProject(world.ben));
    const write = () => refusalOf(() => sendMessage(world.ben, talk()));
    const talk = () => ({
      ...{ conversationId: taskId, clientId: newId(), body: "Where are we?", visibility: "everyone" as const },
    });
    const link = { taskId: elsewhere, kind: "relates" as const, otherId: taskId, isOn: true };
    granted(await update(world.irina, { isArchived: true }));
    expect([await write(), await refusalOf(() => linkTasks(world.ben, link))]).toEqual([
      "conversation_closed conversationId",
      "project_archived otherId",
    ]);
    granted(await update(world.irina, { isArchived: false }));
    granted(await sendMessage(world.ben, talk()));
    granted(await linkTasks(world.ben, link));
  });

  it("changes what is given and leaves the rest", async () => {
    granted(await update(world.irina, { name: " Brass  lamps " }));
    expect(await findProject(world.irina, projectId)).toMatchObject({ name: "Brass lamps", archivedAt: null });
    granted(await update(world.irina, { isArchived: true }));
    expect(await findProject(world.irina, projectId)).toMatchObject({
      name: "Brass lamps",
      archivedAt: expect.any(Date),
    });
    granted(await update(world.irina, { isArchived: false }));
    expect(await findProject(world.irina, projectId)).toMatchObject({ archivedAt: null });
  });

  it("put away twice keeps the time of the first", async () => {
    granted(await update(world.irina, { isArchived: true }));
    const before = await findProject(world.irina, projectId);
    granted(await update(world.irina, { isArchived: true }));
    expect(await findProject(world.irina, projectId)).toEqual(before);
  });

  it("is for its owners, and for the workspace's owners who are in it", async () => {
    expect(await refused(world.ben, { name: "Mine" })).toBe("not_permitted");
    await letIntoProject(world.irina, projectId, world.ann, "viewer");
    granted(await update(world.ann, { name: "Lamps of Ann" }));
  });

  it("refuses who is not in it as if it were not there", async () => {
    for (const projectOfNobody of [projectId, newId(), "x"])
      expect(await refused(world.ann, { projectId: projectOfNobody, name: "Mine" })).toBe(
        "project_not_found projectId",
      );
    expect(await refused(world.intruder, { name: "Mine" })).toBe("project_not_found projectId");
  });

  it("refuses a name that is none, customers, and who may only read", async () => {
    expect(await refused(world.irina, { name: " " })).toBe("project_name_invalid name");
    expect(await refused(world.hannah, { name: "Mine" })).toBe("not_permitted");
    expect(await refused({ ...world.irina, mayWrite: false }, { name: "Mine" })).toBe("not_permitted");
  });
});
