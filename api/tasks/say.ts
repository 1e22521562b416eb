import { writeMessage } from "../chat/actions/send-message.ts";
import { takeNextTurn } from "../chat/conversation.ts";
import { keepMentions } from "../chat/mentions.ts";
import { readByWriting } from "../chat/read-by-writing.ts";
import { withEmoji } from "../chat/shortcodes.ts";
import { newId } from "../kernel/id.ts";
import type { TaskAct } from "./act-on-task.ts";

/** What somebody says, and the clientId that it is sent under, if that is known. */
export type Said = { body: string; clientId?: string | undefined };

/** Writes what somebody says about what they have just done with a locked task: a message in its conversation. */
export async function say({ tx, task, agent, at }: TaskAct, { body, clientId = newId() }: Said): Promise<void> {
  const turn = await takeNextTurn(tx, task, "staff");
  await tx.sql`
    UPDATE conversation SET staff_activity_at = ${at}
    WHERE workspace_id = ${task.workspaceId} AND id = ${task.conversationId}`;
  const message = await writeMessage(tx, agent, turn, { id: newId(), clientId, body: withEmoji(body), at });
  await keepMentions(tx, agent, { message, spaceId: turn.spaceId });
  await readByWriting(tx, agent, turn, at);
}
