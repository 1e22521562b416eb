import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inTransaction, sql } from "../../api/kernel/database.ts";
import { type EventRow, toEvent } from "../../api/kernel/log/event.ts";
import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { tellProgress } from "../../api/tasks/listeners.ts";
import type { Message } from "../../prisma/generated/client/client.ts";
import { openWorld } from "../support/open-world.ts";
import { openChannel, recordedOf } from "../support/rooms.ts";
import { begin, granted, note, say } from "../support/story.ts";
import { letIntoProject, openProject, openTask } from "../support/tasks.ts";
import type { World } from "../support/world.ts";

let world: World;
let projectId: string;
let conversationId: string;
let message: Message;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  projectId = await openProject(world.irina);
  ({
    conversation: { id: conversationId },
    message,
  } = await begin(world.hannah));
  await sql`DELETE FROM outbox`;
});

/** Makes a task from a message; answers its id. */
const make = (from: Message) => openTask(world.irina, projectId, { title: "Secret title", sourceMessageId: from.id });
const move = async (taskId: string, moveId: string) => granted(await moveTask(world.irina, { taskId, moveId }));

/** Lets the listener hear all that became of tasks, in order, as often as told. */
async function hear(times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const rows = await sql<EventRow>`SELECT *, id AS position FROM outbox WHERE type LIKE 'task.%' ORDER BY id`;
    for (const row of rows)
      if (tellProgress.hears.some((type) => type === row.type))
        await inTransaction((tx) => tellProgress.react(tx, toEvent(row) as LoggedEvent<"task.moved">));
  }
}

const told = async () =>
  (await recordedOf(conversationId))
    .filter(({ type }) => type === "progress.changed")
    .map(({ payload }) => payload as { progressId: string; from: string | null; to: string });
const steps = async () => (await told()).map(({ from, to }) => `${from ?? "-"} ${to}`);

describe("what customers are told of tasks", () => {
  it("is how far the team has come: once for each step, whatever the state is called", async () => {
    const taskId = await make(message);
    await hear(2);
    await move(taskId, "start");
    await hear(2);
    await move(taskId, "done");
    await hear(2);
    await move(taskId, "reopen");
    await hear(2);
    expect(await steps()).toEqual(["- received", "received in_progress", "in_progress done", "done received"]);
    const { contactId } = world.hannah;
    expect((await recordedOf(conversationId))[0]).toMatchObject({ customerSeq: message.customerSeq! + 1, contactId });
  });

  it("passes over steps that were taken before they could be told", async () => {
    const taskId = await make(message);
    await move(taskId, "start");
    await move(taskId, "cancel");
    await hear();
    expect(await steps()).toEqual(["- closed"]);
  });

  it("has an id of its own, and nothing else", async () => {
    const taskId = await make(message);
    await hear();
    const [payload] = await told();
    expect(Object.keys(payload!).toSorted()).toEqual(["from", "progressId", "to"]);
    expect(payload!.progressId).not.toBe(taskId);
    const [row] = await sql<object>`SELECT * FROM task_progress WHERE task_id = ${taskId}`;
    expect(Object.keys(row!).toSorted()).toEqual([
      "changed_at",
      "conversation_id",
      "id",
      "step",
      "task_id",
      "workspace_id",
    ]);
  });

  it("is nothing of a task that was made from a private note, in a room or from nothing", async () => {
    const secret = await note(world.irina, conversationId);
    const roomId = await openChannel(world.irina);
    await letIntoProject(world.irina, projectId, world.ann);
    const aside = await say(world.irina, roomId);
    await make(secret);
    await make(aside);
    await openTask(world.irina, projectId);
    await hear();
    expect(await told()).toEqual([]);
    expect(await sql`SELECT FROM event WHERE type = 'progress.changed'`).toEqual([]);
    expect(await sql`SELECT FROM task_progress WHERE conversation_id IN (${conversationId}, ${roomId})`).toEqual([]);
  });
});
