import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { updateProject } from "../../api/tasks/actions/update-project.ts";
import { previewCommands } from "../../api/commands/preview.ts";
import { remove } from "../support/acts.ts";
import { openWorld } from "../support/open-world.ts";
import { hear, order, ran, saidIn } from "../support/orders.ts";
import { directOf, openChannel, openGroup } from "../support/rooms.ts";
import { begin, granted, note, say } from "../support/story.ts";
import { letIntoProject, openProject, openTask } from "../support/tasks.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
let made = 0;
/** In one project, whose key is `key`, and in a support conversation and rooms as the test has them. */
let dora: AgentActor;
let projectId: string;
let key: string;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  made += 1;
  dora = await addAgent(world, { name: "Dora", role: "agent", locale: "en" });
  key = `OPS${made}`;
  projectId = await openProject(world.irina, { key, members: [dora] });
});

type Made = { number: number; type: string; title: string; projectId: string; sourceId: string | null; by: string };
function tasksOf(project = projectId): Promise<Made[]> {
  return sql<Made>`
    SELECT number, type, title, project_id AS "projectId", source_message_id AS "sourceId", created_by_id AS by
    FROM task WHERE project_id = ${project} ORDER BY number`;
}

describe("/task", () => {
  it("makes one of the message that holds it, and names its key", async () => {
    const id = await openGroup(dora);
    const message = await note(dora, id, "The lamp flickers.\n/task Mend the lamp");
    await hear(message);
    expect(await saidIn(id)).toEqual([`\`/task\` ${key}-1 is made: Mend the lamp`]);
    expect(await tasksOf()).toEqual([
      { ...{ number: 1, type: "task", title: "Mend the lamp" }, projectId, sourceId: message.id, by: dora.agentId },
    ]);
  });

  it("makes nothing twice, however often it is heard", async () => {
    const id = await openGroup(dora);
    await hear(await note(dora, id, "/task One\n/task Two"), 3);
    expect((await tasksOf()).map(({ title }) => title)).toEqual(["One", "Two"]);
    expect(await saidIn(id)).toHaveLength(1);
  });

  it.each([
    ["channels", () => openChannel(dora)],
    ["groups", () => openGroup(dora)],
    ["direct messages", () => directOf(dora, world.ann)],
    ["a task's talk", () => openTask(dora, projectId)],
  ])("works in %s", async (_where, open) => {
    expect(await order(dora, await open(), "/task Mend it")).toContain("is made: Mend it");
  });

  it("has sisters, in Russian, too", async () => {
    const id = await openGroup(world.irina);
    const said = await order(
      world.irina,
      id,
      `/ошибка ${key} Мигает\n/эпик ${key} "Новые лампы"\n/bug ${key} It flickers`,
    );
    expect(said.split("\n")).toEqual([
      `- \`/ошибка\` Создана ошибка ${key}-1: Мигает`,
      `- \`/эпик\` Создан эпик ${key}-2: Новые лампы`,
      `- \`/bug\` Создана ошибка ${key}-3: It flickers`,
    ]);
    expect((await tasksOf()).map(({ type }) => type)).toEqual(["bug", "epic", "bug"]);
  });

  it("is urgent where that is said, in either language", async () => {
    const id = await openGroup(dora);
    const said = await order(dora, id, `/task Mend it --urgent\n/bug --срочно It flickers\n/epic Lamps`);
    expect(said.split("\n")[0]).toBe(`- \`/task\` ${key}-1 is made, urgent: Mend it`);
    const tasks = await sql`SELECT title, priority FROM task WHERE project_id = ${projectId} ORDER BY number`;
    expect(tasks).toEqual([
      { title: "Mend it", priority: "urgent" },
      { title: "It flickers", priority: "urgent" },
      { title: "Lamps", priority: "none" },
    ]);
  });

  it("without a message has no source", async () => {
    expect(await ran(dora, await openGroup(dora), "/task Mend it")).toEqual([`${key}-1 is made: Mend it`]);
    expect(await tasksOf()).toMatchObject([{ sourceId: null }]);
  });
});

