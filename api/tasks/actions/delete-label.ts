import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { lockLabel } from "../lock-label.ts";
import { tellLabelled } from "../tell-labelled.ts";
import type { LabelRefusal } from "./update-label.ts";

/** Does away with a label: no task has it any more. For the project's owners. Records `task.changed` for each that had it. */
export async function deleteLabel(
  actor: Actor,
  { labelId }: { labelId: string },
): Promise<Outcome<{ labelId: string }, LabelRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  return inTransaction(async (tx): Promise<Outcome<{ labelId: string }, LabelRefusal>> => {
    const label = await lockLabel(tx, actor, labelId);
    if (!label.ok) return label;
    await tellLabelled(tx, actor, labelId);
    await tx.sql`DELETE FROM label WHERE workspace_id = ${actor.workspaceId} AND id = ${labelId}`;
    return done({ labelId });
  });
}
