import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { stayInSpace } from "../../people/join-space.ts";
import { mayChange } from "../../people/policy.ts";
import { changeMember } from "../change-member.ts";
import { lockRoom } from "../lock-room.ts";
import { countOthers } from "../room-members.ts";

export type JoinChannelRefusal = "not_permitted" | "conversation_not_found" | "conversation_closed";

/** Makes the actor a member of a channel, and its owner where everybody has left it. A member already is done, and stays whatever becomes of the teams that they came through. Records `member.changed`. */
export async function joinChannel(
  actor: Actor,
  { conversationId }: { conversationId: string },
): Promise<Outcome<{ conversationId: string }, JoinChannelRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const path = ["input", "conversationId"];
  return inTransaction(async (tx): Promise<Outcome<{ conversationId: string }, JoinChannelRefusal>> => {
    const room = await lockRoom(tx, actor, conversationId);
    if (!room) return refuse("conversation_not_found", path);
    if (room.role !== null) {
      await stayInSpace(tx.sql, { ...room, agentId: actor.agentId });
      return done({ conversationId });
    }
    if (room.closedAt) return refuse("conversation_closed", path);
    const { others } = await countOthers(tx, room, actor.agentId);
    const change = { agentId: actor.agentId, from: null, to: others === 0 ? ("owner" as const) : ("member" as const) };
    await changeMember(tx, actor, { room, change });
    return done({ conversationId });
  });
}