describe("/task in a conversation with a customer", () => {
  const sources = async () => (await tasksOf()).map(({ sourceId }) => sourceId);

  it("makes one of what the customer wrote last, whether a note orders it or nothing is written", async () => {
    const { conversation } = await begin(world.hannah);
    const last = await say(world.hannah, conversation.id, "It flickers.");
    await say(dora, conversation.id, "We shall look.");
    expect(await order(dora, conversation.id, "/task One\n/bug Two")).toContain(`${key}-2 is made: Two`);
    expect(await ran(dora, conversation.id, "/epic Three")).toEqual([`${key}-3 is made: Three`]);
    expect(await sources()).toEqual([last.id, last.id, last.id]);
  });

  it("says beforehand that the customer will see how far it is, and of a room nothing of the kind", async () => {
    const { conversation } = await begin(world.hannah);
    const foretold = async (conversationId: string) =>
      (await previewCommands(dora, { conversationId, text: "/task Mend it" })).map(({ said }) => said);
    expect(await foretold(conversation.id)).toEqual([
      `Makes a task in ${key} (the customer sees how far it is): Mend it`,
    ]);
    expect(await foretold(await openGroup(dora))).toEqual([`Makes a task in ${key}: Mend it`]);
  });

  it("passes over what is deleted, and makes it of the note where nothing of the customer's is left", async () => {
    const { conversation, message } = await begin(world.hannah);
    const last = await say(world.hannah, conversation.id, "Forget it.");
    await remove(world.ann, last);
    await order(dora, conversation.id, "/task One");
    await remove(world.ann, message);
    const ordered = await note(dora, conversation.id, "/task Two");
    await hear(ordered);
    expect(await sources()).toEqual([message.id, ordered.id]);
  });
});

describe("the project of a new task", () => {
  it("is the one whose key is written first", async () => {
    const web = await openProject(dora, { key: `WEB${made}` });
    await order(dora, await openTask(dora, projectId), `/task WEB${made} New shop`);
    expect(await tasksOf(web)).toMatchObject([{ title: "New shop" }]);
  });

  it("is that of the task whose conversation it is", async () => {
    await openProject(dora, { key: `WEB${made}` });
    await order(dora, await openTask(dora, projectId), "/task API keys");
    expect(await tasksOf()).toMatchObject([{ number: 1 }, { title: "API keys" }]);
  });

  it("is the only one that its writer may work in: where they read, and what is archived, does not count", async () => {
    const web = await openProject(world.irina, { key: `WEB${made}` });
    await letIntoProject(world.irina, web, dora, "viewer");
    const old = await openProject(dora, { key: `OLD${made}` });
    granted(await updateProject(dora, { projectId: old, isArchived: true }));
    const id = await openGroup(dora);
    expect(await ran(dora, id, "/task Mend it")).toEqual([`${key}-1 is made: Mend it`]);
    expect(await ran(dora, id, `/task WEB${made} Mend it\n/task OLD${made} Mend it`)).toEqual([
      "You may not do this.",
      "This project is archived: nothing in it changes.",
    ]);
  });

  it("has to be said where there are several, or none", async () => {
    const id = await openGroup(dora, world.ben);
    await openProject(dora, { key: `WEB${made}` });
    expect(await ran(dora, id, "/task Mend it")).toEqual([
      `Say in which project: \`/task KEY ...\`. You may make tasks in ${key} and WEB${made}.`,
    ]);
    expect(await ran(dora, id, `/task WBE${made} Mend it`)).toEqual([
      `Say in which project: \`/task WEB${made} ...\`. Did you mean WEB${made}? You may make tasks in ${key} and WEB${made}.`,
    ]);
    expect(await ran(world.ben, id, "/task Mend it")).toEqual(["There is no project that you may make tasks in."]);
  });

  it("is not one that its writer does not see: its key begins the title then", async () => {
    await openProject(world.irina, { key: `SEC${made}` });
    await order(dora, await openGroup(dora), `/task SEC${made} is away`);
    expect(await tasksOf()).toMatchObject([{ title: `SEC${made} is away` }]);
  });

  it("is not a word of a title in quotes", async () => {
    await order(dora, await openGroup(dora), `/task "${key} is away"`);
    expect(await tasksOf()).toMatchObject([{ title: `${key} is away` }]);
  });

  it("is not a title in quotes, though that is a key", async () => {
    await order(dora, await openGroup(dora), `/task "${key}"`);
    expect(await tasksOf()).toMatchObject([{ title: key }]);
  });
});

describe("a task without a title", () => {
  it.each(["/task", '/task ""'])("is refused: %s", async (text) => {
    const [said] = await ran(dora, await openGroup(dora), text);
    expect(said).toMatch(
      /^(Something is missing\. It is written `\/task \[KEY\] title \[--urgent\]`|A title takes 1 to 200 characters)\.$/,
    );
    expect(await tasksOf()).toEqual([]);
  });

  it("is not made of a project's key alone", async () => {
    const said = await ran(dora, await openGroup(dora), `/task ${key}`);
    expect(said).toEqual([`Something is missing. It is written \`/task ${key} ...\`.`]);
  });
});
