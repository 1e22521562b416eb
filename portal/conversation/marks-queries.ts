import { prisma, sql } from "../../api/kernel/database.ts";
import { authorOf, type Person } from "../person.ts";
import type { MessageEntry, Reaction } from "./entry.ts";

type Marks = { id: string; isPinned: boolean; reactions: Reaction[] | null };

/** Adds which signs staff have set under each message, and whether it is pinned. One statement. */
export async function withMarks(workspaceId: string, entries: MessageEntry[]): Promise<MessageEntry[]> {
  const ids = entries.map(({ id }) => id);
  const rows = await sql<Marks>`
    SELECT wanted.id, signs.reactions,
      EXISTS (SELECT FROM pin WHERE workspace_id = ${workspaceId} AND message_id = wanted.id) AS "isPinned"
    FROM unnest(${ids}::uuid[]) AS wanted (id), LATERAL (
      SELECT json_agg(json_build_object('emoji', emoji, 'people', people) ORDER BY first_at, emoji) AS reactions
      FROM (
        SELECT emoji, min(reaction.created_at) AS first_at,
          json_agg(json_build_object('id', agent.id, 'name', agent.name) ORDER BY reaction.created_at, agent.id) AS people
        FROM reaction
        JOIN agent ON agent.workspace_id = reaction.workspace_id AND agent.id = reaction.agent_id
        WHERE reaction.workspace_id = ${workspaceId} AND message_id = wanted.id GROUP BY emoji) AS sign) AS signs`;
  const marks = new Map(rows.map((row) => [row.id, row]));
  return entries.map((entry) => {
    const { isPinned, reactions } = marks.get(entry.id)!;
    return { ...entry, became: { ...entry.became, isPinned, reactions: reactions ?? [] } };
  });
}

/** A pinned message, as its conversation's side pane names it. */
export type PinnedLine = { id: string; author: Person; body: string };

/** Reads what is pinned in a conversation already known to be visible, what was pinned last first. */
export async function readPinned(workspaceId: string, conversationId: string): Promise<PinnedLine[]> {
  const pins = await prisma().pin.findMany({
    where: { workspaceId, conversationId },
    include: { message: { include: { agent: true, contact: true } } },
    orderBy: [{ pinnedAt: "desc" }, { messageId: "desc" }],
  });
  return pins.map(({ message: { id, body, agent, contact } }) => ({
    ...{ id, body },
    author: authorOf(workspaceId, { agent, contact }),
  }));
}
