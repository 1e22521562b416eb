import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { isRoom } from "./own-rooms.ts";
import { isVisible } from "./policy.ts";
import type { RoomKind } from "./room.ts";

/** A room whose conversation this transaction has locked. */
export type LockedRoom = {
  workspaceId: string;
  conversationId: string;
  spaceId: string;
  kind: RoomKind;
  name: string | null;
  topic: string;
  purpose: string;
  closedAt: Date | null;
  /** The last number taken. */
  staffSeq: number;
};

/** A room, and what the agent who asks is there; null: no member. */
export type KnownRoom = LockedRoom & { role: SpaceRole | null };

/** A room that the agent is in. */
export type OwnRoom = LockedRoom & { role: SpaceRole };

/** The room, locked, if the agent is in it. Undefined for every other, and for none. */
export async function lockOwnRoom(
  tx: Transaction,
  agent: AgentActor,
  conversationId: string,
): Promise<OwnRoom | undefined> {
  const room = await lockRoom(tx, agent, conversationId);
  return room?.role ? { ...room, role: room.role } : undefined;
}

/** The same of any channel, too: of those everyone on staff may know. */
export async function lockRoom(
  tx: Transaction,
  agent: AgentActor,
  conversationId: string,
): Promise<KnownRoom | undefined> {
  if (!isId(conversationId)) return undefined;
  // Locked before it is read: a statement that waits for a lock still sees other rows as they were before it waited.
  await tx.sql`
    SELECT FROM conversation
    WHERE workspace_id = ${agent.workspaceId} AND id = ${conversationId} AND ${isRoom} FOR NO KEY UPDATE`;
  const [room] = await tx.sql<KnownRoom>`
    SELECT conversation.workspace_id AS "workspaceId", conversation.id AS "conversationId",
           conversation.space_id AS "spaceId", conversation.kind,
           room.name, topic, purpose, closed_at AS "closedAt", staff_seq AS "staffSeq", member.role
    FROM conversation
    JOIN room ON room.workspace_id = conversation.workspace_id AND room.conversation_id = conversation.id
    LEFT JOIN space_member AS member ON member.workspace_id = conversation.workspace_id
      AND member.space_id = conversation.space_id AND member.agent_id = ${agent.agentId}
    WHERE conversation.workspace_id = ${agent.workspaceId} AND conversation.id = ${conversationId}
      AND (member.role IS NOT NULL OR conversation.kind = 'channel')`;
  return room;
}

/** The last number taken of any conversation that the agent sees, locked; undefined for every other, and for none. */
export async function lockTalk(
  tx: Transaction,
  agent: AgentActor,
  conversationId: string,
): Promise<{ staffSeq: number } | undefined> {
  if (!isId(conversationId)) return undefined;
  await tx.sql`
    SELECT FROM conversation WHERE workspace_id = ${agent.workspaceId} AND id = ${conversationId} FOR NO KEY UPDATE`;
  const [talk] = await tx.sql<{ staffSeq: number }>`
    SELECT staff_seq AS "staffSeq" FROM conversation
    WHERE workspace_id = ${agent.workspaceId} AND id = ${conversationId} AND ${isVisible(agent)}`;
  return talk;
}
