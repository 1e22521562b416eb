import { sql } from "../kernel/database.ts";
import { isStorable } from "../kernel/text.ts";
import type { Among } from "./command.ts";
import type { Giving } from "./giving.ts";

const MOST_SUGGESTED = 8;

/** Colleagues whom a command may name and whose handle, or a word of whose name, begins with what was written, by name. */
export async function suggestPeople(
  { actor, spaceId }: Giving,
  { among, asked }: { among: Among; asked: string },
): Promise<{ handle: string; name: string }[]> {
  const wanted = asked.replace(/^@/, "").normalize("NFC").toLowerCase();
  if (!isStorable(wanted)) return [];
  return sql`
    SELECT handle, name FROM agent
    WHERE workspace_id = ${actor.workspaceId} AND disabled_at IS NULL
      AND (starts_with(handle, ${wanted}) OR starts_with(lower(name), ${wanted}) OR strpos(lower(name), ${` ${wanted}`}) > 0)
      AND EXISTS (
        SELECT FROM space_member AS member
        WHERE member.workspace_id = agent.workspace_id AND member.space_id = ${spaceId} AND member.agent_id = agent.id
      ) = ${among === "conversation"}::boolean
    ORDER BY name, id LIMIT ${MOST_SUGGESTED}`;
}
