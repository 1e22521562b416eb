import type { Message, SpaceRole } from "../../prisma/generated/client/client.ts";
import type { Actor, AgentActor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import { inTransaction, type Transaction } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import type { NewEvent } from "../kernel/log/event.ts";
import { record } from "../kernel/log/record.ts";
import { done, type Outcome, type Refused, refuse } from "../kernel/outcome.ts";
import { mayChange } from "../people/policy.ts";
import { takeNextTurn } from "./conversation.ts";
import "./events.ts";
import type { Visibility } from "./message.ts";
import { type DeedRefusal, type MessageDeed, refuseDeed } from "./message-policy.ts";
import { roleThere } from "./policy.ts";
import { messageColumns } from "./queries.ts";

export type ActRefusal = DeedRefusal | "message_not_found" | "message_deleted";

/** A message whose conversation this transaction has locked, who acts on it, and when. */
export type Act = { tx: Transaction; message: Message; spaceId: string; agent: AgentActor; at: Date };

type Asked = { messageId: string; deed: MessageDeed };

/**
 * Does something with a message under the lock of its conversation, where the policy lets the actor, and answers the message
 * as it is then. A deleted one takes nothing more; to delete it again is done.
 */
export async function actOnMessage<R extends string = never>(
  actor: Actor,
  { messageId, deed }: Asked,
  perform: (act: Act) => Promise<Refused<R> | undefined>,
): Promise<Outcome<Message, ActRefusal | R>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const path = ["input", "messageId"];
  return inTransaction(async (tx): Promise<Outcome<Message, ActRefusal | R>> => {
    const found = isId(messageId) && (await lockMessage(tx, actor, messageId));
    if (!found) return refuse("message_not_found", path);
    const { message, standing } = found;
    if (message.deletedAt) return deed === "delete" ? done(message) : refuse("message_deleted", path);
    const at = now();
    const refused = refuseDeed(actor, { ...standing, ...message }, { deed, at });
    if (refused) return refused;
    const failed = await perform({ tx, message, spaceId: standing.spaceId, agent: actor, at });
    return failed ?? done(await readMessage(tx, message));
  });
}

type Standing = { spaceId: string; closedAt: Date | null; isRoom: boolean; role: SpaceRole };

/** The message, if the agent sees it: its conversation is locked before it is read, as others change it under that lock. */
async function lockMessage(tx: Transaction, agent: AgentActor, id: string) {
  const { workspaceId, agentId } = agent;
  await tx.sql`
    SELECT FROM conversation
    WHERE workspace_id = ${workspaceId}
      AND id = (SELECT conversation_id FROM message WHERE workspace_id = ${workspaceId} AND id = ${id})
    FOR NO KEY UPDATE`;
  const [standing] = await tx.sql<Standing>`
    SELECT member.space_id AS "spaceId", closed_at AS "closedAt", conversation.kind <> 'support' AS "isRoom",
      ${roleThere(agent)} AS role
    FROM message
    JOIN conversation ON conversation.workspace_id = message.workspace_id AND conversation.id = conversation_id
    JOIN space_member AS member ON member.workspace_id = conversation.workspace_id
      AND member.space_id = conversation.space_id AND member.agent_id = ${agentId}
    WHERE message.workspace_id = ${workspaceId} AND message.id = ${id}`;
  return standing && { standing, message: await readMessage(tx, { workspaceId, id }) };
}

async function readMessage(
  tx: Transaction,
  { workspaceId, id }: Pick<Message, "workspaceId" | "id">,
): Promise<Message> {
  const [message] = await tx.sql<Message>`
    SELECT ${messageColumns} FROM message WHERE workspace_id = ${workspaceId} AND id = ${id}`;
  return message!;
}

type Fact = Pick<
  NewEvent<"message.edited" | "message.deleted" | "reaction.changed" | "pin.changed">,
  "type" | "payload"
>;

/** Records what became of a locked message: to all who see it, or ("staff") to staff alone. */
export async function recordAct({ tx, message, at }: Act, audience: Visibility, fact: Fact): Promise<void> {
  const turn = await takeNextTurn(tx, message, audience);
  await record(tx, { ...turn, ...fact, occurredAt: at } as NewEvent);
}

/** Who acts, as events name them. */
export function byOf({ agent }: Act): { kind: "agent"; id: string } {
  return { kind: "agent", id: agent.agentId };
}
