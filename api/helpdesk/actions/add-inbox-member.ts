import type { Actor } from "../../kernel/actor.ts";
import { type Outcome, refuse } from "../../kernel/outcome.ts";
import { addSpaceMember } from "../../people/actions/add-space-member.ts";
import { mayAdminister } from "../../people/policy.ts";
import { findSpaceOfInbox } from "../queries.ts";

export type InboxMember = { inboxId: string; agentId: string };

/**
 * Lets an agent answer in an inbox. For owners and admins. Refuses `not_permitted`, `inbox_not_found` and
 * `agent_not_found`. A member already is done.
 */
export async function addInboxMember(
  actor: Actor,
  { inboxId, agentId }: InboxMember,
): Promise<Outcome<{ agentId: string }, "not_permitted" | "inbox_not_found" | "agent_not_found">> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const spaceId = await findSpaceOfInbox(actor, inboxId);
  if (!spaceId) return refuse("inbox_not_found", ["input", "inboxId"]);
  return addSpaceMember(actor, { spaceId, agentId });
}
