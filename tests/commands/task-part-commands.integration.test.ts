import { describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { dora, key, made, projectId, setCommandScene, taskId, world } from "../support/command-scene.ts";
import { findChecklists } from "../../api/tasks/part-queries.ts";
import { hear, ran, saidIn } from "../support/orders.ts";
import { say } from "../support/story.ts";
import { openLabel, openProject, openTask, taskRow } from "../support/tasks.ts";

setCommandScene("kanban");

const give = (text: string) => ran(dora, taskId, text);
const giveInRussian = (text: string) => ran(world.irina, taskId, text);
const task = () => taskRow(dora, taskId);
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

async function watchers(): Promise<string[]> {
  const rows = await sql<{ name: string }>`
    SELECT name FROM task_watcher JOIN agent ON id = agent_id WHERE task_id = ${taskId} ORDER BY 1`;
  return rows.map(({ name }) => name);
}

describe("/label", () => {
  it("marks with labels of the project, however they are written, and /unlabel takes them off", async () => {
    await openLabel(world.irina, projectId, "Very odd");
    await openLabel(world.irina, projectId, "Ёлка");
    expect(await give('/label "very odd" елка')).toEqual(["Labelled Very odd and Ёлка."]);
    expect(await labelsOf()).toEqual(["Very odd", "Ёлка"]);
    expect(await giveInRussian("/снять-метку ёлка")).toEqual(["Сняты метки: Ёлка."]);
    expect(await labelsOf()).toEqual(["Very odd"]);
  });

  it("takes the one that is written so, where another one sounds the same", async () => {
    for (const name of ["Счет", "Счёт"]) await openLabel(world.irina, projectId, name);
    expect(await give("/label счет")).toEqual(["Labelled Счет."]);
    expect(await give("/label СЧЁТ")).toEqual(["Labelled Счёт."]);
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
    expect(await watchers()).toEqual(["Dora", "Ирина Смирнова"]);
    expect(await give("/unwatch")).toEqual(["You watch it no more."]);
    expect(await watchers()).toEqual(["Ирина Смирнова"]);
  });
});
