import type { ConversationKind } from "../../prisma/generated/client/client.ts";
import { localeOf } from "../../words/words.ts";
import { commandWords } from "../../words/commands.ts";
import { findPlace } from "../chat/conversation.ts";
import type { AgentActor } from "../kernel/actor.ts";
import { sql } from "../kernel/database.ts";
import { type Done, done, refuse } from "../kernel/outcome.ts";
import type { CommandContext, CommandRefused } from "./command.ts";
import { refuseSaying } from "./command-outcome.ts";

/** Who gives commands and where: without what each command's own transaction and place add. */
export type Giving = Omit<CommandContext, "sql" | "clientId" | "others">;

/** Whether the agent may give commands in a conversation, and as whom: whoever may write there. */
export async function findGiving(
  actor: AgentActor,
  { conversationId, at }: { conversationId: string; at: Date },
): Promise<Done<Giving> | CommandRefused> {
  const locale = localeOf(actor.locale);
  const place = await findPlace(actor, conversationId);
  if (!place) return refuse("conversation_not_found", ["input", "conversationId"]);
  if (!place.isWritable) return refuseSaying("not_permitted", commandWords[locale].readOnly);
  const [row] = await sql<{ kind: ConversationKind }>`
    SELECT kind FROM conversation WHERE workspace_id = ${actor.workspaceId} AND id = ${conversationId}`;
  return done({ actor, locale, at, conversationId, spaceId: place.spaceId, kind: row!.kind });
}
