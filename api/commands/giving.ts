import type { ConversationKind } from "../../prisma/generated/client/client.ts";
import { localeOf } from "../../words/words.ts";
import { commandWords } from "../../words/commands.ts";
import { isVisible, isWritable } from "../chat/policy.ts";
import type { AgentActor } from "../kernel/actor.ts";
import type { Sql } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { type Done, done, refuse } from "../kernel/outcome.ts";
import { findTaskPlace } from "../tasks/task-place.ts";
import type { CommandContext, CommandRefused } from "./command.ts";
import { refuseSaying } from "./command-outcome.ts";

/** Who gives commands and where: without what each command's own transaction and place add. */
export type Giving = Omit<CommandContext, "sql" | "clientId" | "call" | "others" | "find">;

/** Whether the agent may give commands in a conversation, and as whom: whoever may write there, with what they came with. */
export async function findGiving(
  sql: Sql,
  actor: AgentActor,
  { conversationId, at, messageId = null }: { conversationId: string; at: Date; messageId?: string | null },
): Promise<Done<Giving> | CommandRefused> {
  const locale = localeOf(actor.locale);
  const [place] = isId(conversationId)
    ? await sql<{ kind: ConversationKind; spaceId: string; isWritable: boolean }>`
        SELECT kind, space_id AS "spaceId", ${isWritable(actor)} AS "isWritable" FROM conversation
        WHERE workspace_id = ${actor.workspaceId} AND id = ${conversationId} AND ${isVisible(actor)}`
    : [];
  if (!place) return refuse("conversation_not_found", ["input", "conversationId"]);
  if (!actor.mayWrite) return refuse("not_permitted");
  if (!place.isWritable) return refuseSaying("not_permitted", commandWords[locale].readOnly);
  const { kind, spaceId } = place;
  const task = kind === "task" ? await findTaskPlace(sql, actor, conversationId) : null;
  return done({ actor, locale, at, conversationId, messageId, spaceId, kind, task });
}
