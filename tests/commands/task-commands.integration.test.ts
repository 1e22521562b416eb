import { describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { dora, key, projectId, setCommandScene, taskId, world } from "../support/command-scene.ts";
import { linkTasks } from "../../api/tasks/actions/link-tasks.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { hear, ran, saidIn } from "../support/orders.ts";
import { openGroup } from "../support/rooms.ts";
import { begin, say } from "../support/story.ts";
import { letIntoProject, openTask, takeOutOfProject, taskRow } from "../support/tasks.ts";

setCommandScene("kanban");

const give = (text: string) => ran(dora, taskId, text);
const giveInRussian = (text: string) => ran(world.irina, taskId, text);
const task = () => taskRow(dora, taskId);
async function assignees(): Promise<string[]> {
  const rows = await sql<{ name: string }>`
    SELECT name FROM task_assignee JOIN agent ON id = agent_id WHERE task_id = ${taskId} ORDER BY 1`;
  return rows.map(({ name }) => name);
}

describe("/assign in a task", () => {
  it("gives it to several, beside whose it was, and /unassign takes it from them or from everybody", async () => {
    expect(await give("/assign @dora\n/assign @ирина @dora")).toEqual([
      "Assigned to Dora.",
      "Assigned to Ирина Смирнова and Dora.",
    ]);
    expect(await assignees()).toEqual(["Dora", "Ирина Смирнова"]);
    expect(await giveInRussian("/снять @dora")).toEqual(["Больше не исполнители: Dora."]);
    expect(await assignees()).toEqual(["Ирина Смирнова"]);
    expect(await give("/unassign")).toEqual(["It is nobody's now."]);
    expect(await assignees()).toEqual([]);
  });

  it("refuses who is not in the project, with the nearest who is, and who only reads there", async () => {
    await letIntoProject(world.irina, projectId, world.ben, "viewer");
    expect(await give("/assign @ann\n/assign @doar\n/assign @ben")).toEqual([
      "Nobody here is mentioned by @ann.",
      "Nobody here is mentioned by @doar. Did you mean @dora?",
      "There is no such person among those who work on this project.",
    ]);
    expect(await assignees()).toEqual([]);
  });

  it("can take it from who has left the project", async () => {
    await letIntoProject(world.irina, projectId, world.ben);
    await give("/assign @ben");
    await takeOutOfProject(world.irina, projectId, world.ben);
    expect(await give("/unassign @ben")).toEqual(["Taken from Ben Okoro."]);
    expect(await assignees()).toEqual([]);
  });

  it("is still the one of a customer's conversation there, where it gives to one", async () => {
    const { conversation } = await begin(world.hannah);
    expect(await ran(dora, conversation.id, "/assign @dora @ирина\n/assign @dora")).toEqual([
      "Only one can be named there. It is written `/assign @who`.",
      "Assigned to Dora.",
    ]);
  });
});

describe("what a task is", () => {
  it("is said in English", async () => {
    const said = await give("/priority high /estimate 1d 4h /title Mend the big lamp\n/severity major");
    expect(said).toEqual([
      "The priority is: High.",
      "The estimate is: 28 hr.",
      "The title is: Mend the big lamp",
      "Only a bug has a severity.",
    ]);
    expect(await task()).toMatchObject({ priority: "high", estimateMinutes: 1680, title: "Mend the big lamp" });
    await sql`UPDATE task SET type = 'bug' WHERE conversation_id = ${taskId}`;
    expect(await give("/severity major")).toEqual(["The severity is: Major."]);
    expect(await give("/severity none\n/estimate none\n/priority none")).toHaveLength(3);
    expect(await task()).toMatchObject({ priority: "none", severity: null, estimateMinutes: null });
  });

  it("is said in Russian", async () => {
    const said = await giveInRussian("/приоритет Высокий /оценка 3 ч /заголовок Починить лампу");
    expect(said).toEqual(["Важность теперь: Высокая.", "Оценка теперь: 3 ч.", "Заголовок теперь: Починить лампу"]);
    expect(await task()).toMatchObject({ priority: "high", estimateMinutes: 180, title: "Починить лампу" });
  });

  it("is refused with what was probably meant, or with all that may be", async () => {
    expect(await give("/priority hihg\n/priority 17")).toEqual([
      "`hihg` is not understood there. Did you mean high? It is written `/priority priority`.",
      "`17` is not understood there. It may be none, low, normal, high or urgent. It is written `/priority priority`.",
    ]);
    expect(await giveInRussian("/серьезность критичиская")).toEqual([
      "`критичиская` здесь непонятно. Может быть, критическая? Пишут так: `/серьёзность серьёзность`.",
    ]);
  });
});

describe("/due", () => {
  it("is a day or an instant in the writer's zone, in either language, or none", async () => {
    expect(await give("/due 2027-11-26")).toEqual(["It is due: Friday, 26 November 2027."]);
    expect(await task()).toMatchObject({ dueKind: "date", dueZone: dora.zone, dueAt: new Date("2027-11-26T23:00Z") });
    expect(await giveInRussian("/срок 26.11.2027 в 18:00")).toEqual([
      "Срок теперь: Пятница, 26 ноября 2027 г., 18:00.",
    ]);
    expect(await task()).toMatchObject({ dueKind: "instant", dueAt: new Date("2027-11-26T17:00Z") });
    expect(await giveInRussian("/срок нет")).toEqual(["Срока больше нет."]);
    expect(await task()).toMatchObject({ dueAt: null, dueKind: null });
  });

  it("counts from when the message was sent", async () => {
    const message = await say(dora, taskId, "/due tomorrow");
    await sql`UPDATE message SET sent_at = '2026-11-20T23:30:00Z' WHERE id = ${message.id}`;
    await hear(message);
    expect(await task()).toMatchObject({ dueAt: new Date("2026-11-22T23:00Z") });
  });

  it("refuses what is no time", async () => {
    expect(await give("/due sometimes\n/due")).toEqual([
      "`sometimes` is not understood there. It is written `/due when|none`.",
      "Something is missing. It is written `/due when|none`.",
    ]);
  });
});

describe("who may", () => {
  it("is who works on the project: a viewer reads", async () => {
    const message = await say(dora, taskId, "/priority high");
    await letIntoProject(world.irina, projectId, dora, "viewer");
    await hear(message);
    expect([await saidIn(taskId), await task()]).toMatchObject([
      ["`/priority` You only read here."],
      { priority: "none" },
    ]);
  });

  it("is nobody outside tasks", async () => {
    const id = await openGroup(dora, world.irina);
    expect(await ran(dora, id, "/priority high")).toEqual(["/priority works in tasks."]);
    expect(await ran(world.irina, id, "/назначить @dora")).toEqual([
      "/назначить работает в беседах с клиентами и в задачах.",
    ]);
  });
});

describe("several commands of a line", () => {
  it("wait for what others do to the task at the same time, and never in a circle", async () => {
    const other = await openTask(dora, projectId);
    const rounds = Array.from({ length: 12 }, (_, round) => [
      give(`/priority high /task Round ${round}`),
      giveInRussian(`/важность низкая /link blocks ${key}-2`),
      moveTask(dora, { taskId, moveId: round % 2 === 0 ? "start" : "stop" }),
      linkTasks(world.irina, { taskId: other, kind: "relates", otherId: taskId, isOn: round % 2 === 0 }),
    ]);
    const ended = await Promise.allSettled(rounds.flat());
    expect(ended.filter(({ status }) => status === "rejected")).toEqual([]);
  });
});
