import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { lockSavedView } from "../saved-view.ts";

export type DeleteSavedViewRefusal = "not_permitted" | "saved_view_not_found";

/** Does away with a view; its tasks stay as they are. For its maker; a shared one also for its project's owners. */
export async function deleteSavedView(
  actor: Actor,
  { viewId }: { viewId: string },
): Promise<Outcome<{ viewId: string }, DeleteSavedViewRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  return inTransaction(async (tx): Promise<Outcome<{ viewId: string }, DeleteSavedViewRefusal>> => {
    const view = await lockSavedView(tx, actor, viewId);
    if (!view.ok) return view;
    await tx.sql`DELETE FROM saved_view WHERE workspace_id = ${actor.workspaceId} AND id = ${viewId}`;
    return done({ viewId });
  });
}
