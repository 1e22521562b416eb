import { sql } from "../../api/kernel/database.ts";
import type { EventRow, EventType, EventTypes, LoggedEvent } from "../../api/kernel/log/event.ts";
import { upcast } from "../../api/kernel/log/event-kind.ts";
import type { Fragment } from "../../api/kernel/statement.ts";
import type { Person } from "../person.ts";

/** What an event says of its conversation: `seq` is its place among all that staff may see there. */
export type Logged<T extends EventType> = { [K in T]: { seq: number; at: Date; type: K; payload: EventTypes[K] } }[T];

/** Which lines of a conversation: those after the number `from`, and before `before` (null: to its end). */
export type Part = { id: string; from: number; before: number | null };

const MOST_LINES = 200;

/**
 * Reads what happened in a part of a conversation, the last of it first, from the log itself: it is nowhere else, and its
 * numbers are the thread's. `ofTypes` names the types as they stand, not as values, or no index of these lines would serve.
 */
export async function readLogged<T extends EventType>(
  workspaceId: string,
  { id, from, before }: Part,
  ofTypes: Fragment,
): Promise<Logged<T>[]> {
  const rows = await sql<Pick<EventRow, "type" | "version" | "payload"> & { seq: number; at: Date }>`
    SELECT staff_seq AS seq, occurred_at AS at, type, version, payload FROM event
    WHERE workspace_id = ${workspaceId} AND conversation_id = ${id} AND ${ofTypes}
      AND staff_seq > ${from} AND (${before}::int IS NULL OR staff_seq < ${before}::int)
    ORDER BY staff_seq DESC LIMIT ${MOST_LINES}`;
  return rows.map((row) => ({ seq: row.seq, at: row.at, type: row.type, payload: upcast(row) }) as Logged<T>);
}

/** Answers what one event says. */
export function loggedOf<T extends EventType>({
  staffSeq: seq,
  occurredAt: at,
  type,
  payload,
}: LoggedEvent<T>): Logged<T> {
  return { seq, at, type, payload } as Logged<T>;
}

/** Reads who the agents of these ids are; one that is none has no name. */
export async function readAgents(workspaceId: string, ids: readonly string[]): Promise<(id: string) => Person> {
  const agents =
    ids.length === 0
      ? []
      : await sql<{ id: string; name: string }>`
          SELECT id, name FROM agent WHERE workspace_id = ${workspaceId} AND id = ANY(${ids}::uuid[])`;
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  return (id) => ({ id, kind: "agent", name: names.get(id) ?? null });
}
