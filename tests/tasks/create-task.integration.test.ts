import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deleteMessage } from "../../api/chat/actions/delete-message.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { prisma, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { createTask, type CreateTaskInput } from "../../api/tasks/actions/create-task.ts";
import { updateProject } from "../../api/tasks/actions/update-project.ts";
import { findMade, findTask, findTaskByKey, findTaskIds } from "../../api/tasks/queries.ts";
import { openWorld } from "../support/open-world.ts";
import { openGroup, recordedOf, refusalOf } from "../support/rooms.ts";
import { begin, granted, note, say } from "../support/story.ts";
import { letIntoProject, newKey, openProject, openTask, takeOutOfProject, taskRow } from "../support/tasks.ts";
import type { World } from "../support/world.ts";

let world: World;
let key: string;
/** Owned by Irina; Ben is a member. */
let projectId: string;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  key = newKey();
  projectId = await openProject(world.irina, { members: [world.ben], key });
});

type Change = Partial<CreateTaskInput>;
const create = (actor: Actor, change: Change = {}) =>
  createTask(actor, { clientId: newId(), projectId, title: "Mend the lamp", ...change });
const refused = (actor: Actor, change: Change = {}) => refusalOf(() => create(actor, change));

describe("making a task", () => {
  it("keeps what is given, where the workflow begins, and tells staff alone", async () => {
    const { taskId } = granted(
      await create(world.ben, {
        ...{ title: " Mend\n the lamp ", description: "**It** flickers\n", type: "bug", priority: "high" },
        ...{ severity: "major", estimateMinutes: 90, due: { date: "2026-11-27", zone: "Europe/Berlin" } },
      }),
    );
    expect(await taskRow(world.ben, taskId)).toMatchObject({
      ...{ projectId, number: 1, type: "bug", title: "Mend the lamp", description: "**It** flickers\n" },
      ...{ stateId: "todo", stateGroup: "unstarted", priority: "high", severity: "major", estimateMinutes: 90 },
      ...{ dueAt: new Date("2026-11-27T23:00:00.000Z"), dueKind: "date", dueZone: "Europe/Berlin" },
      ...{ createdById: world.ben.agentId, parentId: null, sourceMessageId: null, version: 1, completedAt: null },
    });
    const by = { kind: "agent", id: world.ben.agentId };
    const payload = { projectId, number: 1, stateId: "todo", parentId: null, sourceMessageId: null, by };
    expect(await recordedOf(taskId)).toEqual([
      { type: "task.created", staffSeq: 1, customerSeq: null, contactId: null, payload },
    ]);
  });

  it("puts nothing of its texts into the log", async () => {
    const taskId = await openTask(world.ben, projectId, { title: "Secret lamp", description: "Hidden words" });
    const [row] = await sql<{
      text: string;
    }>`SELECT payload::text AS text FROM outbox WHERE conversation_id = ${taskId}`;
    expect(row!.text).not.toMatch(/Secret|Hidden/);
  });

  it("gives it a conversation in the project's space, and makes its maker watch it", async () => {
    const taskId = await openTask(world.ben, projectId);
    const [conversation] = await sql`
      SELECT kind, contact_id AS "contactId", conversation.space_id = project.space_id AS "isThere"
      FROM conversation, project WHERE conversation.id = ${taskId} AND project.id = ${projectId}`;
    expect(conversation).toEqual({ kind: "task", contactId: null, isThere: true });
    const watchers = await prisma().taskWatcher.findMany({ where: { taskId } });
    expect(watchers.map(({ agentId }) => agentId)).toEqual([world.ben.agentId]);
  });

  it("numbers a project's tasks without a gap or a twin, however many are made at once", async () => {
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        create(index % 2 ? world.ben : world.irina, index % 5 ? {} : { title: " " }),
      ),
    );
    const ids = made.flatMap((one) => (one.ok ? [one.value.taskId] : []));
    const numbers = await Promise.all(ids.map(async (id) => (await taskRow(world.ben, id)).number));
    expect(numbers.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
    const order = await findTaskIds({ workspaceId: world.workspaceId, id: projectId }, { limit: 100, inverted: false });
    expect(new Set(order)).toEqual(new Set(ids));
    const ranks = await Promise.all(order.map(async (id) => (await taskRow(world.ben, id)).rank));
    expect(new Set(ranks).size).toBe(32);
  });

  it("puts it at the end of its column", async () => {
    const made: string[] = [];
    for (let round = 0; round < 5; round++) made.push(await openTask(world.ben, projectId));
    const place = { workspaceId: world.workspaceId, id: projectId };
    expect(await findTaskIds(place, { limit: 9, inverted: false, stateId: "todo" })).toEqual(made);
    expect(await findTaskIds(place, { limit: 9, inverted: true })).toEqual(made.toReversed());
    expect(await findTaskIds(place, { limit: 9, inverted: false, stateId: "doing" })).toEqual([]);
  });

  it("is found by its key in any case, by whoever sees its project", async () => {
    const taskId = await openTask(world.ben, projectId);
    expect(await findTaskByKey(world.irina, ` ${key.toLowerCase()}-1 `)).toMatchObject({ conversationId: taskId });
    for (const other of [world.ann, world.hannah, world.intruder]) {
      expect(await findTaskByKey(other, `${key}-1`)).toBeNull();
      expect(await findTask(other, taskId)).toBeNull();
    }
    for (const none of [`${key}-2`, `${key}-01`, `${key}-0`, key, "-1", `${key}-99999999999`])
      expect(await findTaskByKey(world.irina, none)).toBeNull();
  });

  it("again under the same clientId answers with the first, also at once", async () => {
    const clientId = newId();
    const made = await Promise.all(Array.from({ length: 5 }, () => create(world.ben, { clientId })));
    expect(new Set(made.map((one) => granted(one).taskId)).size).toBe(1);
    expect(await refused(world.ben, { clientId, title: "Another" })).toBe("client_id_conflict clientId");
  });

  it("may be a part of another one of its project", async () => {
    const parentId = await openTask(world.ben, projectId, { type: "epic" });
    expect(await taskRow(world.ben, await openTask(world.ben, projectId, { parentId }))).toMatchObject({ parentId });
    const elsewhere = await openTask(world.ben, await openProject(world.ben));
    for (const id of [elsewhere, newId(), "x"])
      expect(await refused(world.ben, { parentId: id })).toBe("task_not_found parentId");
  });

  it("refuses what does not do", async () => {
    expect(await refused(world.ben, { title: " \n" })).toBe("task_title_invalid title");
    expect(await refused(world.ben, { title: "x".repeat(201) })).toBe("task_title_invalid title");
    expect(await refused(world.ben, { description: "x".repeat(10_001) })).toBe("task_description_invalid description");
    expect(await refused(world.ben, { estimateMinutes: 0 })).toBe("task_estimate_invalid estimateMinutes");
    expect(await refused(world.ben, { severity: "major" })).toBe("task_severity_of_bug severity");
    expect(await refused(world.ben, { due: { date: "2026-02-30", zone: "UTC" } })).toBe("task_due_invalid due date");
    expect(await refused(world.ben, { due: { date: "2026-02-27", zone: "Mars" } })).toBe("zone_invalid due zone");
    expect(await refused(world.ben, { clientId: "no id" })).toBe("client_id_invalid clientId");
  });

  it("is for members: not for viewers, customers, or who may only read", async () => {
    await letIntoProject(world.irina, projectId, world.ben, "viewer");
    expect(await refused(world.ben)).toBe("not_permitted");
    expect(await refused(world.hannah)).toBe("not_permitted");
    expect(await refused({ ...world.irina, mayWrite: false })).toBe("not_permitted");
  });

  it("refuses who is not in the project as if it were not there", async () => {
    for (const id of [projectId, newId(), "x"])
      expect(await refused(world.ann, { projectId: id })).toBe("project_not_found projectId");
    expect(await refused(world.intruder)).toBe("project_not_found projectId");
  });

  it("is refused where the project is archived", async () => {
    granted(await updateProject(world.irina, { projectId, isArchived: true }));
    expect(await refused(world.ben)).toBe("project_archived");
  });
});

