import type { ReaderClass } from "../actor.ts";
import { sql } from "../database.ts";
import { type EventRow, type LoggedEvent, toEvent } from "../log/event.ts";
import { typesToldToOne } from "../log/event-kind.ts";

/**
 * What a reader follows, and the keys (see rights.ts) that the right to it hangs on. The right is the caller's to prove, and
 * ends with the first of its keys; within a class it decides nothing more.
 */
export type Topic = {
  workspaceId: string;
  right: readonly string[];
} /** `agentId`: whose own affairs the reader hears of, too. */ & (
  | { of: "spaces"; ids: string[]; agentId?: string }
  | { of: "conversation"; id: string }
  | { of: "contact"; id: string }
);

type Place = {
  workspaceId: string;
  spaceId: string;
  conversationId: string;
  contactId: string | null;
  to?: string;
};

/** The names under which a topic's readers are kept. */
export function namesOf(topic: Topic): string[] {
  const { workspaceId } = topic;
  if (topic.of === "spaces") {
    const names = topic.ids.map((id) => nameOf(workspaceId, "space", id));
    return topic.agentId === undefined ? names : [...names, nameOf(workspaceId, "own", topic.agentId)];
  }
  return [nameOf(topic.workspaceId, topic.of, topic.id)];
}

/** The names whose readers hear what happens at this place. */
export function namesFor(place: Place): string[] {
  const { workspaceId, spaceId, conversationId, contactId, to } = place;
  if (to !== undefined) return [nameOf(workspaceId, "own", to)];
  const names = [nameOf(workspaceId, "space", spaceId), nameOf(workspaceId, "conversation", conversationId)];
  return contactId ? [...names, nameOf(workspaceId, "contact", contactId)] : names;
}

/** Joined, since a reader keeps it: V8 keeps what a template was put together from beside the text. */
function nameOf(...parts: string[]): string {
  return parts.join("/");
}

/** Whether a reader of the topic hears of the event: what is told to one agent alone, only they do, and where they still see. */
export function isFor(topic: Topic, { to, spaceId }: Pick<LoggedEvent, "to" | "spaceId">): boolean {
  return to === undefined || (topic.of === "spaces" && topic.agentId === to && topic.ids.includes(spaceId));
}

/** Up to `limit` events of the topic that the class may see, with `after < position <= until`, in order. */
export async function readTopic(
  topic: Topic,
  { readers, after, until, limit }: { readers: ReaderClass; after: number; until: number; limit: number },
): Promise<LoggedEvent[]> {
  const spaceIds = topic.of === "spaces" ? topic.ids : null;
  const conversationId = topic.of === "conversation" ? topic.id : null;
  const contactId = topic.of === "contact" ? topic.id : null;
  const agentId = topic.of === "spaces" ? (topic.agentId ?? null) : null;
  const rows = await sql<EventRow>`
    SELECT * FROM event
    WHERE workspace_id = ${topic.workspaceId} AND position > ${after} AND position <= ${until}
      AND (${readers === "staff"}::boolean OR customer_seq IS NOT NULL)
      AND (${spaceIds}::uuid[] IS NULL OR space_id = ANY(${spaceIds}::uuid[]))
      AND (${conversationId}::uuid IS NULL OR conversation_id = ${conversationId})
      AND (${contactId}::uuid IS NULL OR contact_id = ${contactId})
      AND (to_agent_id = ${agentId}::uuid OR (to_agent_id IS NULL AND NOT type = ANY(${typesToldToOne()}::text[])))
    ORDER BY position LIMIT ${limit}`;
  return rows.map(toEvent);
}

/** The newest events of the whole log up to a position, oldest first. */
export async function readNewest(until: number, limit: number): Promise<LoggedEvent[]> {
  const rows = await sql<EventRow>`
    SELECT * FROM event WHERE position <= ${until} ORDER BY position DESC LIMIT ${limit}`;
  return rows.map(toEvent).reverse();
}
