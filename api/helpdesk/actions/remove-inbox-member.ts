import type { Actor } from "../../kernel/actor.ts";
import { type Outcome, refuse } from "../../kernel/outcome.ts";
import { removeSpaceMember, type RemoveSpaceMemberRefusal } from "../../people/actions/remove-space-member.ts";
import { mayAdminister } from "../../people/policy.ts";
import { freeTickets } from "../free-tickets.ts";
import { findSpaceOfInbox } from "../queries.ts";
import type { InboxMember } from "./add-inbox-member.ts";

/**
 * Takes an agent out of an inbox: at once they see nothing of it any more, and their open and waiting tickets there are
 * nobody's. For owners and admins. Refuses as `removeSpaceMember` does, and `inbox_not_found`. Records
 * `ticket.assigned` for each of these tickets.
 */
export async function removeInboxMember(
  actor: Actor,
  { inboxId, agentId }: InboxMember,
): Promise<Outcome<{ agentId: string }, RemoveSpaceMemberRefusal | "inbox_not_found">> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const spaceId = await findSpaceOfInbox(actor, inboxId);
  if (!spaceId) return refuse("inbox_not_found", ["input", "inboxId"]);
  const removed = await removeSpaceMember(actor, { spaceId, agentId });
  if (removed.ok) await freeTickets(actor, { agentId, spaceId });
  return removed;
}
