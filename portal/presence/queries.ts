import { findPresent, type Present } from "../../api/people/presence/queries.ts";
import { presenceOf } from "../../api/people/presence/status.ts";
import { sql } from "../../api/kernel/database.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import type { Presents } from "./mark.ts";

/** Whom one page looks at. */
const MOST_LOOKED_AT = 500;

/** Reads how these agents are. */
export async function readPresents(workspaceId: string, ids: Iterable<string>): Promise<Presents> {
  const found = await findPresent(workspaceId, [...new Set(ids)]);
  return new Map(found.map((present) => [present.agentId, present]));
}

/** Answers how an agent is to themself: whoever looks is there. */
export function seenByThemself(present: Present | undefined): Present | undefined {
  if (present?.presence !== "offline") return present;
  return { ...present, presence: presenceOf("online", present.status) };
}

/**
 * Finds whom a page of the agent's shows: themself, whom they share direct messages with, who is in the room that is open, and
 * where they choose among all colleagues, these.
 */
export async function findLookedAt(
  { workspaceId, agentId }: AgentActor,
  { openSpaceId, looksAtAll }: { openSpaceId: string | null; looksAtAll: boolean },
): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    SELECT id, min(rank) AS rank FROM (
      SELECT m.agent_id AS id, CASE WHEN s.kind = 'direct' THEN 0 ELSE 1 END AS rank
      FROM space_member AS own
      JOIN space AS s ON s.workspace_id = own.workspace_id AND s.id = own.space_id
      JOIN space_member AS m ON m.workspace_id = s.workspace_id AND m.space_id = s.id
      WHERE own.workspace_id = ${workspaceId} AND own.agent_id = ${agentId}
        AND (s.kind = 'direct' OR (s.id = ${openSpaceId} AND s.kind <> 'inbox'))
      UNION ALL
      SELECT id, 2 FROM agent WHERE ${looksAtAll}::boolean AND workspace_id = ${workspaceId} AND disabled_at IS NULL
    ) AS shown
    WHERE id <> ${agentId} GROUP BY id ORDER BY rank, id LIMIT ${MOST_LOOKED_AT - 1}`;
  return [agentId, ...rows.map(({ id }) => id)];
}
