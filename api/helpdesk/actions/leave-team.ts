import { deleteTeam, type DeleteTeamRefusal } from "../../chat/actions/delete-team.ts";
import { removeTeamMember, type RemoveTeamMemberRefusal } from "../../chat/actions/remove-team-member.ts";
import type { TeamMember } from "../../chat/actions/set-team-member.ts";
import type { Actor, AgentActor } from "../../kernel/actor.ts";
import { done, type Outcome } from "../../kernel/outcome.ts";
import { freeTickets } from "../free-tickets.ts";

/**
 * Takes somebody out of a team as `removeTeamMember` does, with its refusals, and makes their open and waiting tickets in the
 * inboxes that they lose nobody's. Records `ticket.assigned` for each of these.
 */
export async function dismissTeamMember(
  actor: Actor,
  member: TeamMember,
): Promise<Outcome<{ teamId: string }, RemoveTeamMemberRefusal>> {
  const removed = await removeTeamMember(actor, member);
  if (!removed.ok) return removed;
  for (const gone of removed.value.gone) await freeTickets(actor as AgentActor, gone);
  return done({ teamId: member.teamId });
}

/** Does away with a team as `deleteTeam` does, with its refusals; the tickets of those who lose an inbox by it are nobody's. */
export async function disbandTeam(
  actor: Actor,
  { teamId }: { teamId: string },
): Promise<Outcome<{ teamId: string }, DeleteTeamRefusal>> {
  const deleted = await deleteTeam(actor, { teamId });
  if (!deleted.ok) return deleted;
  for (const gone of deleted.value.gone) await freeTickets(actor as AgentActor, gone);
  return done({ teamId });
}
