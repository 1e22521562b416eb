import type { SpaceRole } from "../../../prisma/generated/client/client.ts";
import type { Actor, AgentActor } from "../../kernel/actor.ts";
import { inTransaction, type Transaction } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { isThroughTeam, stayInSpace } from "../../people/join-space.ts";
import { mayChange } from "../../people/policy.ts";
import { changeMember } from "../change-member.ts";
import { lockOwnRoom } from "../lock-room.ts";
import { mayInRoom } from "../room.ts";
import { countOthers, roleIn } from "../room-members.ts";

export type RoomMemberInput = {
  conversationId: string;
  agentId: string;
  /** What they shall be there; null: no member. */
  role: SpaceRole | null;
};

export type RoomMemberRefusal =
  | "not_permitted"
  | "conversation_not_found"
  | "agent_not_found"
  | "member_not_found"
  | "conversation_closed"
  | "member_through_team"
  | "last_room_owner";

/**
 * Lets somebody into a channel or a group, gives them another role there, or takes them out. Members invite members and
 * viewers; its owners do the rest, but to leave is `leaveRoom`. An archived room lets nobody in. Whoever is
 * there through a team stays as long as both do. Being so already is done. Records `member.changed`.
 */
export async function changeRoomMember(
  actor: Actor,
  { conversationId, agentId, role: to }: RoomMemberInput,
): Promise<Outcome<{ conversationId: string }, RoomMemberRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  if (agentId === actor.agentId && to === null) return refuse("not_permitted", ["input", "agentId"]);
  return inTransaction(async (tx): Promise<Outcome<{ conversationId: string }, RoomMemberRefusal>> => {
    const room = await lockOwnRoom(tx, actor, conversationId);
    if (!room) return refuse("conversation_not_found", ["input", "conversationId"]);
    const from = await roleIn(tx, room, agentId);
    const deed = from === null && (to === "member" || to === "viewer") ? "invite" : "govern";
    if (!mayInRoom(actor, room, deed)) return refuse("not_permitted");
    if (from === to && from !== null) {
      await stayInSpace(tx.sql, { ...room, agentId });
      return done({ conversationId });
    }
    if (to === null && from === null) return refuse("member_not_found", ["input", "agentId"]);
    if (to === null && (await isThroughTeam(tx.sql, { ...room, agentId })))
      return refuse("member_through_team", ["input", "agentId"]);
    if (from === null && room.closedAt) return refuse("conversation_closed", ["input", "conversationId"]);
    if (from === null && !(await isHere(tx, actor, agentId))) return refuse("agent_not_found", ["input", "agentId"]);
    if (from === "owner" && (await countOthers(tx, room, agentId)).owners === 0)
      return refuse("last_room_owner", ["input", "agentId"]);
    await changeMember(tx, actor, { room, change: { agentId, from, to } });
    return done({ conversationId });
  });
}

async function isHere(tx: Transaction, { workspaceId }: AgentActor, agentId: string): Promise<boolean> {
  if (!isId(agentId)) return false;
  const found = await tx.sql`
    SELECT FROM agent WHERE workspace_id = ${workspaceId} AND id = ${agentId} AND disabled_at IS NULL FOR SHARE`;
  return found.length > 0;
}
