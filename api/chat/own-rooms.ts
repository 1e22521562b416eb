import type { AgentActor } from "../kernel/actor.ts";
import { type Fragment, fragment } from "../kernel/statement.ts";

/** Whether a row of `conversation` is a room: neither a talk with a customer nor one about a task. */
export const isRoom = fragment`conversation.kind NOT IN ('support', 'task')`;

/**
 * The rooms that an agent is in, as what a statement reads from, down to its WHERE: rows of `member` and of `conversation`.
 * All of theirs are looked at, of which one person has hundreds at most, but of their inboxes and projects one conversation each.
 */
export function ownRooms({ workspaceId, agentId }: AgentActor): Fragment {
  return fragment`space_member AS member,
    -- One by one through the index: joined freely, all conversations of the workspace would be looked at.
    LATERAL (SELECT id, kind, staff_activity_at FROM conversation
             WHERE workspace_id = member.workspace_id AND space_id = member.space_id LIMIT 1) AS conversation
    WHERE member.workspace_id = ${workspaceId} AND member.agent_id = ${agentId} AND ${isRoom}`;
}
