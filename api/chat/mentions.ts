import { EVERYONE } from "../people/handle.ts";
import type { ConversationKind, Message, SpaceRole } from "../../prisma/generated/client/client.ts";
import { findHandles } from "../../markdown/mentions.ts";
import type { AgentActor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import { fragment } from "../kernel/statement.ts";
import { isRoomKind, mayInRoom } from "./room.ts";

/** A message mentions by so many handles at most; further ones are words. */
const MOST_HANDLES = 50;

/**
 * Keeps whom a message of the team's own mentions: colleagues who see the conversation, by their handles, teams of such
 * colleagues, by theirs, and all of them by `@here` where the author may, though never in a thread alone. Any other handle is
 * a word. What a customer reads mentions nobody. Whom a reply mentions by name follows its thread from then on.
 */
export async function keepMentions(
  tx: Transaction,
  actor: AgentActor,
  { message, spaceId }: { message: Message; spaceId: string },
): Promise<void> {
  const { workspaceId, id, conversationId, staffSeq, threadId, visibility, body } = message;
  const handles = visibility === "staff" ? findHandles(body).slice(0, MOST_HANDLES) : [];
  if (handles.length === 0) return;
  const isInMainLine = threadId === null || message.isBroadcast;
  const isForAll = isInMainLine && handles.includes(EVERYONE) && (await mayAlert(tx.sql, actor, conversationId));
  await tx.sql`
    INSERT INTO mention (workspace_id, message_id, target_id, kind, handle, conversation_id, staff_seq)
    SELECT ${workspaceId}, ${id}, target_id, kind::mention_kind, handle, ${conversationId}, ${staffSeq}
    FROM (
      SELECT agent.id AS target_id, 'agent' AS kind, handle
      FROM agent JOIN space_member AS member ON member.workspace_id = agent.workspace_id AND member.agent_id = agent.id
      WHERE agent.workspace_id = ${workspaceId} AND member.space_id = ${spaceId} AND handle = ANY(${handles}::text[])
        AND disabled_at IS NULL
      UNION ALL
      SELECT team.id, 'team', handle FROM team
      WHERE workspace_id = ${workspaceId} AND handle = ANY(${handles}::text[]) AND ${isHeardIn(spaceId)}
      UNION ALL
      SELECT ${conversationId}::uuid, 'everyone', ${EVERYONE} WHERE ${isForAll}::boolean) AS target`;
  if (threadId === null) return;
  await tx.sql`
    INSERT INTO thread_follower (workspace_id, thread_id, agent_id, conversation_id, seq, is_following)
    SELECT workspace_id, ${threadId}, target_id, conversation_id, ${staffSeq} - 1, true
    FROM mention WHERE workspace_id = ${workspaceId} AND message_id = ${id} AND kind = 'agent'
    ON CONFLICT (workspace_id, thread_id, agent_id) DO NOTHING`;
}

/** Whether somebody of a row of `team` sees what stands in a space. */
export function isHeardIn(spaceId: string) {
  return fragment`EXISTS (
    SELECT FROM team_member JOIN space_member AS member USING (workspace_id, agent_id)
    WHERE workspace_id = team.workspace_id AND team_id = team.id AND space_id = ${spaceId})`;
}

/** Whether an agent may mention everyone in a conversation: never where a customer takes part, nor in a task: whom that concerns watches it. */
export async function mayAlert(sql: Transaction["sql"], actor: AgentActor, conversationId: string): Promise<boolean> {
  const [room] = await sql<{ kind: ConversationKind; role: SpaceRole }>`
    SELECT kind, member.role FROM conversation JOIN space_member AS member USING (workspace_id, space_id)
    WHERE workspace_id = ${actor.workspaceId} AND conversation.id = ${conversationId} AND agent_id = ${actor.agentId}`;
  return room !== undefined && isRoomKind(room.kind) && mayInRoom(actor, { kind: room.kind, role: room.role }, "alert");
}
