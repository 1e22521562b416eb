import type { Message } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import { type Outcome, refuse } from "../../kernel/outcome.ts";
import { type Act, type ActRefusal, actOnMessage, byOf, recordAct } from "../act-on-message.ts";
import { type BodyRefusal, refuseBody } from "../message.ts";
import { keepMentions } from "../mentions.ts";
import { MOST_EDITS } from "../message-policy.ts";
import { withEmoji } from "../shortcodes.ts";

export type EditMessageRefusal = ActRefusal | BodyRefusal | "edits_too_many";

/**
 * Gives a message another text; what it said before is kept as a version. Its author may, for `EDITABLE_MS`. Of two edits at
 * once the later one stands and both are kept; the same text is no edit. It mentions whom the new text names. Records
 * `message.edited`.
 */
export async function editMessage(
  actor: Actor,
  input: { messageId: string; body: string },
): Promise<Outcome<Message, EditMessageRefusal>> {
  const body = withEmoji(input.body);
  const unfit = refuseBody(body);
  if (unfit) return unfit;
  return actOnMessage(actor, { messageId: input.messageId, deed: "edit" }, async (act) => {
    const { message } = act;
    if (message.body === body) return undefined;
    if ((await countVersions(act)) >= MOST_EDITS) return refuse("edits_too_many", ["input", "messageId"]);
    await write(act, body);
    const payload = { messageId: message.id, by: byOf(act) };
    await recordAct(act, message.visibility, { type: "message.edited", payload });
    return undefined;
  });
}

async function countVersions({ tx, message }: Act): Promise<number> {
  const [row] = await tx.sql<{ count: number }>`
    SELECT count(*) FROM message_version WHERE workspace_id = ${message.workspaceId} AND message_id = ${message.id}`;
  return row!.count;
}

async function write({ tx, message, spaceId, agent, at }: Act, body: string): Promise<void> {
  const { workspaceId, id, sentAt, editedAt } = message;
  await tx.sql`
    INSERT INTO message_version (workspace_id, message_id, number, body, written_at)
    SELECT ${workspaceId}, ${id}, 1 + count(*), ${message.body}, ${editedAt ?? sentAt}
    FROM message_version WHERE workspace_id = ${workspaceId} AND message_id = ${id}`;
  await tx.sql`
    UPDATE message SET body = ${body}, edited_at = ${at} WHERE workspace_id = ${workspaceId} AND id = ${id}`;
  await tx.sql`DELETE FROM mention WHERE workspace_id = ${workspaceId} AND message_id = ${id}`;
  await keepMentions(tx, agent, { message: { ...message, body }, spaceId });
}
