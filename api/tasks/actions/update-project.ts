import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { inTransaction, type Transaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { lockProject, type OwnProject } from "../lock-project.ts";
import { mayInProject } from "../policy.ts";
import { readProjectName } from "../project.ts";

/** What of a project is to change; what is left out stays. */
export type UpdateProjectInput = { projectId: string; name?: string | undefined; isArchived?: boolean | undefined };

export type UpdateProjectRefusal = "not_permitted" | "project_not_found" | "project_name_invalid";

/**
 * Changes what a project is called, and puts it away or brings it back: in an archived one no task is made, changed or
 * talked about. For its owners. Being so already is done.
 */
export async function updateProject(
  actor: Actor,
  { projectId, ...given }: UpdateProjectInput,
): Promise<Outcome<{ projectId: string }, UpdateProjectRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const name = given.name === undefined ? done(null) : readProjectName(given.name);
  if (!name.ok) return name;
  return inTransaction(async (tx): Promise<Outcome<{ projectId: string }, UpdateProjectRefusal>> => {
    const project = await lockProject(tx, actor, { projectId });
    if (!project) return refuse("project_not_found", ["input", "projectId"]);
    if (!mayInProject(actor, project.role, "govern")) return refuse("not_permitted");
    const { isArchived = project.archivedAt !== null } = given;
    const archivedAt = isArchived ? (project.archivedAt ?? now()) : null;
    await tx.sql`
      UPDATE project SET name = ${name.value ?? project.name}, archived_at = ${archivedAt}
      WHERE workspace_id = ${actor.workspaceId} AND id = ${projectId}`;
    if (isArchived !== (project.archivedAt !== null)) await closeTalk(tx, project, archivedAt);
    return done({ projectId });
  });
}

/** Closes the conversations of a project's tasks, or opens them again; they are locked in the order in which everybody does. */
async function closeTalk(tx: Transaction, { workspaceId, spaceId }: OwnProject, closedAt: Date | null): Promise<void> {
  await tx.sql`
    WITH locked AS MATERIALIZED (
      SELECT id FROM conversation WHERE workspace_id = ${workspaceId} AND space_id = ${spaceId} ORDER BY id FOR NO KEY UPDATE)
    UPDATE conversation SET closed_at = ${closedAt} FROM locked
    WHERE workspace_id = ${workspaceId} AND conversation.id = locked.id`;
}
