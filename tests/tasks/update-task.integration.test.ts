import { describe, expect, it } from "vitest";
import type { Actor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { updateProject } from "../../api/tasks/actions/update-project.ts";
import { updateTask, type UpdateTaskInput } from "../../api/tasks/actions/update-task.ts";
import { findProgress, findSubtasks } from "../../api/tasks/part-queries.ts";
import { recordedOf, refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { idsOfOthers, letBenOnlyRead, projectId, setTaskScene, taskId, world } from "../support/task-scene.ts";
import { openProject, openTask, taskRow } from "../support/tasks.ts";

setTaskScene();

type Change = Partial<UpdateTaskInput>;
const update = (actor: Actor, change: Change) => updateTask(actor, { taskId, ...change });
const refused = (actor: Actor, change: Change) => refusalOf(() => update(actor, change));

describe("changing a task", () => {
  it("changes what is given, leaves the rest, and tells what it was and what it became", async () => {
    const before = await taskRow(world.ben, taskId);
    granted(await update(world.ben, { type: "bug", severity: "critical", priority: "urgent", estimateMinutes: 15 }));
    expect(await taskRow(world.ben, taskId)).toEqual({
      ...before,
      ...{ type: "bug", severity: "critical", priority: "urgent", estimateMinutes: 15, version: 2 },
    });
    const payload = {
      what: ["type", "priority", "severity", "estimate"],
      ...{ type: { from: "task", to: "bug" }, priority: { from: "none", to: "urgent" } },
      ...{ severity: { from: null, to: "critical" }, estimateMinutes: { from: null, to: 15 } },
      by: { kind: "agent", id: world.ben.agentId },
    };
    expect(await recordedOf(taskId)).toEqual([
      { type: "task.changed", staffSeq: 2, customerSeq: null, contactId: null, payload },
    ]);
  });

  it("tells of texts that they changed, and never what they say", async () => {
    granted(await update(world.ben, { title: " Polish  it ", description: "With **care**" }));
    expect(await taskRow(world.ben, taskId)).toMatchObject({ title: "Polish it", description: "With **care**" });
    const told = (await recordedOf(taskId)).map(({ payload }) => payload);
    expect(told).toEqual([{ what: ["title", "description"], by: { kind: "agent", id: world.ben.agentId } }]);
  });

  it("sets when it is due, moves it, and takes it away", async () => {
    granted(await update(world.ben, { due: { date: "2026-11-27", zone: "UTC" } }));
    const at = new Date("2026-11-27T17:00:00.000Z");
    granted(await update(world.ben, { due: { at, zone: "UTC" } }));
    expect(await taskRow(world.ben, taskId)).toMatchObject({ dueAt: at, dueKind: "instant", dueZone: "UTC" });
    granted(await update(world.ben, { due: null }));
    expect(await taskRow(world.ben, taskId)).toMatchObject({ dueAt: null, dueKind: null, dueZone: null });
    const told = (await recordedOf(taskId)).map(({ payload }) => (payload as { due: unknown }).due);
    const [date, instant] = [
      { at: "2026-11-28T00:00:00.000Z", kind: "date", zone: "UTC" },
      { at: at.toISOString(), kind: "instant", zone: "UTC" },
    ];
    expect(told).toEqual([
      { from: null, to: date },
      { from: date, to: instant },
      { from: instant, to: null },
    ]);
  });

  it("into what it is already is done and told to nobody", async () => {
    granted(await update(world.ben, { title: "Mend the  lamp", description: " ", parentId: null, due: null }));
    granted(await update(world.ben, {}));
    expect(await recordedOf(taskId)).toEqual([]);
    expect(await taskRow(world.ben, taskId)).toMatchObject({ version: 1 });
  });

  it("in two ways at once keeps both", async () => {
    for (let round = 1; round <= 5; round++) {
      const [title, estimateMinutes] = [`Round ${round}`, round];
      await Promise.all([update(world.irina, { title }), update(world.ben, { estimateMinutes })]);
      expect(await taskRow(world.ben, taskId)).toMatchObject({ title, estimateMinutes, version: 1 + 2 * round });
    }
  });

  it("refuses to write over a text that its writer has not seen, whatever its lines end in, and changes nothing else then", async () => {
    granted(await update(world.irina, { title: "Mend both", description: "One\r\nTwo" }));
    const change = { title: "Mend it", expectedTitle: "Mend the lamp", estimateMinutes: 5 };
    expect(await refused(world.ben, change)).toBe("task_changed_meanwhile expectedTitle");
    const text = { description: "Three", expectedDescription: "One" };
    expect(await refused(world.ben, text)).toBe("task_changed_meanwhile expectedDescription");
    expect(await taskRow(world.ben, taskId)).toMatchObject({ title: "Mend both", estimateMinutes: null, version: 2 });
    granted(await update(world.ben, { title: "Mend both", expectedTitle: "Mend the lamp" }));
    granted(await update(world.ben, { description: "Three", expectedDescription: "One\nTwo", expectedTitle: "Old" }));
    expect(await taskRow(world.ben, taskId)).toMatchObject({ title: "Mend both", description: "Three", version: 3 });
  });

  it("by two who saw the same text at once takes one of them", async () => {
    for (let round = 1; round <= 5; round++) {
      const { title: expectedTitle } = await taskRow(world.ben, taskId);
      const [hers, his] = [`Hers ${round}`, `His ${round}`];
      const outcomes = await Promise.all([
        update(world.irina, { title: hers, expectedTitle }),
        update(world.ben, { title: his, expectedTitle }),
      ]);
      expect(outcomes.flatMap((one) => (one.ok ? [] : [one.refusal]))).toEqual(["task_changed_meanwhile"]);
      expect((await taskRow(world.ben, taskId)).title).toBe(outcomes[0].ok ? hers : his);
    }
  });

  it("takes the severity of what becomes no bug, and refuses one to it", async () => {
    granted(await update(world.ben, { type: "bug", severity: "major" }));
    expect(await refused(world.ben, { type: "epic", severity: "major" })).toBe("task_severity_of_bug severity");
    granted(await update(world.ben, { type: "epic" }));
    expect(await taskRow(world.ben, taskId)).toMatchObject({ type: "epic", severity: null });
    expect(await refused(world.ben, { severity: "minor" })).toBe("task_severity_of_bug severity");
  });

  it("refuses what does not do", async () => {
    expect(await refused(world.ben, { title: "" })).toBe("task_title_invalid title");
    expect(await refused(world.ben, { description: "a\0" })).toBe("task_description_invalid description");
    expect(await refused(world.ben, { estimateMinutes: 525_601 })).toBe("task_estimate_invalid estimateMinutes");
    expect(await refused(world.ben, { due: { date: "x", zone: "UTC" } })).toBe("task_due_invalid due date");
    expect(await refused(world.ben, { due: { date: "2026-01-01", zone: "x" } })).toBe("zone_invalid due zone");
  });

  it("is for members: not for viewers, customers, or who may only read", async () => {
    await letBenOnlyRead();
    expect(await refused(world.ben, { title: "Mine" })).toBe("not_permitted");
    expect(await refused(world.hannah, { title: "Mine" })).toBe("not_permitted");
    expect(await refused({ ...world.irina, mayWrite: false }, { title: "Mine" })).toBe("not_permitted");
  });

  it("refuses who does not see it as if it were not there", async () => {
    for (const id of idsOfOthers())
      expect(await refused(world.ann, { taskId: id, title: "Mine" })).toBe("task_not_found taskId");
    expect(await refused(world.intruder, { title: "Mine" })).toBe("task_not_found taskId");
  });

  it("is refused where the project is archived", async () => {
    granted(await updateProject(world.irina, { projectId, isArchived: true }));
    expect(await refused(world.ben, { title: "Late" })).toBe("project_archived");
  });
});

describe("making a task a part of another one", () => {
  it("counts in the other one's progress, and in that of the last one no more", async () => {
    const [first, second] = [await openTask(world.ben, projectId), await openTask(world.ben, projectId)];
    granted(await update(world.ben, { parentId: first }));
    expect(await findProgress(world.workspaceId, [first])).toEqual(new Map([[first, { total: 1, completed: 0 }]]));
    await sql`UPDATE task SET state_group = 'completed' WHERE conversation_id = ${taskId}`;
    granted(await update(world.ben, { parentId: second }));
    expect(await findProgress(world.workspaceId, [first, second])).toEqual(
      new Map([[second, { total: 1, completed: 1 }]]),
    );
    const parts = await findSubtasks(world.workspaceId, [first, second]);
    expect([...parts].map(([id, tasks]) => [id, tasks.map((task) => task.conversationId)])).toEqual([
      [second, [taskId]],
    ]);
    const told = (await recordedOf(taskId)).map(({ payload }) => (payload as { parentId: unknown }).parentId);
    expect(told).toEqual([
      { from: null, to: first },
      { from: first, to: second },
    ]);
    granted(await update(world.ben, { parentId: null }));
    expect((await findSubtasks(world.workspaceId, [second])).size).toBe(0);
  });

  it("refuses itself, and any of its own parts, however deep", async () => {
    const child = await openTask(world.ben, projectId, { parentId: taskId });
    const grandchild = await openTask(world.ben, projectId, { parentId: child });
    for (const parentId of [taskId, child, grandchild])
      expect(await refused(world.ben, { parentId })).toBe("task_parent_cycle parentId");
  });

  it("makes no circle, also where several are closed at once", async () => {
    for (let round = 0; round < 8; round++) {
      const ring = await Promise.all(Array.from({ length: 4 }, () => openTask(world.ben, projectId)));
      const made = await Promise.all(
        ring.map((id, index) => updateTask(world.ben, { taskId: id, parentId: ring[(index + 1) % 4]! })),
      );
      expect(made.filter(({ ok }) => ok)).toHaveLength(3);
      expect(made.flatMap((one) => (one.ok ? [] : [one.refusal]))).toEqual(["task_parent_cycle"]);
    }
  });

  it("refuses a task of another project, also one that is theirs, as one that is not there", async () => {
    const elsewhere = await openTask(world.ben, await openProject(world.ben));
    for (const parentId of [elsewhere, newId(), "x", ""])
      expect(await refused(world.ben, { parentId })).toBe("task_not_found parentId");
  });
});
