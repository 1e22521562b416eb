import type { Transaction } from "../database.ts";
import { perTransaction } from "../loader.ts";
import { rowsOf } from "../statement.ts";
import type { EventType, NewEvent } from "./event.ts";
import { versionOf } from "./event-kind.ts";
import { wakeSequencer } from "./sequencer.ts";

/**
 * Keeps another room's own rows exact: plain SQL, run inside the transaction that records the event.
 * A projection that throws undoes the fact itself.
 */
export type Projection<T extends EventType = EventType> = {
  name: string;
  hears: readonly T[];
  apply(tx: Transaction, event: NewEvent<T>): Promise<void>;
};

let projections: Projection[] = [];

/** Sets the projections of the process, from the roster. */
export function useProjections(list: Projection[]): void {
  projections = list;
}

/**
 * Records a fact in the transaction that made it true: an outbox row, and what the projections keep of it.
 * The only way into the log. Where the fact takes numbers of its conversation, the caller holds that one's row lock, so outbox ids
 * follow its counters. What is told to one alone takes none, and needs no lock: it has no place among what others are told.
 */
export async function record(tx: Transaction, event: NewEvent): Promise<void> {
  tx.afterCommit(wakeSequencer);

  const heard = projections.filter((projection) => projection.hears.includes(event.type));
  await Promise.all([write(tx, event), ...heard.map((projection) => projection.apply(tx, event))]);
}

const write = perTransaction<NewEvent, void>(async (tx, events) => {
  const rows = events.map((event) => ({
    ...event,
    version: versionOf(event.type),
    audience: event.customerSeq === null ? "staff" : "everyone",
    toAgentId: event.to ?? null,
  }));
  await tx.sql`
    INSERT INTO outbox (workspace_id, type, version, audience, space_id, conversation_id, contact_id,
                        staff_seq, customer_seq, to_agent_id, payload, occurred_at)
    SELECT workspace_id, type, version, audience, space_id, conversation_id, contact_id,
           staff_seq, customer_seq, to_agent_id, payload, occurred_at
    FROM json_populate_recordset(NULL::outbox, ${rowsOf(rows)}) ORDER BY staff_seq`;
  return events.map(() => undefined);
});
