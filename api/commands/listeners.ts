import { apart } from "../kernel/database.ts";
import { inTurn } from "../kernel/in-turn.ts";
import { perTransaction } from "../kernel/loader.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import type { DurableListener } from "../kernel/log/listener.ts";
import { rowsOf } from "../kernel/statement.ts";
import "../chat/events.ts";
import { isOfCommand } from "./client-id.ts";
import { obeyMessage, type Order } from "./obey-message.ts";

/**
 * Carries out the commands in what staff write among themselves: in rooms and in private notes. What a customer reads is text,
 * an agent's answer too: a command line in one would tell customers how the team works, and act where nobody looks for it. An
 * edit is no new order.
 *
 * Each command has a transaction of its own, not the listener's: it holds locks of conversations, and one that is refused must
 * not undo another. Its row makes it once (see `obeyMessage`), however often the event is heard. One message after another,
 * so that a burst of commands never takes more than two further connections.
 */
export const obeyCommands: DurableListener<"message.sent"> = {
  name: "obey-commands",
  hears: ["message.sent"],
  async react(tx, event) {
    if (event.payload.by.kind !== "agent" || event.customerSeq !== null) return;
    const order = await readOrder(tx, event);
    if (order) await inTurn("obey-commands", () => apart(() => obeyMessage(order)));
  },
};

/** What the messages said when they were sent, whatever became of them since; nothing once they are deleted. What a command wrote is no order. */
const readOrder = perTransaction<LoggedEvent<"message.sent">, Order | undefined>(async (tx, events) => {
  const asked = events.map(({ workspaceId, payload }) => ({ workspaceId, id: payload.messageId }));
  const orders = await tx.sql<Order>`
    SELECT message.workspace_id AS "workspaceId", message.id, conversation_id AS "conversationId", agent_id AS "agentId",
      thread_id AS "threadId", is_broadcast AS "isBroadcast", sent_at AS "sentAt", coalesce(first.body, message.body) AS body
    FROM json_to_recordset(${rowsOf(asked)}) AS asked (workspace_id uuid, id uuid)
    JOIN message USING (workspace_id, id)
    LEFT JOIN message_version AS first ON first.workspace_id = message.workspace_id AND message_id = message.id AND number = 1
    WHERE NOT ${isOfCommand}`;
  const byId = new Map(orders.map((order) => [order.id, order]));
  return events.map(({ payload }) => byId.get(payload.messageId));
});
