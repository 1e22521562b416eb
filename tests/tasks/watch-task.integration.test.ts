import { describe, expect, it } from "vitest";
import type { Actor } from "../../api/kernel/actor.ts";
import { watchTask } from "../../api/tasks/actions/watch-task.ts";
import { updateProject } from "../../api/tasks/actions/update-project.ts";
import { findWatchers } from "../../api/tasks/part-queries.ts";
import { recordedOf, refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { idsOfOthers, letBenOnlyRead, projectId, setTaskScene, taskId, world } from "../support/task-scene.ts";

setTaskScene();

const watch = (actor: Actor, isWatching: boolean, id = taskId) => watchTask(actor, { taskId: id, isWatching });
const watchers = async () => ((await findWatchers(world.workspaceId, [taskId])).get(taskId) ?? []).map(({ id }) => id);

describe("watching a task", () => {
  it("is for whoever sees it, and told once", async () => {
    await letBenOnlyRead();
    granted(await watch(world.ben, true));
    granted(await watch(world.ben, true));
    expect(await watchers()).toEqual([world.irina.agentId, world.ben.agentId]);
    granted(await watch(world.irina, false));
    granted(await watch(world.irina, false));
    expect(await watchers()).toEqual([world.ben.agentId]);
    const told = (await recordedOf(taskId)).map(({ payload }) => payload);
    expect(told).toEqual([
      { what: ["watchers"], by: { kind: "agent", id: world.ben.agentId } },
      { what: ["watchers"], by: { kind: "agent", id: world.irina.agentId } },
    ]);
  });

  it("is refused where the project is archived: nothing changes there", async () => {
    granted(await updateProject(world.irina, { projectId, isArchived: true }));
    expect(await refusalOf(() => watch(world.irina, false))).toBe("project_archived");
    expect(await watchers()).toEqual([world.irina.agentId]);
  });

  it("is refused to who does not see it, as if it were not there, and to customers", async () => {
    for (const id of idsOfOthers())
      expect(await refusalOf(() => watch(world.ann, true, id))).toBe("task_not_found taskId");
    expect(await refusalOf(() => watch(world.intruder, true))).toBe("task_not_found taskId");
    expect(await refusalOf(() => watch(world.hannah, true))).toBe("not_permitted");
    expect(await refusalOf(() => watch({ ...world.ben, mayWrite: false }, true))).toBe("not_permitted");
  });
});
