import { describe, expect, it } from "vitest";
import { commandsFor } from "../../api/commands/command-list.ts";
import { previewCommands } from "../../api/commands/preview.ts";
import { suggestCommands } from "../../api/commands/suggest.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { dora, key, made, projectId, setCommandScene, taskId, world } from "../support/command-scene.ts";
import { order, ran } from "../support/orders.ts";
import { openGroup } from "../support/rooms.ts";
import { begin } from "../support/story.ts";
import { letIntoProject, openLabel, openProject, openTask } from "../support/tasks.ts";

setCommandScene("engineering");

/** What could stand where the bar stands. */
async function suggested(agent: AgentActor, conversationId: string, marked: string): Promise<string[]> {
  const asked = { conversationId, text: marked.replace("|", ""), caret: marked.indexOf("|") };
  const found = await suggestCommands(agent, asked);
  return found!.suggestions.map(({ text }) => text);
}

describe("what is suggested in a task", () => {
  it("begins with the moves that may be made now, and no others", async () => {
    expect((await suggested(dora, taskId, "/|")).slice(0, 6)).toEqual([
      ...["/accept", "/plan", "/start", "/duplicate", "/cancel", "/status"],
    ]);
    expect(await suggested(world.irina, taskId, "/при|")).toEqual(["/принять", "/приоритет"]);
    expect(await suggested(dora, taskId, "/app|")).toEqual([]);
    await ran(dora, taskId, "/start");
    expect((await suggested(dora, taskId, "/|")).slice(0, 5)).toEqual([
      "/wait",
      "/submit",
      "/stop",
      "/cancel",
      "/status",
    ]);
  });

  it("is told of with its use and what it is for", async () => {
    const asked = { conversationId: taskId, text: "/dup", caret: 4 };
    expect((await suggestCommands(dora, asked))!.suggestions).toMatchObject([
      { text: "/duplicate", detail: "/duplicate comment: Moves the task to “Duplicate”.", from: 0, to: 4 },
    ]);
  });

  it("is states that it may be moved to, by any of their names", async () => {
    expect(await suggested(dora, taskId, "/status |")).toEqual([
      "Backlog",
      "To do",
      "In progress",
      "Duplicate",
      "Cancelled",
    ]);
    expect(await suggested(world.irina, taskId, "/статус doing|")).toEqual(["В работе"]);
  });

  it("is labels of its project", async () => {
    for (const name of ["shop", "Ships at sea", "kitchen"]) await openLabel(world.irina, projectId, name);
    expect(await suggested(dora, taskId, "/label kitchen, Sh|")).toEqual(['"Ships at sea"', "shop"]);
    expect(await suggested(dora, taskId, '/label "Ships|')).toEqual(['"Ships at sea"']);
  });

  it("is keys of tasks, the newest first: of its own project, or of those that are typed", async () => {
    for (let number = 2; number <= 21; number += 1) await openTask(dora, projectId);
    expect(await suggested(dora, taskId, `/link blocks ${key.toLowerCase()}-2|`)).toEqual([
      ...[`${key}-21`, `${key}-20`, `${key}-2`],
    ]);
    expect((await suggested(dora, taskId, "/parent |")).slice(0, 2)).toEqual([`${key}-21`, `${key}-20`]);
    expect(await suggested(dora, taskId, "/parent n|")).toEqual(["none"]);
    expect(await suggested(world.ben, await openGroup(world.ben), `/parent ${key}|`)).toEqual([]);
  });

  it("is no key of a task that one does not see", async () => {
    const secret = await openTask(world.irina, await openProject(world.irina, { key: `SEC${made}` }));
    expect(await suggested(dora, taskId, `/parent SEC${made}-|`)).toEqual([]);
    expect(await suggested(world.irina, taskId, `/parent SEC${made}-|`)).toEqual([`SEC${made}-1`]);
    expect(await suggestCommands(dora, { conversationId: secret, text: "/", caret: 1 })).toBeNull();
  });

  it("is what may be chosen", async () => {
    expect(await suggested(dora, taskId, "/priority h|")).toEqual(["high"]);
    expect(await suggested(world.irina, taskId, "/срок н|")).toEqual(["нет"]);
    expect(await suggested(dora, taskId, "/link b|")).toEqual(["blocks", "blocked by"]);
  });

  it("is nothing for a viewer", async () => {
    await letIntoProject(world.irina, projectId, dora, "viewer");
    expect(await suggestCommands(dora, { conversationId: taskId, text: "/", caret: 1 })).toBeNull();
    expect(await commandsFor(dora, { conversationId: taskId, at: new Date() })).toEqual([]);
  });
});

describe("what is suggested of a new task", () => {
  it("is the keys of projects that one may work in", async () => {
    const id = await openGroup(dora);
    await openProject(dora, { key: `WEB${made}` });
    await letIntoProject(world.irina, await openProject(world.irina, { key: `WAX${made}` }), dora, "viewer");
    expect(await suggested(dora, id, "/task |")).toEqual([key, `WEB${made}`]);
    expect(await suggested(dora, id, "/task w|")).toEqual([`WEB${made}`]);
    expect(await suggested(dora, id, "/task Mend it |")).toEqual([]);
    expect(await suggested(dora, id, "/task Mend it --u|")).toEqual(["--urgent"]);
    expect(await suggested(dora, id, `/task WEB${made} l|`)).toEqual([]);
  });
});

describe("a preview in a task", () => {
  it("says what each would do after those before it, in the caller's language, and changes nothing", async () => {
    const stock = () => sql`
      SELECT (SELECT count(*) FROM event) AS events, (SELECT count(*) FROM conversation) AS conversations,
        (SELECT count(*) FROM command_run) AS runs, (SELECT count(*) FROM request) AS requests,
        (SELECT sum(version) FROM task) AS versions, (SELECT sum(last_number) FROM project) AS numbers`;
    const before = await stock();
    const text = `/start /done\n/submit /срок 2027-11-26 /task ${key} Shade /bug Flicker`;
    const previews = await previewCommands(dora, { conversationId: taskId, text });
    expect(previews.map(({ said }) => said)).toEqual([
      "Moves the task to “In progress”.",
      "This move does not lead from “In progress”, where the task is now.",
      "Moves the task to “Review”.",
      "Sets when it is due: Friday, 26 November 2027.",
      `Makes a task in ${key}: Shade`,
      `Makes a bug in ${key}: Flicker`,
    ]);
    expect(await stock()).toEqual(before);
  });

  it("is told in Russian to who reads it", async () => {
    const text = "/начать /приоритет срочно /назначить @ирина";
    const previews = await previewCommands(world.irina, { conversationId: taskId, text });
    expect(previews.map(({ said }) => said)).toEqual([
      "Задача перейдёт в «В работе».",
      "Важность станет такой: Срочная.",
      "Исполнять будут: Ирина Смирнова.",
    ]);
  });
});

describe("/help", () => {
  it("tells in a task which moves may be made now, and which commands there are", async () => {
    const said = await order(dora, taskId, "/help");
    expect(said).toContain("`/start [comment]`: Moves the task to “In progress”.");
    expect(said).not.toContain("/approve");
    expect(said).toContain("`/assign @who ...`: Give the task to colleagues.");
    expect(said).not.toContain("/resolve");
  });

  it("tells with customers of making tasks, and of nothing that changes one", async () => {
    const said = await order(dora, (await begin(world.hannah)).conversation.id, "/help");
    expect(said).toContain("`/bug [KEY] title [--urgent]`: Make a bug.");
    expect(said).not.toContain("/priority");
  });
});