describe("making a task from a message", () => {
  it("of a customer links the two, for those who see both", async () => {
    const { conversation, message } = await begin(world.hannah);
    await letIntoProject(world.irina, projectId, world.ann);
    const taskId = await openTask(world.ann, projectId, { sourceMessageId: message.id });
    expect(await taskRow(world.ann, taskId)).toMatchObject({
      sourceMessageId: message.id,
      sourceConversationId: conversation.id,
    });
    const madeFor = async (agent: typeof world.ann) =>
      ((await findMade(agent, [conversation.id])).get(conversation.id) ?? []).map(
        ({ conversationId }) => conversationId,
      );
    expect(await madeFor(world.irina)).toEqual([taskId]);
    await takeOutOfProject(world.irina, projectId, world.ann);
    expect(await madeFor(world.ann)).toEqual([]);
  });

  it("may be from a note, and from what was said in a room", async () => {
    const { conversation } = await begin(world.maria);
    const { id: ofNote } = await note(world.irina, conversation.id);
    const { id: ofRoom } = await say(world.ben, await openGroup(world.ben));
    await openTask(world.irina, projectId, { sourceMessageId: ofNote });
    await openTask(world.ben, projectId, { sourceMessageId: ofRoom });
    expect(await refused(world.irina, { sourceMessageId: ofRoom })).toBe("message_not_found sourceMessageId");
  });

  it("refuses a message that is not there, and one that is deleted", async () => {
    const { message } = await begin(world.stranger);
    for (const id of [message.id, newId(), "x"])
      expect(await refused(world.ben, { sourceMessageId: id })).toBe("message_not_found sourceMessageId");
    const own = await say(world.ben, await openGroup(world.ben));
    granted(await deleteMessage(world.ben, { messageId: own.id }));
    expect(await refused(world.ben, { sourceMessageId: own.id })).toBe("message_deleted sourceMessageId");
  });
});
