import type { Actor } from "../../kernel/actor.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayAdminister } from "../policy.ts";
import { endVisit } from "./end-visit.ts";

/**
 * Ends the visit of a customer's browser for good: only a new visit helps it. For owners and admins. Refuses
 * `not_permitted` and `visitor_not_found`. Revoked already is done.
 */
export async function revokeVisitor(
  actor: Actor,
  { visitorId }: { visitorId: string },
): Promise<Outcome<{ visitorId: string }, "not_permitted" | "visitor_not_found">> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  return (await endVisit(actor.workspaceId, visitorId)) ? done({ visitorId }) : refuse("visitor_not_found");
}
