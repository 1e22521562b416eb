import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { lockSavedView, readViewFilter, readViewName, refusePlace, refuseViewIn } from "../saved-view.ts";

/** What of a view is to change; what is left out stays. */
export type UpdateSavedViewInput = {
  viewId: string;
  name?: string | undefined;
  filter?: string | undefined;
  isShared?: boolean | undefined;
};

export type UpdateSavedViewRefusal =
  | "not_permitted"
  | "saved_view_not_found"
  | "project_not_found"
  | "project_archived"
  | "saved_view_name_invalid"
  | "saved_view_filter_invalid"
  | "saved_view_place_invalid";

/** Gives a view another name or filter, shares it or keeps it for its maker. For its maker; a shared one also for its project's owners. */
export async function updateSavedView(
  actor: Actor,
  { viewId, ...given }: UpdateSavedViewInput,
): Promise<Outcome<{ viewId: string }, UpdateSavedViewRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const name = given.name === undefined ? done(undefined) : readViewName(given.name);
  if (!name.ok) return name;
  const filter = given.filter === undefined ? done(undefined) : readViewFilter(given.filter);
  if (!filter.ok) return filter;
  return inTransaction(async (tx): Promise<Outcome<{ viewId: string }, UpdateSavedViewRefusal>> => {
    const view = await lockSavedView(tx, actor, viewId);
    if (!view.ok) return view;
    const changed = { ...view.value, isShared: given.isShared ?? view.value.isShared };
    // Whoever takes from others a view that is not theirs would give it to nobody whom they know.
    if (!changed.isShared && changed.ownerId !== actor.agentId) return refuse("not_permitted");
    // What is shared already stays so, whatever its project or its maker has become since.
    const shares = changed.isShared && !view.value.isShared;
    const refused = refusePlace(changed) ?? (shares && (await refuseViewIn(tx, actor, changed)));
    if (refused) return refused;
    await tx.sql`
      UPDATE saved_view SET name = ${name.value ?? changed.name}, query = ${filter.value ?? changed.query}, is_shared = ${changed.isShared}
      WHERE workspace_id = ${actor.workspaceId} AND id = ${viewId}`;
    return done({ viewId });
  });
}
