import { beforeEach, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import type { Message } from "../../prisma/generated/client/client.ts";
import { createProject } from "../../api/tasks/actions/create-project.ts";
import type { Workflow } from "../../api/tasks/workflow.ts";
import { dora, projectId, setCommandScene, taskId, world } from "../support/command-scene.ts";
import { hear, ran, saidIn } from "../support/orders.ts";
import { granted, say } from "../support/story.ts";
import { letIntoProject, openTask, taskRow } from "../support/tasks.ts";

setCommandScene("engineering");

const stateOf = async (id = taskId) => (await taskRow(dora, id)).stateId;

describe("a move of a task's workflow", () => {
  it("is a command by its id and by its name in either language, as one word", async () => {
    expect(await ran(dora, taskId, "/accept\n/запланировать\n/start\n/submit")).toEqual([
      ...["It is in “Backlog” now.", "It is in “To do” now.", "It is in “In progress” now.", "It is in “Review” now."],
    ]);
    expect(await ran(world.irina, taskId, "/вернуть Мигает\n/сдать-на-проверку")).toEqual([
      "Задача теперь в «В работе».",
      "Задача теперь в «Проверка».",
    ]);
    expect(await ran(dora, taskId, "/send-back Still /priority high")).toHaveLength(2);
    expect([await stateOf(), (await taskRow(dora, taskId)).priority]).toEqual(["doing", "high"]);
  });

  it("says what stands behind it, once, and that is no order", async () => {
    await ran(dora, taskId, "/start");
    const message = await say(dora, taskId, '/wait "/resume"');
    await hear(message, 2);
    const written = await sql<Message>`
      SELECT workspace_id AS "workspaceId", conversation_id AS "conversationId", id, agent_id AS "agentId", thread_id AS "threadId", customer_seq AS "customerSeq"
      FROM message WHERE conversation_id = ${taskId} AND body = '/resume'`;
    expect(written).toHaveLength(1);
    await hear(written[0]!);
    expect([await stateOf(), await saidIn(taskId)]).toEqual(["waiting", ["`/wait` It is in “Waiting” now."]]);
  });

  it("is refused with the reason: where it does not lead from, whose it is, what it needs", async () => {
    expect(await ran(dora, taskId, "/done\n/wait\n/strat")).toEqual([
      "This move does not lead from “Triage”, where the task is now.",
      "Something is missing. It is written `/wait comment`.",
      expect.stringContaining("Did you mean /start?"),
    ]);
    await ran(world.irina, taskId, "/start");
    expect(await ran(dora, taskId, "/submit")).toEqual(["Only who is assigned to the task may do this."]);
    expect(await ran(world.irina, taskId, "/одобрить")).toEqual([
      "Из состояния «В работе», в котором задача сейчас, такого перехода нет.",
    ]);
    expect(await stateOf()).toBe("doing");
  });

  it("to where the task is already is done", async () => {
    await ran(dora, taskId, "/start");
    expect(await ran(dora, taskId, "/start")).toEqual(["It is in “In progress” now."]);
  });

  it("is no viewer's", async () => {
    const message = await say(dora, taskId, "/start");
    await letIntoProject(world.irina, projectId, dora, "viewer");
    await hear(message);
    expect([await saidIn(taskId), await stateOf()]).toEqual([["`/start` You only read here."], "triage"]);
  });
});

describe("/status", () => {
  it("goes by a state's id and by its name in either language, and makes the move that leads there", async () => {
    expect(await ran(dora, taskId, "/status in progress /priority low")).toEqual([
      "It is in “In progress” now.",
      "The priority is: Low.",
    ]);
    expect(await ran(world.irina, taskId, "/статус запас\n/статус todo\n/status К выполнению")).toEqual([
      "Задача теперь в «Запас».",
      "Задача теперь в «К выполнению».",
      "Задача теперь в «К выполнению».",
    ]);
    expect(await stateOf()).toBe("todo");
  });

  it("is refused with the nearest state, with those that it can be moved to, or with how the move is written", async () => {
    expect(await ran(dora, taskId, "/status in progres\n/status Shipped\n/status done\n/status cancelled")).toEqual([
      "There is no state “in progres”. Did you mean In progress?",
      "There is no state “Shipped”. You can move it to Backlog, To do, In progress, Duplicate or Cancelled.",
      "You cannot move it from “Triage” to “Done”. You can move it to Backlog, To do, In progress, Duplicate or Cancelled.",
      "Say a word about it: this move takes a comment. It is written `/cancel comment`.",
    ]);
    expect(await ran(world.irina, taskId, "/статус розбор2\n/статус готово")).toEqual([
      "Состояния «розбор2» нет. Может быть, Разбор?",
      "Из «Разбор» вы не можете перевести её в «Готово». Можно перевести: Запас, К выполнению, В работе, Повтор или Отменено.",
    ]);
    expect(await stateOf()).toBe("triage");
  });
});

describe("a workflow of an admin's own", () => {
  const every = { by: "member" as const, needs: [], effects: [] };
  const workflow: Workflow = {
    start: "ordered",
    states: [
      { id: "ordered", name: "Заказано", group: "unstarted" },
      { id: "packed", name: "Packed", group: "started" },
      { id: "shipped", name: "Shipped", group: "completed" },
    ],
    moves: [
      { id: "pack", name: "Next", from: ["ordered"], to: "packed", ...every },
      { id: "ship", name: "Next", from: ["packed"], to: "shipped", ...every },
      { id: "unpack", name: "Вернуть на склад!", from: ["packed"], to: "ordered", ...every },
      { id: "lose", name: "Ship", from: "any", to: "ordered", ...every },
    ],
  };
  let own: string;
  beforeEach(async () => {
    const given = { clientId: newId(), key: `OWN${newId().slice(-6).toUpperCase()}`, name: "Shop", workflow };
    own = await openTask(world.irina, granted(await createProject(world.irina, given)).projectId);
  });

  it("has its moves as commands, in the middle of a line, too; of a shared name the one that leads on", async () => {
    expect(await ran(world.irina, own, "/priority high /pack /status Shipped")).toHaveLength(3);
    expect(await stateOf(own)).toBe("shipped");
    await ran(world.irina, own, "/lose");
    expect(await ran(world.irina, own, "/next /next")).toEqual([
      "Задача теперь в «Packed».",
      "Задача теперь в «Shipped».",
    ]);
  });

  it("has an id before a name, and no name that is no word", async () => {
    await ran(world.irina, own, "/pack");
    expect(await ran(world.irina, own, "/ship")).toEqual(["Задача теперь в «Shipped»."]);
    expect(await ran(world.irina, own, "/вернуть-на-склад")).toEqual([
      expect.stringContaining("Команды /вернуть-на-склад нет."),
    ]);
  });

  it("is that task's alone", async () => {
    expect(await ran(dora, taskId, "/title Then /pack it")).toEqual(["The title is: Then /pack it"]);
  });
});
