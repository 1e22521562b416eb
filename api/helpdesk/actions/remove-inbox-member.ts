import type { Actor } from "../../kernel/actor.ts";
import { type Outcome, refuse } from "../../kernel/outcome.ts";
import { removeSpaceMember } from "../../people/actions/remove-space-member.ts";
import { mayAdminister } from "../../people/policy.ts";
import { findSpaceOfInbox } from "../queries.ts";
import type { InboxMember } from "./add-inbox-member.ts";

/**
 * Takes an agent out of an inbox: at once they see nothing of it any more. For owners and admins. Refuses `not_permitted`,
 * `inbox_not_found` and `member_not_found`.
 */
export async function removeInboxMember(
  actor: Actor,
  { inboxId, agentId }: InboxMember,
): Promise<Outcome<{ agentId: string }, "not_permitted" | "inbox_not_found" | "member_not_found">> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const spaceId = await findSpaceOfInbox(actor, inboxId);
  if (!spaceId) return refuse("inbox_not_found", ["input", "inboxId"]);
  return removeSpaceMember(actor, { spaceId, agentId });
}
