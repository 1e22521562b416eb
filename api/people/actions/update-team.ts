import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { isHandleFree, readHandle } from "../handle.ts";
import { mayAdminister } from "../policy.ts";
import { lockTeam, readTeamName } from "../team.ts";

/** What of a team is to change; what is left out stays. */
export type UpdateTeamInput = { teamId: string; name?: string | undefined; handle?: string | undefined };

export type UpdateTeamRefusal =
  | "not_permitted"
  | "team_not_found"
  | "team_name_invalid"
  | "handle_invalid"
  | "handle_taken";

/** Changes what a team is called and mentioned by. For owners and admins. What mentions it stays its own under another handle. */
export async function updateTeam(
  actor: Actor,
  { teamId, ...given }: UpdateTeamInput,
): Promise<Outcome<{ teamId: string }, UpdateTeamRefusal>> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const name = given.name === undefined ? done(null) : readTeamName(given.name);
  if (!name.ok) return name;
  const handle = given.handle === undefined ? done(null) : readHandle(given.handle);
  if (!handle.ok) return handle;
  const { workspaceId } = actor;
  return inTransaction(async (tx): Promise<Outcome<{ teamId: string }, UpdateTeamRefusal>> => {
    if (!(await lockTeam(tx, actor, teamId))) return refuse("team_not_found", ["input", "teamId"]);
    if (handle.value !== null && !(await isHandleFree(tx, { workspaceId, handle: handle.value, ownerId: teamId })))
      return refuse("handle_taken", ["input", "handle"]);
    await tx.sql`
      UPDATE team SET name = coalesce(${name.value}, name), handle = coalesce(${handle.value}, handle)
      WHERE workspace_id = ${workspaceId} AND id = ${teamId}`;
    return done({ teamId });
  });
}
