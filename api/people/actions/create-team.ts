import type { Actor } from "../../kernel/actor.ts";
import { isDuplicate } from "../../kernel/database-faults.ts";
import { newId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { isHandleFree, readHandle } from "../handle.ts";
import { mayAdminister } from "../policy.ts";
import { readTeamName } from "../team.ts";

export type CreateTeamInput = { clientId: string; name: string; handle: string };

export type CreateTeamRefusal =
  | "not_permitted"
  | "team_name_invalid"
  | "handle_invalid"
  | "handle_taken"
  | "client_id_invalid"
  | "client_id_conflict";

/**
 * Makes a team that nobody is in yet. For owners and admins. Its handle is no other team's and nobody's own. A retry under
 * the same clientId answers with the first.
 */
export async function createTeam(
  actor: Actor,
  input: CreateTeamInput,
): Promise<Outcome<{ teamId: string }, CreateTeamRefusal>> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const name = readTeamName(input.name);
  if (!name.ok) return name;
  const handle = readHandle(input.handle);
  if (!handle.ok) return handle;
  const unfit = refuseClientId(input.clientId);
  if (unfit) return unfit;

  const { workspaceId, agentId } = actor;
  const id = newId();
  const request = {
    ...{ workspaceId, callerId: agentId, clientId: input.clientId, mutation: "createTeam" },
    ...{ content: [name.value, handle.value], resultId: id, locks: workspaceId },
  };
  try {
    return await once<{ teamId: string }, CreateTeamRefusal>(
      request,
      async (tx) => {
        if (!(await isHandleFree(tx, { workspaceId, handle: handle.value, ownerId: id })))
          return refuse("handle_taken", ["input", "handle"]);
        await tx.sql`
          INSERT INTO team (workspace_id, id, name, handle) VALUES (${workspaceId}, ${id}, ${name.value}, ${handle.value})`;
        return done({ teamId: id });
      },
      async (teamId) => done({ teamId }),
    );
  } catch (fault) {
    if (isDuplicate(fault, "team_workspace_id_handle_key")) return refuse("handle_taken", ["input", "handle"]);
    throw fault;
  }
}
