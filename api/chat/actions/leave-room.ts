import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { isThroughTeam } from "../../people/join-space.ts";
import { mayChange } from "../../people/policy.ts";
import { changeMember } from "../change-member.ts";
import { lockOwnRoom } from "../lock-room.ts";
import { countOthers } from "../room-members.ts";

export type LeaveRoomRefusal = "not_permitted" | "conversation_not_found" | "member_through_team" | "last_room_owner";

/**
 * Takes the actor out of a channel or a group: they see no more of it at once. Direct messages are not left, nor what a team of theirs is in; and the last
 * owner makes somebody else one first, as long as others are there. Records `member.changed`.
 */
export async function leaveRoom(
  actor: Actor,
  { conversationId }: { conversationId: string },
): Promise<Outcome<{ conversationId: string }, LeaveRoomRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const path = ["input", "conversationId"];
  return inTransaction(async (tx): Promise<Outcome<{ conversationId: string }, LeaveRoomRefusal>> => {
    const room = await lockOwnRoom(tx, actor, conversationId);
    if (!room) return refuse("conversation_not_found", path);
    if (room.kind === "direct") return refuse("not_permitted", path);
    const { agentId } = actor;
    if (await isThroughTeam(tx.sql, { ...room, agentId })) return refuse("member_through_team", path);
    const { others, owners } = await countOthers(tx, room, agentId);
    if (room.role === "owner" && others > 0 && owners === 0) return refuse("last_room_owner", path);
    await changeMember(tx, actor, { room, change: { agentId, from: room.role, to: null } });
    return done({ conversationId });
  });
}
