import "../../api/helpdesk/events.ts";
import { sql } from "../../api/kernel/database.ts";
import type { EventRow, EventTypes, LoggedEvent } from "../../api/kernel/log/event.ts";
import { upcast } from "../../api/kernel/log/event-kind.ts";
import type { Person } from "../person.ts";
import type { AssignedEntry, MoveEntry } from "./entry.ts";

/** What happens to a ticket and stands in its thread. */
export type TicketEvent = LoggedEvent<"ticket.moved" | "ticket.assigned">;

type Fact = { seq: number; at: Date } & (
  | { type: "ticket.moved"; payload: EventTypes["ticket.moved"] }
  | { type: "ticket.assigned"; payload: EventTypes["ticket.assigned"] }
);

const MOST_LINES = 200;

/** Reads the moves and changes of hands of a part of a thread, from the log itself: they are nowhere else, and its numbers are the thread's. */
export async function readTicketLines(
  workspaceId: string,
  { id, from, before }: { id: string; from: number; before: number | null },
): Promise<(MoveEntry | AssignedEntry)[]> {
  const rows = await sql<Pick<EventRow, "type" | "version" | "payload"> & { seq: number; at: Date }>`
    SELECT staff_seq AS seq, occurred_at AS at, type, version, payload FROM event
    WHERE workspace_id = ${workspaceId} AND conversation_id = ${id} AND type IN ('ticket.moved', 'ticket.assigned')
      AND staff_seq > ${from} AND (${before}::int IS NULL OR staff_seq < ${before}::int)
    ORDER BY staff_seq DESC LIMIT ${MOST_LINES}`;
  return linesOf(
    workspaceId,
    rows.map((row) => ({ seq: row.seq, at: row.at, type: row.type, payload: upcast(row) }) as Fact),
  );
}

/** Reads the line of one event. */
export async function readTicketLine(event: TicketEvent): Promise<MoveEntry | AssignedEntry> {
  const { workspaceId, staffSeq: seq, occurredAt: at, type, payload } = event;
  const [line] = await linesOf(workspaceId, [{ seq, at, type, payload } as Fact]);
  return line!;
}

async function linesOf(workspaceId: string, facts: Fact[]): Promise<(MoveEntry | AssignedEntry)[]> {
  const ids = facts.flatMap(({ type, payload }) =>
    type === "ticket.assigned" ? [payload.by.id, payload.to] : [payload.by.id],
  );
  const agents =
    ids.length === 0
      ? []
      : await sql<{ id: string; name: string }>`
    SELECT id, name FROM agent WHERE workspace_id = ${workspaceId} AND id = ANY(${ids}::uuid[])`;
  const people = new Map(agents.map(({ id, name }): [string, Person] => [id, { id, kind: "agent", name }]));
  const agentOf = (id: string): Person => people.get(id) ?? { id, kind: "agent", name: null };
  return facts.map(({ type, payload, seq, at }) => {
    const by = payload.by.kind === "agent" ? agentOf(payload.by.id) : null;
    if (type === "ticket.assigned")
      return { kind: "assigned", seq, at, to: payload.to === null ? null : agentOf(payload.to), by };
    return { kind: "move", seq, at, to: payload.to, by };
  });
}
