import type { Message } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { Outcome } from "../../kernel/outcome.ts";
import { type Act, type ActRefusal, actOnMessage, byOf, recordAct } from "../act-on-message.ts";

/**
 * Erases what a message said, for good, with all that it said before, whom it mentions, its reactions and its pin; that it was there stays to be
 * seen. Its author may, for `DELETABLE_MS`; owners at any time. Records `message.deleted`; deleted already is done.
 */
export function deleteMessage(
  actor: Actor,
  { messageId }: { messageId: string },
): Promise<Outcome<Message, ActRefusal>> {
  return actOnMessage(actor, { messageId, deed: "delete" }, async (act) => {
    await erase(act);
    const payload = { messageId, by: byOf(act) };
    await recordAct(act, act.message.visibility, { type: "message.deleted", payload });
    return undefined;
  });
}

async function erase({ tx, message, at }: Act): Promise<void> {
  const { workspaceId, id } = message;
  await Promise.all([
    tx.sql`DELETE FROM message_version WHERE workspace_id = ${workspaceId} AND message_id = ${id}`,
    tx.sql`DELETE FROM reaction WHERE workspace_id = ${workspaceId} AND message_id = ${id}`,
    tx.sql`DELETE FROM mention WHERE workspace_id = ${workspaceId} AND message_id = ${id}`,
    tx.sql`DELETE FROM pin WHERE workspace_id = ${workspaceId} AND message_id = ${id}`,
    tx.sql`
      UPDATE message SET body = '', edited_at = NULL, deleted_at = ${at}
      WHERE workspace_id = ${workspaceId} AND id = ${id}`,
  ]);
}
