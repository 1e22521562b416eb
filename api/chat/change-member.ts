import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import type { Transaction } from "../kernel/database.ts";
import { takeAway } from "../kernel/live/rights.ts";
import { record } from "../kernel/log/record.ts";
import { joinSpace, leaveSpace, setSpaceRole } from "../people/join-space.ts";
import { takeNextTurn } from "./conversation.ts";
import "./events.ts";
import type { LockedRoom } from "./lock-room.ts";

/** Who becomes what in a room: null is no member. */
export type MemberChange = { agentId: string; from: SpaceRole | null; to: SpaceRole | null };

/** A locked room, as far as a change of its members needs to know it. */
export type PeopledRoom = Pick<LockedRoom, "workspaceId" | "conversationId" | "spaceId" | "staffSeq">;

/**
 * Lets somebody into a locked room, gives them another role there, or takes them out; whoever comes begins with all of the
 * past read. Their streams end where they lose it, and come again where they gain it. What is not their own they have through
 * a team. Records `member.changed`.
 */
export async function changeMember(
  tx: Transaction,
  actor: AgentActor,
  { room, change, isOwn = true }: { room: PeopledRoom; change: MemberChange; isOwn?: boolean },
): Promise<void> {
  const { workspaceId, spaceId } = room;
  const { agentId, from, to } = change;
  if (from === null) await join(tx, room, { agentId, role: to!, isOwn });
  else if (to === null) await leave(tx, room, agentId);
  else await setSpaceRole(tx.sql, { workspaceId, spaceId, agentId, role: to, isOwn });
  const by = { kind: "agent" as const, id: actor.agentId };
  const turn = await takeNextTurn(tx, room, "staff");
  await record(tx, { type: "member.changed", ...turn, occurredAt: now(), payload: { ...change, by } });
}

async function join(
  tx: Transaction,
  { workspaceId, spaceId, conversationId, staffSeq }: PeopledRoom,
  { agentId, role, isOwn }: { agentId: string; role: SpaceRole; isOwn: boolean },
): Promise<void> {
  const lost = await joinSpace(tx.sql, { workspaceId, spaceId, agentId, role, isOwn });
  if (lost) tx.afterCommit(() => takeAway(lost));
  await tx.sql`
    INSERT INTO read_mark (workspace_id, conversation_id, reader_id, seq, read_at)
    VALUES (${workspaceId}, ${conversationId}, ${agentId}, ${staffSeq}, ${now()})
    ON CONFLICT (workspace_id, conversation_id, reader_id) DO UPDATE SET seq = greatest(read_mark.seq, excluded.seq), unread_from = NULL`;
  await tx.sql`
    UPDATE thread_follower AS follower SET seq = greatest(seq, ${staffSeq}), settled_at = last_reply_at
    FROM thread
    WHERE follower.workspace_id = ${workspaceId} AND follower.conversation_id = ${conversationId} AND agent_id = ${agentId}
      AND thread.workspace_id = follower.workspace_id AND thread.id = thread_id`;
}

/** What they had begun to write goes with them, and they follow no thread there any more. */
async function leave(
  tx: Transaction,
  { workspaceId, spaceId, conversationId }: PeopledRoom,
  agentId: string,
): Promise<void> {
  await leaveSpace(tx, { workspaceId, spaceId, agentId });
  await tx.sql`
    DELETE FROM draft
    WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId} AND agent_id = ${agentId}`;
  await tx.sql`
    UPDATE thread_follower SET is_following = false
    WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId} AND agent_id = ${agentId}`;
}
