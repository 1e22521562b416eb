import { runCommand } from "../../api/commands/actions/run-command.ts";
import { obeyCommands } from "../../api/commands/listeners.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { inTransaction, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import type { Message } from "../../prisma/generated/client/client.ts";
import { granted, note } from "./story.ts";

/** Lets the listener of commands hear a message, as often as told. */
export async function hear(message: Message, times = 1): Promise<void> {
  const { workspaceId, conversationId, id: messageId, threadId, customerSeq, agentId, contactId } = message;
  const by = agentId ? { kind: "agent", id: agentId } : { kind: "contact", id: contactId };
  const event = {
    ...{ type: "message.sent", workspaceId, conversationId, customerSeq },
    payload: { messageId, threadId, by },
  };
  for (let time = 0; time < times; time += 1)
    await inTransaction((tx) => obeyCommands.react(tx, event as unknown as LoggedEvent<"message.sent">));
}

/** What the bot has said in a conversation. */
export async function saidIn(conversationId: string): Promise<string[]> {
  const rows = await sql<{ body: string }>`
    SELECT body FROM message
    WHERE conversation_id = ${conversationId} AND agent_id IS NULL AND contact_id IS NULL ORDER BY staff_seq`;
  return rows.map(({ body }) => body);
}

/** An agent writes it for staff alone, and it is heard; answers what the bot said. */
export async function order(agent: AgentActor, conversationId: string, body: string): Promise<string> {
  await hear(await note(agent, conversationId, body));
  return (await saidIn(conversationId)).at(-1)!;
}

/** What came of the commands of a text that an agent gives without a message, in their order. */
export async function ran(agent: AgentActor, conversationId: string, text: string): Promise<string[]> {
  const results = granted(await runCommand(agent, { conversationId, text, clientId: newId() }));
  return results.map(({ said }) => said);
}
