import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { findChecklists } from "../../api/tasks/part-queries.ts";
import { openWorld } from "../support/open-world.ts";
import { hear, ran, saidIn } from "../support/orders.ts";
import { openGroup } from "../support/rooms.ts";
import { begin, say } from "../support/story.ts";
import { letIntoProject, openLabel, openProject, openTask, takeOutOfProject, taskRow } from "../support/tasks.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
let dora: AgentActor;
let made = 0;
/** Owned by Irina, who has the commands in Russian; Dora is a member, and Ben is let in by whoever needs him. */
let projectId: string;
let key: string;
let taskId: string;

beforeAll(async () => {
  world = await openWorld();
  dora = await addAgent(world, { name: "Dora", handle: "dora", role: "agent", locale: "en" });
});
beforeEach(async () => {
  made += 1;
  key = `LAMP${made}`;
  projectId = await openProject(world.irina, { key, members: [dora] });
  taskId = await openTask(dora, projectId);
});

const task = () => taskRow(dora, taskId);
const give = (text: string) => ran(dora, taskId, text);
const giveInRussian = (text: string) => ran(world.irina, taskId, text);
async function namesOf(table: "task_assignee" | "task_watcher"): Promise<string[]> {
  const rows =
    table === "task_assignee"
      ? await sql<{
          name: string;
        }>`SELECT name FROM task_assignee JOIN agent ON id = agent_id WHERE task_id = ${taskId} ORDER BY 1`
      : await sql<{
          name: string;
        }>`SELECT name FROM task_watcher JOIN agent ON id = agent_id WHERE task_id = ${taskId} ORDER BY 1`;
  return rows.map(({ name }) => name);
}
async function labelsOf(): Promise<string[]> {
  const rows = await sql<{ name: string }>`
    SELECT name FROM task_label JOIN label ON label.id = label_id WHERE task_id = ${taskId} ORDER BY 1`;
  return rows.map(({ name }) => name);
}
async function linksOf(): Promise<string[]> {
  const rows = await sql<{ kind: string }>`
    SELECT kind FROM task_link WHERE from_id = ${taskId} OR to_id = ${taskId} ORDER BY 1`;
  return rows.map(({ kind }) => kind);
}

