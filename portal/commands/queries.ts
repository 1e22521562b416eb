import type { Suggestions } from "../../api/commands/suggest.ts";
import { isVisible } from "../../api/chat/policy.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { isId } from "../../api/kernel/id.ts";
import { readPresents } from "../presence/queries.ts";
import type { Faces } from "./suggestions.ts";

/** Whether staff alone would read what the agent writes there: in an answer to a customer a command is text. */
export async function isAmongStaff(
  agent: AgentActor,
  { conversationId, isNote }: { conversationId: string; isNote: boolean },
): Promise<boolean> {
  if (!isId(conversationId)) return false;
  const [place] = await sql<{ isRoom: boolean }>`
    SELECT kind <> 'support' AS "isRoom" FROM conversation
    WHERE workspace_id = ${agent.workspaceId} AND id = ${conversationId} AND ${isVisible(agent)}`;
  return place !== undefined && (place.isRoom || isNote);
}

/** Reads the faces of the colleagues who are suggested. */
export async function readFaces(workspaceId: string, { suggestions }: Suggestions): Promise<Faces> {
  const handles = suggestions.flatMap(({ text }) => (text.startsWith("@") ? [text.slice(1)] : []));
  if (handles.length === 0) return { ids: new Map(), presents: new Map() };
  const agents = await sql<{ id: string; handle: string }>`
    SELECT id, handle FROM agent WHERE workspace_id = ${workspaceId} AND handle = ANY(${handles}::text[])`;
  const ids = new Map(agents.map(({ id, handle }) => [`@${handle}`, id]));
  return { ids, presents: await readPresents(workspaceId, ids.values()) };
}
