import { beforeAll, expect, it } from "vitest";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { createReminder } from "../../api/reminders/actions/create-reminder.ts";
import { MOST_AHEAD } from "../../api/reminders/reminder.ts";
import { openWorld } from "../support/open-world.ts";
import { ahead, askFor, HOUR } from "../support/reminders.ts";
import { openGroup } from "../support/rooms.ts";
import type { World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

it("a reminder is refused to whoever has asked for too many for one person, and to nobody else", async () => {
  const { ann, irina } = world;
  const conversationId = await openGroup(ann, irina);
  const id = await askFor(ann, conversationId, { agentId: irina.agentId });
  await sql`
    INSERT INTO reminder (workspace_id, id, agent_id, created_by_id, conversation_id, text, at, created_at)
    SELECT workspace_id, gen_random_uuid(), agent_id, created_by_id, conversation_id, text, at, created_at
    FROM reminder, generate_series(2, ${MOST_AHEAD}::int) WHERE id = ${id}`;
  const ask = async (agent: AgentActor, agentId: string) => {
    const eyes = { locale: "en" as const, zone: "Europe/Berlin" };
    const input = { clientId: newId(), conversationId, agentId, text: "Call back", time: { at: ahead(HOUR) }, eyes };
    const asked = await createReminder(agent, input);
    return asked.ok ? "granted" : asked.refusal;
  };
  expect(await ask(ann, irina.agentId)).toBe("reminders_too_many");
  expect(await ask(ann, ann.agentId)).toBe("granted");
  expect(await ask(irina, irina.agentId)).toBe("granted");
});
