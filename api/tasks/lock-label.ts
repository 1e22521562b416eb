import type { Label } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { lockProject } from "./lock-project.ts";
import { refuseInProject } from "./policy.ts";

type Found = Pick<Label, "projectId" | "name" | "key" | "colour">;

/** A label whose project this transaction has locked, of which the agent is an owner. */
export async function lockLabel(
  tx: Transaction,
  agent: AgentActor,
  labelId: string,
): Promise<Outcome<Found, "not_permitted" | "project_archived" | "label_not_found">> {
  const notFound = refuse("label_not_found" as const, ["input", "labelId"]);
  if (!isId(labelId)) return notFound;
  const read = () => tx.sql<Found>`
    SELECT project_id AS "projectId", name, key, colour FROM label
    WHERE workspace_id = ${agent.workspaceId} AND id = ${labelId}`;
  const [known] = await read();
  const project = known && (await lockProject(tx, agent, { projectId: known.projectId }));
  if (!project) return notFound;
  const refused = refuseInProject(agent, project, "govern");
  if (refused) return refused;
  const [label] = await read();
  return label ? done(label) : notFound;
}
