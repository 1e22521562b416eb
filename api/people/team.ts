import type { AgentActor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { isStorable } from "../kernel/text.ts";
import { lockWorkspace } from "./lock-workspace.ts";
import { mayAdminister } from "./policy.ts";

/** So many are in a team at most. */
export const MOST_IN_TEAM = 500;

const LONGEST_NAME = 80;

/** A team's name as it is kept: 1 to 80 characters, with single spaces inside. */
export function readTeamName(text: string): Outcome<string, "team_name_invalid"> {
  const name = text.trim().replace(/\s+/g, " ");
  const isFit = name.length >= 1 && name.length <= LONGEST_NAME && isStorable(name);
  return isFit ? done(name) : refuse("team_name_invalid", ["input", "name"]);
}

/** Whether there is such a team in the workspace, all of whose teams stay as they are until the transaction ends. */
export async function lockTeam(tx: Transaction, { workspaceId }: AgentActor, teamId: string): Promise<boolean> {
  await lockWorkspace(tx, workspaceId);
  const found = isId(teamId)
    ? await tx.sql`SELECT FROM team WHERE workspace_id = ${workspaceId} AND id = ${teamId}`
    : [];
  return found.length > 0;
}

/** The same of a team whose members the actor may set: owners and admins those of every team, its leads its own. */
export async function lockLedTeam(
  tx: Transaction,
  actor: AgentActor,
  teamId: string,
): Promise<Outcome<null, "team_not_found" | "not_permitted">> {
  if (!(await lockTeam(tx, actor, teamId))) return refuse("team_not_found", ["input", "teamId"]);
  const { workspaceId, agentId } = actor;
  const leads = await tx.sql`
    SELECT FROM team_member
    WHERE workspace_id = ${workspaceId} AND team_id = ${teamId} AND agent_id = ${agentId} AND is_lead`;
  return leads.length > 0 || mayAdminister(actor) ? done(null) : refuse("not_permitted");
}
