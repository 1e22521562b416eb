import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { isDuplicate } from "../../kernel/database-faults.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { type Colour, readLabelName } from "../label.ts";
import { lockLabel } from "../lock-label.ts";
import { tellLabelled } from "../tell-labelled.ts";
import { LABEL_KEY } from "./create-label.ts";

/** What of a label is to change; what is left out stays. */
export type UpdateLabelInput = { labelId: string; name?: string | undefined; colour?: Colour | undefined };

export type LabelRefusal = "not_permitted" | "project_archived" | "label_not_found";

/**
 * Gives a label another name or colour, on all tasks that have it. For the project's owners. Records `task.changed` for each of
 * these tasks; being so already is done.
 */
export async function updateLabel(
  actor: Actor,
  { labelId, ...given }: UpdateLabelInput,
): Promise<Outcome<{ labelId: string }, LabelRefusal | "label_name_invalid" | "label_name_taken">> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const read = given.name === undefined ? done(null) : readLabelName(given.name);
  if (!read.ok) return read;
  try {
    return await inTransaction(async (tx): Promise<Outcome<{ labelId: string }, LabelRefusal>> => {
      const label = await lockLabel(tx, actor, labelId);
      if (!label.ok) return label;
      const { name, key } = read.value ?? label.value;
      const colour = given.colour ?? label.value.colour;
      if (name === label.value.name && colour === label.value.colour) return done({ labelId });
      await tellLabelled(tx, actor, labelId);
      await tx.sql`
        UPDATE label SET name = ${name}, key = ${key}, colour = ${colour}
        WHERE workspace_id = ${actor.workspaceId} AND id = ${labelId}`;
      return done({ labelId });
    });
  } catch (fault) {
    if (isDuplicate(fault, LABEL_KEY)) return refuse("label_name_taken", ["input", "name"]);
    throw fault;
  }
}
