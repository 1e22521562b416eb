import { typesToldToOne, upcast, versionOf } from "./event-kind.ts";

/**
 * What each type of event carries besides its place. Rooms declare their kinds in their `events.ts` and add them here by
 * declaration merging, so that this room stays ignorant of them.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled in by the rooms
export interface EventTypes {}

export type EventType = keyof EventTypes & string;

/**
 * A fact to be recorded. Counters are those of its conversation; `customerSeq` is null where the customer must not see it.
 * `to`: the one agent who is told, where nobody else may know of it; it takes no number then.
 */
export type NewEvent<T extends EventType = EventType> = {
  [K in T]: {
    type: K;
    workspaceId: string;
    spaceId: string;
    conversationId: string;
    contactId: string | null;
    staffSeq: number;
    customerSeq: number | null;
    to?: string;
    occurredAt: Date;
    payload: EventTypes[K];
  };
}[T];

/** A fact in the log: `position` is dense, from 1, in commit order. */
export type LoggedEvent<T extends EventType = EventType> = NewEvent<T> & { position: number; version: number };

/** A row of `event` as the database gives it. */
export type EventRow = {
  position: number;
  workspace_id: string;
  type: EventType;
  version: number;
  space_id: string;
  conversation_id: string;
  contact_id: string | null;
  staff_seq: number;
  customer_seq: number | null;
  to_agent_id: string | null;
  payload: unknown;
  occurred_at: Date;
};

/** The event that a row tells, its payload in today's version whichever it was recorded in. */
export function toEvent(row: EventRow): LoggedEvent {
  return {
    position: row.position,
    version: versionOf(row.type),
    type: row.type,
    workspaceId: row.workspace_id,
    spaceId: row.space_id,
    conversationId: row.conversation_id,
    contactId: row.contact_id,
    staffSeq: row.staff_seq,
    customerSeq: row.customer_seq,
    ...toOne(row),
    payload: upcast(row),
    occurredAt: row.occurred_at,
  } as LoggedEvent;
}

/** An older build that still moves events along, while a newer one records them, forgets for whom they are: then for nobody. */
function toOne({ type, to_agent_id: to }: EventRow): { to?: string } {
  if (to !== null) return { to };
  return typesToldToOne().includes(type) ? { to: "" } : {};
}
