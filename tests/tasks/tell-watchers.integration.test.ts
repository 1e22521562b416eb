import { describe, expect, it } from "vitest";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { ringOnce } from "../../api/kernel/alarms.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { inTransaction, sql } from "../../api/kernel/database.ts";
import { type EventRow, toEvent } from "../../api/kernel/log/event.ts";
import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import { tellAsked } from "../../api/reminders/tell-asked.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { updateTask } from "../../api/tasks/actions/update-task.ts";
import { updateWorkflow } from "../../api/tasks/actions/update-workflow.ts";
import { watchTask } from "../../api/tasks/actions/watch-task.ts";
import { shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { tellDueTasks } from "../../api/tasks/tell-due.ts";
import { tellWatchers } from "../../api/tasks/tell-watchers.ts";
import { remove } from "../support/acts.ts";
import { pass, setMorning } from "../support/morning.ts";
import { ahead, HOUR, MINUTE, toldOf } from "../support/reminders.ts";
import { openGroup } from "../support/rooms.ts";
import { granted, reply, say } from "../support/story.ts";
import { newHandle, openTeam } from "../support/teams.ts";
import { projectId, setTaskScene, taskId, world } from "../support/task-scene.ts";
import { openProject, openTask, takeOutOfProject } from "../support/tasks.ts";

setMorning();
setTaskScene();

let heard = 0;

/** Lets the listener hear what it has not, all at once. */
async function hear(): Promise<void> {
  const rows = await sql<EventRow>`SELECT *, id AS position FROM outbox WHERE id > ${heard} ORDER BY id`;
  heard = rows.at(-1)?.position ?? heard;
  const events = rows.filter((row) => tellWatchers.hears.some((type) => type === row.type)).map(toEvent);
  await inTransaction(async (tx) => {
    for (const event of events) await tellWatchers.react(tx, event as LoggedEvent<"task.moved">);
  });
}

const move = async (by: AgentActor, moveId: string, id = taskId) => {
  granted(await moveTask(by, { taskId: id, moveId }));
  await hear();
};
const comment = async (by: AgentActor, body = "The glass is here") => {
  const message = await say(by, taskId, body);
  await hear();
  return message;
};
const watch = async (by: AgentActor, id = taskId) => granted(await watchTask(by, { taskId: id, isWatching: true }));
const ring = () => ringOnce(tellAsked);
const nameOf = (id: string) => (id === world.ben.agentId ? "ben" : id === world.irina.agentId ? "irina" : id);
const told = async (id = taskId) => (await toldOf(id)).map(({ to, kind }) => `${nameOf(to)} ${kind}`);
/** What waits for people, that they were told. */
const waiting = async (id = taskId) =>
  (
    await sql<{ to: string; kind: string }>`
      SELECT agent_id AS "to", kind FROM reminder WHERE conversation_id = ${id} AND told_at IS NOT NULL`
  )
    .map(({ to, kind }) => `${nameOf(to)} ${kind}`)
    .toSorted();

describe("a move of a task", () => {
  it("is told to who watches it, and not to who made it", async () => {
    await watch(world.ben);
    await move(world.ben, "start");
    expect(await told()).toEqual(["irina moved"]);
    expect(await waiting()).toEqual(["irina moved"]);
  });

  it("is one line with those before, told once, until it is done with", async () => {
    for (const moveId of ["start", "stop", "start", "done"]) {
      pass(MINUTE);
      await move(world.ben, moveId);
    }
    expect(await told()).toEqual(["irina moved"]);
    const kept = await sql`SELECT at, told_at AS "toldAt" FROM reminder WHERE conversation_id = ${taskId}`;
    expect(kept).toEqual([{ at: ahead(0), toldAt: ahead(-3 * MINUTE) }]);
    await sql`DELETE FROM reminder WHERE conversation_id = ${taskId}`;
    await move(world.ben, "reopen");
    expect(await told()).toEqual(["irina moved", "irina moved"]);
  });

  it("that tells its watchers is told anew, once, also where another one waits", async () => {
    const project = await openProject(world.irina, { members: [world.ben], which: "incident" });
    const incident = await openTask(world.irina, project);
    await move(world.ben, "start", incident);
    expect(await told(incident)).toEqual(["irina moved"]);
    pass(MINUTE);
    await move(world.ben, "fix", incident);
    expect(await told(incident)).toEqual(["irina moved", "irina moved"]);
    expect(await waiting(incident)).toEqual(["irina moved"]);
  });

  it("is told to nobody who left the project, or watches it no more", async () => {
    granted(await watchTask(world.irina, { taskId, isWatching: false }));
    await watch(world.ben);
    await move(world.ben, "start");
    await takeOutOfProject(world.irina, projectId, world.ben);
    await move(world.irina, "stop");
    expect(await told()).toEqual([]);
  });

  it("takes away what its maker was told of it before", async () => {
    await watch(world.ben);
    await move(world.ben, "start");
    await move(world.irina, "stop");
    expect(await waiting()).toEqual(["ben moved"]);
  });

  it("leaves to its maker what was said before, and they have not read", async () => {
    await watch(world.ben);
    await comment(world.irina);
    await move(world.ben, "start");
    pass(MINUTE);
    await ring();
    expect(await waiting()).toEqual(["ben commented", "irina moved"]);
  });

  it("by a change of the workflow is told to nobody", async () => {
    await watch(world.ben);
    const workflow = shippedWorkflow("kanban", "en");
    const states = workflow.states.filter(({ id }) => id !== "todo");
    const moves = workflow.moves
      .filter(({ to }) => to !== "todo")
      .map((one) => ({ ...one, from: Array.isArray(one.from) ? one.from.filter((id) => id !== "todo") : one.from }))
      .filter(({ from }) => from.length > 0);
    granted(
      await updateWorkflow(world.irina, {
        ...{ projectId, workflow: { ...workflow, start: "doing", states, moves }, version: 1 },
        map: [{ from: "todo", to: "doing" }],
      }),
    );
    await hear();
    expect(await sql`SELECT FROM outbox WHERE type = 'task.moved'`).toHaveLength(1);
    expect(await told()).toEqual([]);
  });

  it("leaves what its date told", async () => {
    granted(await updateTask(world.irina, { taskId, due: { at: ahead(2 * HOUR), zone: "Europe/Berlin" } }));
    pass(HOUR);
    await ringOnce(tellDueTasks);
    await move(world.ben, "start");
    // Who takes it by the move is told of its date at once.
    expect(await waiting()).toEqual(["ben due_soon", "irina due_soon", "irina moved"]);
    pass(HOUR);
    await ringOnce(tellDueTasks);
    expect(await waiting()).toEqual(["ben overdue", "irina moved", "irina overdue"]);
  });
});

describe("what is said at a task", () => {
  it("is told a minute later to who watches it and has not read it", async () => {
    await watch(world.ben);
    await comment(world.ben);
    await comment(world.irina, "So it is");
    pass(MINUTE - 1);
    expect(await ring()).toBe(0);
    pass(1);
    await ring();
    // Who writes has read what stands before.
    expect(await told()).toEqual(["ben commented"]);
  });

  it("is told to nobody who has read it by then, nor once it is deleted", async () => {
    const message = await comment(world.ben);
    granted(await markRead(world.irina, { conversationId: taskId, seq: message.staffSeq }));
    pass(MINUTE);
    expect(await ring()).toBe(1);
    await remove(world.ben, await comment(world.ben, "And more"));
    pass(MINUTE);
    expect(await ring()).toBe(1);
    expect(await told()).toEqual([]);
    expect(await sql`SELECT FROM reminder WHERE conversation_id = ${taskId}`).toEqual([]);
  });

  it("is told where what followed it was deleted, and leads to what is left", async () => {
    const first = await comment(world.ben);
    await remove(world.ben, await comment(world.ben, "No, sorry"));
    pass(MINUTE);
    await ring();
    expect(await told()).toEqual(["irina commented"]);
    const kept = await sql`SELECT message_id AS "messageId" FROM reminder WHERE conversation_id = ${taskId}`;
    expect(kept).toEqual([{ messageId: first.id }]);
  });

  it("is told to nobody who stopped watching before", async () => {
    await comment(world.ben);
    granted(await watchTask(world.irina, { taskId, isWatching: false }));
    pass(MINUTE);
    expect(await ring()).toBe(0);
  });

  it("is one line with what follows, told when the first of it would be, and leads to the last", async () => {
    await comment(world.ben);
    pass(MINUTE / 2);
    await comment(world.ben, "And the driver");
    pass(MINUTE / 2);
    await ring();
    const last = await comment(world.ben, "And the bulb");
    expect(await told()).toEqual(["irina commented"]);
    const kept = await sql`SELECT message_id AS "messageId" FROM reminder WHERE conversation_id = ${taskId}`;
    expect(kept).toEqual([{ messageId: last.id }]);
  });

  it("is told with the move that follows it at once", async () => {
    await comment(world.ben);
    await move(world.ben, "start");
    expect(await told()).toEqual(["irina moved"]);
    pass(MINUTE);
    expect(await ring()).toBe(0);
  });

  it("is told in no thread, to nobody who is mentioned in it, and in no room", async () => {
    const message = await comment(world.irina);
    await reply(world.ben, { conversationId: taskId, id: message.id }, { body: "In the thread" });
    await comment(world.ben, "Look, @ирина");
    const handle = newHandle();
    await openTeam(world.ann, { handle, members: [world.irina] });
    await comment(world.ben, `And all of @${handle}`);
    const room = await openGroup(world.ben, world.irina);
    await say(world.ben, room);
    await hear();
    pass(MINUTE);
    expect(await ring()).toBe(0);
  });
});
