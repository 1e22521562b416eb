import { beforeEach, describe, expect, it } from "vitest";
import type { Actor, AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { linkTasks, type LinkTasksInput } from "../../api/tasks/actions/link-tasks.ts";
import { LINK_SIDES } from "../../api/tasks/events.ts";
import { otherSide } from "../../api/tasks/link.ts";
import { findLinks } from "../../api/tasks/part-queries.ts";
import { recordedOf, refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { idsOfOthers, letBenOnlyRead, projectId, setTaskScene, taskId, world } from "../support/task-scene.ts";
import { openProject, openTask } from "../support/tasks.ts";

setTaskScene();
let otherId: string;

beforeEach(async () => {
  otherId = await openTask(world.ben, projectId);
  await sql`DELETE FROM outbox`;
});

type Change = Partial<LinkTasksInput>;
const link = (actor: Actor, change: Change = {}) =>
  linkTasks(actor, { taskId, kind: "blocks", otherId, isOn: true, ...change });
const refused = (actor: Actor, change: Change = {}) => refusalOf(() => link(actor, change));
const seenBy = async (agent: AgentActor, id: string) =>
  ((await findLinks(agent, [id])).get(id) ?? []).map(({ kind, other }) => [kind, other.conversationId]);

describe("linking tasks", () => {
  it.each(LINK_SIDES)("by %s is seen from both, and told in both", async (kind) => {
    granted(await link(world.ben, { kind }));
    expect(await seenBy(world.ben, taskId)).toEqual([[kind, otherId]]);
    expect(await seenBy(world.ben, otherId)).toEqual([[otherSide(kind), taskId]]);
    const by = { kind: "agent", id: world.ben.agentId };
    const told = { type: "task.linked", customerSeq: null };
    expect(await recordedOf(taskId)).toMatchObject([{ ...told, payload: { kind, toId: otherId, isOn: true, by } }]);
    const fromThere = { kind: otherSide(kind), toId: taskId, isOn: true, by };
    expect(await recordedOf(otherId)).toMatchObject([{ ...told, payload: fromThere }]);
    // From the other side it is the same link, which is there already.
    granted(await link(world.irina, { taskId: otherId, otherId: taskId, kind: otherSide(kind) }));
    expect(await recordedOf(taskId)).toHaveLength(1);
    granted(await link(world.irina, { taskId: otherId, otherId: taskId, kind: otherSide(kind), isOn: false }));
    expect(await seenBy(world.ben, taskId)).toEqual([]);
    granted(await link(world.irina, { kind, isOn: false }));
    expect(await recordedOf(taskId)).toHaveLength(2);
  });

  it("is told in the order in which it was done, of several tasks at once as of each", async () => {
    const third = await openTask(world.ben, projectId);
    granted(await link(world.ben, { otherId: third, kind: "relates" }));
    granted(await link(world.ben));
    const both = await findLinks(world.ben, [taskId, otherId]);
    expect(both.get(taskId)!.map(({ other }) => other.conversationId)).toEqual([third, otherId]);
    expect(both.get(otherId)!.map(({ kind, other }) => [kind, other.conversationId])).toEqual([["blocked_by", taskId]]);
  });

  it("may be in several ways, but never round in a circle", async () => {
    granted(await link(world.ben));
    granted(await link(world.ben, { kind: "relates" }));
    granted(await link(world.ben, { kind: "duplicates" }));
    const third = await openTask(world.ben, projectId);
    granted(await link(world.ben, { taskId: otherId, otherId: third }));
    for (const kind of ["blocks", "duplicates", "relates"] as const)
      expect(await refused(world.ben, { otherId: taskId, kind })).toBe("task_link_cycle otherId");
    expect(await refused(world.ben, { kind: "blocked_by" })).toBe("task_link_cycle otherId");
    expect(await refused(world.ben, { taskId: third, otherId: taskId })).toBe("task_link_cycle otherId");
    expect(await refused(world.ben, { kind: "blocked_by", otherId: third })).toBe("task_link_cycle otherId");
    granted(await link(world.ben, { taskId: third, otherId: taskId, kind: "relates" }));
  });

  it("makes no circle, also where several are closed at once", async () => {
    for (let round = 0; round < 8; round++) {
      const ring = await Promise.all(Array.from({ length: 4 }, () => openTask(world.ben, projectId)));
      const made = await Promise.all(
        ring.map((id, index) =>
          link(index % 2 ? world.irina : world.ben, { taskId: id, otherId: ring[(index + 1) % 4]! }),
        ),
      );
      expect(made.flatMap((one) => (one.ok ? [] : [one.refusal]))).toEqual(["task_link_cycle"]);
    }
  });

  it("from both sides at once is one link", async () => {
    await Promise.all([
      link(world.ben),
      link(world.irina, { taskId: otherId, otherId: taskId, kind: "blocked_by" }),
      link(world.ben),
    ]);
    expect(await seenBy(world.ben, taskId)).toEqual([["blocks", otherId]]);
    expect(await recordedOf(otherId)).toHaveLength(1);
  });

  it("reaches into another project, and shows there only to who sees both", async () => {
    const elsewhere = await openTask(world.ben, await openProject(world.ben));
    granted(await link(world.ben, { otherId: elsewhere }));
    expect(await seenBy(world.ben, taskId)).toEqual([["blocks", elsewhere]]);
    expect(await seenBy(world.irina, taskId)).toEqual([]);
    expect(await refused(world.irina, { otherId: elsewhere, isOn: false })).toBe("task_not_found otherId");
  });

  it("refuses either end that is not there", async () => {
    for (const id of idsOfOthers().slice(1)) {
      expect(await refused(world.ben, { taskId: id })).toBe("task_not_found taskId");
      expect(await refused(world.ben, { otherId: id })).toBe("task_not_found otherId");
    }
    for (const other of [world.ann, world.intruder]) {
      expect(await refused(other)).toBe("task_not_found taskId");
      const own = await openTask(other, await openProject(other));
      expect(await refused(other, { taskId: own })).toBe("task_not_found otherId");
    }
  });

  it("refuses more than a hundred", async () => {
    const many = await Promise.all(Array.from({ length: 101 }, () => openTask(world.ben, projectId)));
    for (const id of many.slice(1)) granted(await link(world.ben, { otherId: id }));
    expect(await refused(world.ben, { otherId: many[0]! })).toBe("task_links_too_many taskId");
    // From the other side it is one more, too; and one that is there already is no more.
    expect(await refused(world.ben, { taskId: many[0]!, otherId: taskId })).toBe("task_links_too_many otherId");
    granted(await link(world.ben, { otherId: many[1]! }));
  });

  it("is for members: not for viewers, nor customers", async () => {
    await letBenOnlyRead();
    expect(await refused(world.ben)).toBe("not_permitted");
    expect(await refused(world.hannah)).toBe("not_permitted");
  });
});
