import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { isDuplicate } from "../../kernel/database-faults.ts";
import { newId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { mayChange } from "../../people/policy.ts";
import { type Colour, MOST_LABELS, readLabelName } from "../label.ts";
import { lockProject } from "../lock-project.ts";
import { refuseInProject } from "../policy.ts";

export type CreateLabelInput = { clientId: string; projectId: string; name: string; colour: Colour };

export type CreateLabelRefusal =
  | "not_permitted"
  | "project_not_found"
  | "project_archived"
  | "label_name_invalid"
  | "label_name_taken"
  | "labels_too_many"
  | "client_id_invalid"
  | "client_id_conflict";

/** Makes a word that a project's tasks are marked with; no other one of the project has its name. For its owners. */
export async function createLabel(
  actor: Actor,
  { clientId, projectId, colour, ...input }: CreateLabelInput,
): Promise<Outcome<{ labelId: string }, CreateLabelRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const read = readLabelName(input.name);
  if (!read.ok) return read;
  const unfit = refuseClientId(clientId);
  if (unfit) return unfit;

  const { workspaceId, agentId } = actor;
  const { name, key } = read.value;
  const labelId = newId();
  const request = {
    ...{ workspaceId, callerId: agentId, clientId, mutation: "createLabel" },
    ...{ content: [projectId, name, colour], resultId: labelId, locks: projectId },
  };
  try {
    return await once<{ labelId: string }, CreateLabelRefusal>(
      request,
      async (tx) => {
        const project = await lockProject(tx, actor, { projectId });
        if (!project) return refuse("project_not_found", ["input", "projectId"]);
        const refused = refuseInProject(actor, project, "govern");
        if (refused) return refused;
        // Counted where it is inserted: those who share the transaction do so one after another, but read all at once.
        const made = await tx.sql`
          INSERT INTO label (workspace_id, id, project_id, name, key, colour, created_at)
          SELECT ${workspaceId}, ${labelId}, ${projectId}, ${name}, ${key}, ${colour}, ${now()}
          FROM label WHERE workspace_id = ${workspaceId} AND project_id = ${projectId}
          HAVING count(*) < ${MOST_LABELS} RETURNING id`;
        if (made.length === 0) return refuse("labels_too_many", ["input", "projectId"]);
        return done({ labelId });
      },
      async (id) => done({ labelId: id }),
    );
  } catch (fault) {
    if (isDuplicate(fault, LABEL_KEY)) return refuse("label_name_taken", ["input", "name"]);
    throw fault;
  }
}

/** The index that holds a label's name to be the only one. */
export const LABEL_KEY = "label_workspace_id_project_id_key_key";
