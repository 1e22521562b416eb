import type { Actor } from "../../kernel/actor.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { endVisit } from "../../people/actions/end-visit.ts";

/** Ends the visitor's own visit, as when they sign out of the site: its tokens count for nothing. Refuses `not_permitted` to all but visitors. */
export async function leaveVisit(actor: Actor): Promise<Outcome<{ inboxId: string }, "not_permitted">> {
  if (actor.kind !== "visitor") return refuse("not_permitted");
  await endVisit(actor.workspaceId, actor.visitorId);
  return done({ inboxId: actor.inboxId });
}
