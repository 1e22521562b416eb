import { changeSpaceTeam, type Gone, teamRoleIn } from "../../chat/team-spaces.ts";
import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayAdminister } from "../../people/policy.ts";
import { lockTeam } from "../../people/team.ts";
import { freeTickets } from "../free-tickets.ts";
import { findSpaceOfInbox } from "../queries.ts";

export type InboxTeam = { inboxId: string; teamId: string };

export type InboxTeamRefusal = "not_permitted" | "inbox_not_found" | "team_not_found";

/** Lets a team answer in an inbox: whoever joins the team does, too. For owners and admins. In it already is done. */
export async function addInboxTeam(actor: Actor, wanted: InboxTeam): Promise<Outcome<InboxTeam, InboxTeamRefusal>> {
  return changeInboxTeam(actor, wanted, "member");
}

/**
 * Takes a team out of an inbox: whoever answers there through it alone sees nothing of it any more, at once, and their open and
 * waiting tickets there are nobody's. For owners and admins. Out of it already is done. Records `ticket.assigned` for each of these tickets.
 */
export async function removeInboxTeam(actor: Actor, wanted: InboxTeam): Promise<Outcome<InboxTeam, InboxTeamRefusal>> {
  return changeInboxTeam(actor, wanted, null);
}

async function changeInboxTeam(
  actor: Actor,
  wanted: InboxTeam,
  to: "member" | null,
): Promise<Outcome<InboxTeam, InboxTeamRefusal>> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const { inboxId, teamId } = wanted;
  const spaceId = await findSpaceOfInbox(actor, inboxId);
  if (!spaceId) return refuse("inbox_not_found", ["input", "inboxId"]);
  const changed = await inTransaction(async (tx): Promise<Outcome<Gone[], InboxTeamRefusal>> => {
    if (!(await lockTeam(tx, actor, teamId))) return refuse("team_not_found", ["input", "teamId"]);
    const from = await teamRoleIn(tx, actor, { spaceId, teamId });
    return done(from === to ? [] : await changeSpaceTeam(tx, actor, { spaceId, teamId, role: to }));
  });
  if (!changed.ok) return changed;
  for (const gone of changed.value) await freeTickets(actor, gone);
  return done(wanted);
}
