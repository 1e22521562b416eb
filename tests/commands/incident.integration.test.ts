import { beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openWorld } from "../support/open-world.ts";
import { order } from "../support/orders.ts";
import { begin } from "../support/story.ts";
import { openLabel, openProject, taskRow } from "../support/tasks.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

const STORY = {
  en: {
    note: "/bug INC1 Lamps go out at night",
    steps: [
      "/start /severity critical /assign @irina2 /label night /due 2027-11-26 18:00",
      "/task INC1 Look at the timer",
      "/link relates to INC1-2 /checklist Ask the customer",
      "/fix",
      "/done /watch",
    ],
  },
  ru: {
    note: "/ошибка INC2 Лампы гаснут ночью",
    steps: [
      "/начать /серьёзность критическая /назначить @irina2 /метка night /срок 26.11.2027 18:00",
      "/задача INC2 Проверить таймер",
      "/связать связана с INC2-2 /пункт Спросить клиента",
      "/исправлять",
      "/завершить /следить",
    ],
  },
};

describe("an incident", () => {
  it.each(["en", "ru"] as const)("runs from a customer's message to its end by commands alone: %s", async (locale) => {
    const { note, steps } = STORY[locale];
    await sql`UPDATE agent SET handle = ${newId()} WHERE handle = 'irina2'`;
    const agent = await addAgent(world, { name: "Irina", handle: "irina2", role: "agent", locale });
    const projectId = await openProject(agent, { key: note.split(" ")[1]!, which: "incident" });
    await openLabel(agent, projectId, "night");
    const { conversation, message } = await begin(world.hannah, "It is dark here!");
    expect(await order(agent, conversation.id, note)).toContain(`${note.split(" ")[1]}-1`);
    const [made] = await sql<{ id: string; from: string }>`
      SELECT conversation_id AS id, source_message_id AS "from" FROM task WHERE project_id = ${projectId}`;
    expect(made!.from).toBe(message.id);
    for (const step of steps) await order(agent, made!.id, step);
    expect(await taskRow(agent, made!.id)).toMatchObject({
      ...{ stateId: "resolved", type: "bug", severity: "critical", priority: "urgent" },
      ...{ dueAt: new Date("2027-11-26T17:00Z"), number: 1 },
    });
    const refused = await sql`SELECT said FROM command_run WHERE agent_id = ${agent.agentId} AND refusal IS NOT NULL`;
    expect(refused).toEqual([]);
  });
});
