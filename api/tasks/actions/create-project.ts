import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { isDuplicate } from "../../kernel/database-faults.ts";
import { newId } from "../../kernel/id.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { joinSpace } from "../../people/join-space.ts";
import { mayChange } from "../../people/policy.ts";
import { readProjectKey, readProjectName } from "../project.ts";
import type { Workflow } from "../workflow.ts";

export type CreateProjectInput = { clientId: string; key: string; name: string; workflow: Workflow };

export type CreateProjectRefusal =
  | "not_permitted"
  | "project_key_invalid"
  | "project_key_taken"
  | "project_name_invalid"
  | "client_id_invalid"
  | "client_id_conflict";

/**
 * Opens a project with a workflow that makes sense, in a space of its own that its maker owns. Its key is its own in the
 * workspace, for good. A retry under the same clientId answers with the first.
 */
export async function createProject(
  actor: Actor,
  input: CreateProjectInput,
): Promise<Outcome<{ projectId: string }, CreateProjectRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const key = readProjectKey(input.key);
  if (!key.ok) return key;
  const name = readProjectName(input.name);
  if (!name.ok) return name;
  const unfit = refuseClientId(input.clientId);
  if (unfit) return unfit;

  const { workspaceId, agentId } = actor;
  const [projectId, spaceId, at] = [newId(), newId(), now()];
  const request = {
    ...{ workspaceId, callerId: agentId, clientId: input.clientId, mutation: "createProject" },
    ...{ content: [key.value, name.value, input.workflow], resultId: projectId },
  };
  try {
    return await once<{ projectId: string }, CreateProjectRefusal>(
      request,
      async (tx) => {
        await tx.sql`
          INSERT INTO space (workspace_id, id, kind, created_at) VALUES (${workspaceId}, ${spaceId}, 'project', ${at})`;
        await tx.sql`
          INSERT INTO project (workspace_id, id, space_id, key, name, workflow, created_at)
          VALUES (${workspaceId}, ${projectId}, ${spaceId}, ${key.value}, ${name.value}, ${input.workflow}, ${at})`;
        const lost = await joinSpace(tx.sql, { workspaceId, spaceId, agentId, role: "owner" });
        if (lost) tx.afterCommit(() => takeAway(lost));
        return done({ projectId });
      },
      async (id) => done({ projectId: id }),
    );
  } catch (fault) {
    if (isDuplicate(fault, "project_workspace_id_key_key")) return refuse("project_key_taken", ["input", "key"]);
    throw fault;
  }
}
