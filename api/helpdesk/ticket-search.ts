import { inMainLine } from "../chat/main-line.ts";
import { isVisible } from "../chat/policy.ts";
import type { AgentActor } from "../kernel/actor.ts";
import { sql } from "../kernel/database.ts";
import { findListed } from "./ticket-lists.ts";

/** How many of the newest conversations a search looks through, and how many of the newest messages of each. */
export const SEARCHED = 2_000;
const MOST_MESSAGES = 100;
const LONGEST = 200;

/** The agent's search that is under way: one looks at a time, however quickly somebody types. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * The ids of conversations that an agent may see and that have this number, or these words in their contact's name or
 * addresses or in one of its newest messages: the number's first, then newest activity first. Words are looked for as they
 * stand, whatever their case, in the newest `SEARCHED` conversations; blank text finds nothing.
 */
export async function searchTickets(agent: AgentActor, text: string, limit: number): Promise<string[]> {
  const words = text.trim().slice(0, LONGEST);
  if (words === "" || words.includes("\0")) return [];
  const before = underWay.get(agent.agentId);
  const search = (async () => {
    await before?.catch(() => {});
    const [numbered, found] = await Promise.all([findNumber(agent, words), findWords(agent, words, limit)]);
    return [...new Set([...numbered, ...found])].slice(0, limit);
  })();
  underWay.set(agent.agentId, search);
  try {
    return await search;
  } finally {
    if (underWay.get(agent.agentId) === search) underWay.delete(agent.agentId);
  }
}

async function findNumber(agent: AgentActor, words: string): Promise<string[]> {
  const number = Number(/^#?(\d{1,9})$/.exec(words)?.[1] ?? Number.NaN);
  if (Number.isNaN(number)) return [];
  const rows = await sql<{ id: string }>`
    SELECT conversation.id
    FROM ticket JOIN conversation ON conversation.workspace_id = ticket.workspace_id AND conversation.id = conversation_id
    WHERE ticket.workspace_id = ${agent.workspaceId} AND number = ${number} AND ${isVisible(agent)}`;
  return rows.map(({ id }) => id);
}

async function findWords(agent: AgentActor, words: string, limit: number): Promise<string[]> {
  const ids = await findListed(agent, {}, { limit: SEARCHED, inverted: false });
  const like = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await sql<{ id: string }>`
    SELECT conversation.id
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS recent (id, place)
    JOIN conversation ON conversation.workspace_id = ${agent.workspaceId} AND conversation.id = recent.id
    JOIN contact ON contact.workspace_id = conversation.workspace_id AND contact.id = conversation.contact_id
    WHERE contact.name ILIKE ${like}
      OR EXISTS (
        SELECT FROM contact_identity AS identity
        WHERE identity.workspace_id = contact.workspace_id AND identity.contact_id = contact.id AND value ILIKE ${like})
      OR EXISTS (
        SELECT FROM (
          SELECT body FROM message
          WHERE message.workspace_id = conversation.workspace_id AND message.conversation_id = conversation.id
            AND ${inMainLine}
          ORDER BY staff_seq DESC LIMIT ${MOST_MESSAGES}) AS newest
        WHERE body ILIKE ${like})
    ORDER BY place LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
