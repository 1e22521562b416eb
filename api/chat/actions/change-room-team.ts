import type { SpaceRole } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { lockTeam } from "../../people/team.ts";
import { lockOwnRoom } from "../lock-room.ts";
import { mayInRoom } from "../room.ts";
import { changeSpaceTeam, teamRoleIn } from "../team-spaces.ts";

export type RoomTeamInput = {
  conversationId: string;
  teamId: string;
  /** What its members shall be there; null: nothing through it. */
  role: SpaceRole | null;
};

export type RoomTeamRefusal =
  | "not_permitted"
  | "conversation_not_found"
  | "team_not_found"
  | "team_role_invalid"
  | "conversation_closed";

/**
 * Lets a team into a channel or a group, gives it another role there, or takes it out. Whoever joins the team sees the room,
 * and whoever leaves it sees it no more, unless they are there by themselves. Members let teams in; owners do the rest. A team
 * owns nothing. Records `room.changed`, and `member.changed` for whoever comes or goes by it. Being so already is done.
 */
export async function changeRoomTeam(
  actor: Actor,
  { conversationId, teamId, role: to }: RoomTeamInput,
): Promise<Outcome<{ conversationId: string }, RoomTeamRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  if (to === "owner") return refuse("team_role_invalid", ["input", "role"]);
  return inTransaction(async (tx): Promise<Outcome<{ conversationId: string }, RoomTeamRefusal>> => {
    const isKnown = await lockTeam(tx, actor, teamId);
    const room = await lockOwnRoom(tx, actor, conversationId);
    if (!room) return refuse("conversation_not_found", ["input", "conversationId"]);
    if (!isKnown) return refuse("team_not_found", ["input", "teamId"]);
    const { spaceId } = room;
    const from = await teamRoleIn(tx, actor, { spaceId, teamId });
    if (!mayInRoom(actor, room, from === null && to !== null ? "invite" : "govern")) return refuse("not_permitted");
    if (from === to) return done({ conversationId });
    if (from === null && room.closedAt) return refuse("conversation_closed", ["input", "conversationId"]);
    await changeSpaceTeam(tx, actor, { spaceId, teamId, role: to });
    return done({ conversationId });
  });
}
