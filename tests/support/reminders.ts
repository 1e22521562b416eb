import type { AgentActor } from "../../api/kernel/actor.ts";
import { type Alarm, ringOnce } from "../../api/kernel/alarms.ts";
import { now } from "../../api/kernel/clock.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { createReminder, type CreateReminderInput } from "../../api/reminders/actions/create-reminder.ts";
import { granted } from "./story.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** A morning in Berlin: nine o'clock. */
export const START = Date.UTC(2030, 0, 15, 8);

/** An instant so many ms from now. */
export function ahead(ms: number): Date {
  return new Date(now().getTime() + ms);
}

/** Asks for a reminder of one's own, in an hour unless told otherwise; answers its id. */
export async function askFor(
  agent: AgentActor,
  conversationId: string,
  given: Partial<CreateReminderInput> = {},
): Promise<string> {
  const eyes = { locale: "en" as const, zone: agent.zone };
  const input = { clientId: newId(), conversationId, text: "Call back", time: { at: ahead(HOUR) }, eyes, ...given };
  return granted(await createReminder(agent, input)).reminderId;
}

/** Rings until nothing is left whose time has come. */
export async function ringAll(alarm: Alarm): Promise<void> {
  while ((await ringOnce(alarm)) > 0);
}

/** Who was told of which kind of reminder about a conversation, in the order of their telling, as the log has it. */
export async function toldOf(conversationId: string): Promise<{ to: string; kind: string }[]> {
  return sql<{ to: string; kind: string }>`
    SELECT to_agent_id AS "to", payload->>'kind' AS kind FROM outbox
    WHERE conversation_id = ${conversationId} AND type = 'reminder.told' ORDER BY id`;
}
