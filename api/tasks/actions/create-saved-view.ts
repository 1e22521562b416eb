import type { SavedViewShape } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { newId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { mayChange } from "../../people/policy.ts";
import { MOST_VIEWS, readViewFilter, readViewName, refusePlace, refuseViewIn } from "../saved-view.ts";

export type CreateSavedViewInput = {
  clientId: string;
  name: string;
  filter: string;
  shape: SavedViewShape;
  /** Null: of all projects. */
  projectId: string | null;
  isShared: boolean;
};

export type CreateSavedViewRefusal =
  | "not_permitted"
  | "project_not_found"
  | "project_archived"
  | "saved_view_name_invalid"
  | "saved_view_filter_invalid"
  | "saved_view_place_invalid"
  | "saved_views_too_many"
  | "client_id_invalid"
  | "client_id_conflict";

/**
 * Keeps a filter of tasks under a name, for its maker or for all who see its project; the latter is for the project's members.
 * Refuses a filter that cannot be read. Records nothing: a view is read anew by whoever opens it.
 */
export async function createSavedView(
  actor: Actor,
  { clientId, shape, projectId, isShared, ...input }: CreateSavedViewInput,
): Promise<Outcome<{ viewId: string }, CreateSavedViewRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const name = readViewName(input.name);
  if (!name.ok) return name;
  const filter = readViewFilter(input.filter);
  if (!filter.ok) return filter;
  const unfit = refusePlace({ shape, isShared, projectId }) ?? refuseClientId(clientId);
  if (unfit) return unfit;

  const { workspaceId, agentId } = actor;
  const viewId = newId();
  const request = {
    ...{ workspaceId, callerId: agentId, clientId, mutation: "createSavedView", resultId: viewId },
    content: [name.value, filter.value, shape, projectId, isShared],
  };
  return once<{ viewId: string }, CreateSavedViewRefusal>(
    request,
    async (tx) => {
      const refused = await refuseViewIn(tx, actor, { projectId, isShared });
      if (refused) return refused;
      // Counted where it is inserted: those who share the transaction do so one after another, but read all at once.
      const made = await tx.sql`
        INSERT INTO saved_view (workspace_id, id, owner_id, project_id, name, query, shape, is_shared, created_at)
        SELECT ${workspaceId}, ${viewId}, ${agentId}, ${projectId}, ${name.value}, ${filter.value}, ${shape}, ${isShared}, ${now()}
        FROM saved_view WHERE workspace_id = ${workspaceId} AND owner_id = ${agentId}
        HAVING count(*) < ${MOST_VIEWS} RETURNING id`;
      return made.length === 0 ? refuse("saved_views_too_many") : done({ viewId });
    },
    async (id) => done({ viewId: id }),
  );
}
