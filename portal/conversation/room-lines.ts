import "../../api/chat/events.ts";
import { sql } from "../../api/kernel/database.ts";
import type { EventRow, EventTypes, LoggedEvent } from "../../api/kernel/log/event.ts";
import { upcast } from "../../api/kernel/log/event-kind.ts";
import type { Person } from "../person.ts";
import type { RoomEntry } from "./entry.ts";

/** What happens to a room and stands in its thread. */
export type RoomEvent = LoggedEvent<"conversation.started" | "member.changed" | "room.changed">;

type RoomEventType = RoomEvent["type"];
type Fact = { [T in RoomEventType]: { seq: number; at: Date; type: T; payload: EventTypes[T] } }[RoomEventType];

const MOST_LINES = 200;

/** Reads who came and went and what else became of a room, for a part of its thread, from the log itself. */
export async function readRoomLines(
  workspaceId: string,
  { id, from, before }: { id: string; from: number; before: number | null },
): Promise<RoomEntry[]> {
  const rows = await sql<Pick<EventRow, "type" | "version" | "payload"> & { seq: number; at: Date }>`
    SELECT staff_seq AS seq, occurred_at AS at, type, version, payload FROM event
    WHERE workspace_id = ${workspaceId} AND conversation_id = ${id}
      AND type IN ('conversation.started', 'member.changed', 'room.changed')
      AND staff_seq > ${from} AND (${before}::int IS NULL OR staff_seq < ${before}::int)
    ORDER BY staff_seq DESC LIMIT ${MOST_LINES}`;
  return linesOf(
    workspaceId,
    rows.map((row) => ({ seq: row.seq, at: row.at, type: row.type, payload: upcast(row) }) as Fact),
  );
}

/** Reads the line of one event. */
export async function readRoomLine(event: RoomEvent): Promise<RoomEntry> {
  const { workspaceId, staffSeq: seq, occurredAt: at, type, payload } = event;
  const [line] = await linesOf(workspaceId, [{ seq, at, type, payload } as Fact]);
  return line!;
}

async function linesOf(workspaceId: string, facts: Fact[]): Promise<RoomEntry[]> {
  const ids = facts.flatMap(({ type, payload }) =>
    type === "member.changed" ? [payload.by.id, payload.agentId] : [payload.by.id],
  );
  const agents = await sql<{ id: string; name: string }>`
    SELECT id, name FROM agent WHERE workspace_id = ${workspaceId} AND id = ANY(${ids}::uuid[])`;
  const people = new Map(agents.map(({ id, name }): [string, Person] => [id, { id, kind: "agent", name }]));
  const agentOf = (id: string): Person => people.get(id) ?? { id, kind: "agent", name: null };
  return facts.map(({ type, payload, seq, at }) => {
    const by = agentOf(payload.by.id);
    if (type === "conversation.started") return { kind: "opened", seq, at, by };
    if (type === "room.changed") return { kind: "changed", seq, at, by, what: payload.what };
    const { agentId, from, to } = payload;
    return { kind: "member", seq, at, by, who: agentOf(agentId), from, to };
  });
}
