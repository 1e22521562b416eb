import pg from "pg";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inTransaction, sql } from "../../api/kernel/database.ts";
import { type EventRow, toEvent } from "../../api/kernel/log/event.ts";
import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { tellProgress } from "../../api/tasks/listeners.ts";
import { findProgress, MOST_PROGRESS } from "../../api/tasks/progress.ts";
import type { Message } from "../../prisma/generated/client/client.ts";
import { eventually } from "../support/eventually.ts";
import { openWorld } from "../support/open-world.ts";
import { openChannel, recordedOf } from "../support/rooms.ts";
import { begin, granted, note, say } from "../support/story.ts";
import { letIntoProject, openProject, openTask } from "../support/tasks.ts";
import type { World } from "../support/world.ts";

let world: World & { databaseUrl: string };
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

/** All that became of tasks, in order, as far as the listener hears it. */
async function events(): Promise<LoggedEvent<"task.moved">[]> {
  const rows = await sql<EventRow>`SELECT *, id AS position FROM outbox WHERE type LIKE 'task.%' ORDER BY id`;
  const heard = rows.filter((row) => tellProgress.hears.some((type) => type === row.type));
  return heard.map((row) => toEvent(row) as LoggedEvent<"task.moved">);
}

/** Lets the listener hear it, as often as told. */
async function hear(times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1)
    for (const event of await events()) await inTransaction((tx) => tellProgress.react(tx, event));
}

/** Lets it hear all of it as one batch. */
const hearAtOnce = async () => {
  const batch = await events();
  await inTransaction((tx) => Promise.all(batch.map((event) => tellProgress.react(tx, event))));
};

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

  it("has the time at which a state came to mean it, and not that at which the task came there", async () => {
    const taskId = await make(message);
    await move(taskId, "start");
    await hear();
    // As it is where the state in which the task has been for long is given another meaning.
    await sql`
      UPDATE task SET state_group = 'completed', state_at = state_at - interval '21 days' WHERE conversation_id = ${taskId}`;
    await hear();
    const [progress] = (await findProgress(world.workspaceId, [conversationId])).get(conversationId)!;
    expect(progress!.step).toBe("done");
    expect(Date.now() - progress!.changedAt.getTime()).toBeLessThan(60_000);
  });

  it("is told of several tasks at once, each under a number of its own", async () => {
    await Promise.all([make(message), make(message), make(message)]);
    await hearAtOnce();
    expect(await steps()).toEqual(["- received", "- received", "- received"]);
    const numbers = (await recordedOf(conversationId)).map(({ customerSeq }) => customerSeq! - message.customerSeq!);
    expect(numbers).toEqual([1, 2, 3]);
  });

  it("stands in nobody's way who writes to several customers, whatever was made first", async () => {
    const later = await begin(world.hannah);
    const [first, last] = [conversationId, later.conversation.id].toSorted() as [string, string];
    await make(last === later.conversation.id ? later.message : message);
    await make(first === conversationId ? message : later.message);
    const other = new pg.Client({ connectionString: world.databaseUrl });
    await other.connect();
    await other.query("BEGIN");
    await other.query("SELECT FROM conversation WHERE id = $1 FOR NO KEY UPDATE", [first]);
    const heard = hearAtOnce();
    await eventually(async () => (await sql`SELECT FROM pg_locks WHERE NOT granted`).length > 0);
    const taken = await other
      .query("SELECT FROM conversation WHERE id = $1 FOR NO KEY UPDATE NOWAIT", [last])
      .then(({ rowCount }) => rowCount)
      .finally(() => other.end());
    await heard;
    expect(taken).toBe(1);
  });

  it("is of each conversation the newest, in the order in which the tasks were made", async () => {
    const made: string[] = [];
    while (made.length <= MOST_PROGRESS) made.push(await make(message));
    await hearAtOnce();
    // As the migration gave them, whose ids tell nothing.
    await sql`UPDATE task_progress SET id = gen_random_uuid() WHERE conversation_id = ${conversationId}`;
    const found = await findProgress(world.workspaceId, [conversationId]);
    expect(found.get(conversationId)!.map(({ taskId }) => taskId)).toEqual(made.slice(1));
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