describe("/assign in a task", () => {
  it("gives it to several, beside whose it was, and /unassign takes it from them or from everybody", async () => {
    expect(await give("/assign @dora\n/assign @ирина @dora")).toEqual([
      "Assigned to Dora.",
      "Assigned to Ирина Смирнова and Dora.",
    ]);
    expect(await namesOf("task_assignee")).toEqual(["Dora", "Ирина Смирнова"]);
    expect(await giveInRussian("/снять @dora")).toEqual(["Больше не исполнители: Dora."]);
    expect(await namesOf("task_assignee")).toEqual(["Ирина Смирнова"]);
    expect(await give("/unassign")).toEqual(["It is nobody's now."]);
    expect(await namesOf("task_assignee")).toEqual([]);
  });

  it("refuses who is not in the project, with the nearest who is, and who only reads there", async () => {
    await letIntoProject(world.irina, projectId, world.ben, "viewer");
    expect(await give("/assign @ann\n/assign @doar\n/assign @ben")).toEqual([
      "Nobody here is mentioned by @ann.",
      "Nobody here is mentioned by @doar. Did you mean @dora?",
      "There is no such person among those who work on this project.",
    ]);
    expect(await namesOf("task_assignee")).toEqual([]);
  });

  it("can take it from who has left the project", async () => {
    await letIntoProject(world.irina, projectId, world.ben);
    await give("/assign @ben");
    await takeOutOfProject(world.irina, projectId, world.ben);
    expect(await give("/unassign @ben")).toEqual(["Taken from Ben Okoro."]);
    expect(await namesOf("task_assignee")).toEqual([]);
  });

  it("is still the one of a customer's conversation there, where it gives to one", async () => {
    const { conversation } = await begin(world.hannah);
    expect(await ran(dora, conversation.id, "/assign @dora @ирина\n/assign @dora")).toEqual([
      "`@ирина` is not understood there. It is written `/assign @who`.",
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

describe("/label", () => {
  it("marks with labels of the project, however they are written, and /unlabel takes them off", async () => {
    await openLabel(world.irina, projectId, "Very odd");
    await openLabel(world.irina, projectId, "Ёлка");
    expect(await give('/label "very odd" елка')).toEqual(["Labelled Very odd and Ёлка."]);
    expect(await labelsOf()).toEqual(["Very odd", "Ёлка"]);
    expect(await giveInRussian("/снять-метку ёлка")).toEqual(["Сняты метки: Ёлка."]);
    expect(await labelsOf()).toEqual(["Very odd"]);
  });

  it("is refused where one is none, with the nearest", async () => {
    await openLabel(world.irina, projectId, "shop");
    expect(await give("/label shop sohp\n/unlabel kitchen")).toEqual([
      "The project has no label “sohp”. Did you mean shop?",
      "The project has no label “kitchen”.",
    ]);
    expect(await labelsOf()).toEqual([]);
  });
});

describe("/link", () => {
  it("links to tasks, as this one stands to them, and /unlink takes away whatever links them", async () => {
    const other = await openTask(dora, projectId);
    expect(await give(`/link blocks ${key}-2\n/link ${key.toLowerCase()}-2`)).toEqual([
      `Linked: blocks ${key}-2.`,
      `Linked: relates to ${key}-2.`,
    ]);
    expect(await linksOf()).toEqual(["blocks", "relates"]);
    expect(await ran(world.irina, other, `/связь ждёт ${key}-1`)).toEqual([`Связь есть: ждёт ${key}-1.`]);
    expect(await linksOf()).toEqual(["blocks", "relates"]);
    expect(await ran(world.irina, other, `/отвязать ${key}-1`)).toEqual([`Больше не связана с ${key}-1.`]);
    expect(await linksOf()).toEqual([]);
  });

  it("links to all of several, or to none", async () => {
    await openTask(dora, projectId);
    expect(await give(`/link duplicates ${key}-2 ${key}-1`)).toEqual([
      "The task would wait for itself, or be its own duplicate.",
    ]);
    expect(await linksOf()).toEqual([]);
  });

  it("is refused where there is no such task, or none to be seen, with the nearest", async () => {
    const secret = await openProject(world.irina, { key: `SEC${made}` });
    await openTask(world.irina, secret);
    expect(await give(`/link blocks ${key}-9\n/link LMAP${made}-1\n/link SEC${made}-1\n/link blokcs ${key}-1`)).toEqual(
      [
        `There is no task ${key}-9, or it is not yours to see.`,
        `There is no task LMAP${made}-1, or it is not yours to see. Did you mean ${key}-1?`,
        `There is no task SEC${made}-1, or it is not yours to see.`,
        "`blokcs` is not understood there. Did you mean blocks? It is written `/link [kind] OPS-7 ...`.",
      ],
    );
  });
});

describe("/parent", () => {
  it("makes the task a part of another one, or of none", async () => {
    const whole = await openTask(dora, projectId);
    expect(await give(`/parent ${key}-2`)).toEqual([`It is a part of ${key}-2 now.`]);
    expect(await task()).toMatchObject({ parentId: whole });
    expect(await giveInRussian("/часть нет")).toEqual(["Теперь ничья часть."]);
    expect(await task()).toMatchObject({ parentId: null });
  });

  it("is refused for itself, and for a task of another project", async () => {
    await openTask(dora, await openProject(dora, { key: `WEB${made}` }));
    expect(await give(`/parent ${key}-1\n/parent WEB${made}-1`)).toEqual([
      "A task cannot be a part of itself, nor of one of its own parts.",
      `WEB${made}-1 is of another project; a task is a part of one of its own.`,
    ]);
  });
});

describe("/checklist and /watch", () => {
  it("add a line once, however often it is heard", async () => {
    await hear(await say(dora, taskId, "/checklist Buy screws"), 2);
    expect(await saidIn(taskId)).toEqual(["`/checklist` On the checklist: Buy screws"]);
    expect((await findChecklists(dora.workspaceId, [taskId])).get(taskId)!.map(({ text }) => text)).toEqual([
      "Buy screws",
    ]);
  });

  it("let their writer watch it, and no more", async () => {
    expect(await giveInRussian("/следить")).toEqual(["Теперь вы следите за ней."]);
    expect(await namesOf("task_watcher")).toEqual(["Dora", "Ирина Смирнова"]);
    expect(await give("/unwatch")).toEqual(["You watch it no more."]);
    expect(await namesOf("task_watcher")).toEqual(["Ирина Смирнова"]);
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
