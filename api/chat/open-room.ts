import type { Conversation, SpaceRole } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import { newId } from "../kernel/id.ts";
import { takeAway } from "../kernel/live/rights.ts";
import { record } from "../kernel/log/record.ts";
import { joinSpace } from "../people/join-space.ts";
import "./events.ts";
import type { RoomKind } from "./room.ts";

/** A room to be opened, and who is in it from the beginning. */
export type NewRoom = {
  id: string;
  kind: RoomKind;
  name: string | null;
  topic: string;
  purpose: string;
  /** What there may be only one of: a second one fails the transaction. */
  key: string | null;
  members: readonly { agentId: string; role: SpaceRole }[];
  at: Date;
};

/** Opens a room in a space of its own. Records `conversation.started`. */
export async function openRoom(tx: Transaction, actor: AgentActor, room: NewRoom): Promise<Conversation> {
  const { workspaceId } = actor;
  const { id, kind, name, topic, purpose, key, members, at } = room;
  const spaceId = newId();
  await tx.sql`
    INSERT INTO space (workspace_id, id, kind, created_at)
    VALUES (${workspaceId}, ${spaceId}, ${kind}::text::space_kind, ${at})`;
  await tx.sql`
    INSERT INTO conversation (workspace_id, id, space_id, kind, staff_seq, staff_activity_at, customer_activity_at, created_at)
    VALUES (${workspaceId}, ${id}, ${spaceId}, ${kind}::text::conversation_kind, 1, ${at}, ${at}, ${at})`;
  await tx.sql`
    INSERT INTO room (workspace_id, conversation_id, name, topic, purpose, key)
    VALUES (${workspaceId}, ${id}, ${name}, ${topic}, ${purpose}, ${key})`;
  for (const member of members) {
    const lost = await joinSpace(tx.sql, { workspaceId, spaceId, ...member });
    if (lost) tx.afterCommit(() => takeAway(lost));
  }
  await record(tx, {
    type: "conversation.started",
    ...{ workspaceId, conversationId: id, spaceId, contactId: null, staffSeq: 1, customerSeq: null, occurredAt: at },
    payload: { by: { kind: "agent", id: actor.agentId } },
  });
  return {
    ...{ workspaceId, id, spaceId, contactId: null, kind, staffSeq: 1, customerSeq: 0 },
    ...{ staffActivityAt: at, customerActivityAt: at, closedAt: null, createdAt: at },
  };
}
