import type pg from "pg";
import type { Tally } from "../tally.ts";
import type { SubscriberRecord } from "./subscriber.ts";
import { keyOf, type WritersRecord } from "./writer.ts";

/** An event of the log with the message that it tells, as the database has them. */
export type LogRow = {
  position: number;
  type: string;
  space_id: string;
  conversation_id: string;
  contact_id: string;
  staff_seq: number;
  customer_seq: number | null;
  message_id: string | null;
};

export type MessageRow = {
  id: string;
  conversation_id: string;
  staff_seq: number;
  customer_seq: number | null;
  author_id: string;
  client_id: string;
  body: string;
  visibility: "everyone" | "staff";
};

/** All that was written, read at the end. */
export type Written = { log: LogRow[]; messages: MessageRow[] };

/** Reads what the database holds in the end. */
export async function readWritten(database: pg.Client): Promise<Written> {
  const log = await database.query<LogRow>(`
    SELECT position::int, type, space_id, conversation_id, contact_id, staff_seq, customer_seq, payload->>'messageId' AS message_id
    FROM event ORDER BY position`);
  const messages = await database.query<MessageRow>(`
    SELECT id, conversation_id, staff_seq, customer_seq, coalesce(agent_id, contact_id) AS author_id, client_id, body, visibility
    FROM message ORDER BY conversation_id, staff_seq`);
  return { log: log.rows, messages: messages.rows };
}

/** Every acknowledged message is there once, as it was acknowledged; and none is there that nobody wrote. */
export function judgeWriters(tally: Tally, record: WritersRecord, { messages }: Written): void {
  const rows = Map.groupBy(messages, (row) => keyOf({ authorId: row.author_id, clientId: row.client_id }));
  for (const [key, wanted] of record.acknowledged) {
    const found = rows.get(key) ?? [];
    const [row] = found;
    const seq = wanted.visibility === "STAFF" || row?.author_id !== wanted.authorId ? row?.staff_seq : undefined;
    tally.judge(
      found.length !== 1
        ? `${wanted.clientId} was acknowledged and is there ${found.length} times`
        : (row!.id !== wanted.messageId ||
            row!.body !== wanted.body ||
            row!.conversation_id !== wanted.conversationId) &&
            `${wanted.clientId} is there as another message than was acknowledged (seq ${seq})`,
    );
  }
  const strangers = messages.filter(
    (row) =>
      row.client_id.startsWith(record.prefix) &&
      !record.attempts.has(keyOf({ authorId: row.author_id, clientId: row.client_id })),
  );
  tally.expect("nothing is there that nobody wrote", strangers.length === 0, strangers.slice(0, 3));
  const doubled = [...rows.values()].filter((found) => found.length > 1);
  tally.expect("no clientId made two messages", doubled.length === 0, doubled[0]);
  for (const problem of new Set(record.problems)) tally.judge(problem);
  tally.expect("every answer was a result or a plain try again", record.problems.length === 0, record.problems.length);
}

/** Positions are dense; both counters of each conversation count its events from 1; a message has its event's numbers. */
export async function judgeCounters(tally: Tally, database: pg.Client, { log, messages }: Written): Promise<void> {
  const gap = log.findIndex((row, index) => row.position !== index + 1);
  tally.expect("positions are 1..n", gap === -1, log[gap]);
  const { rows: conversations } = await database.query<{ id: string; staff_seq: number; customer_seq: number }>(
    "SELECT id, staff_seq, customer_seq FROM conversation",
  );
  const events = Map.groupBy(log, (row) => row.conversation_id);
  for (const conversation of conversations) {
    const own = events.get(conversation.id) ?? [];
    const shared = own.filter((row) => row.customer_seq !== null);
    const staffGap = own.findIndex((row, index) => row.staff_seq !== index + 1);
    const customerGap = shared.findIndex((row, index) => row.customer_seq !== index + 1);
    tally.expect(
      "the staff's counter is 1..n",
      staffGap === -1 && conversation.staff_seq === own.length,
      own[staffGap] ?? conversation,
    );
    tally.expect(
      "the customer's counter is 1..n",
      customerGap === -1 && conversation.customer_seq === shared.length,
      shared[customerGap] ?? conversation,
    );
  }
  const told = new Map(log.flatMap((row) => (row.message_id ? [[row.message_id, row] as const] : [])));
  const untold = messages.filter((row) => {
    const event = told.get(row.id);
    return !event || event.staff_seq !== row.staff_seq || event.customer_seq !== row.customer_seq;
  });
  tally.expect(
    "every message has its event, with the same numbers",
    untold.length === 0 && told.size === messages.length,
    untold[0],
  );
  const { rows: left } = await database.query("SELECT count(*)::int AS waiting FROM outbox");
  tally.expect("nothing is left in the outbox", left[0].waiting === 0, left[0]);
}

/** What a subscriber heard is exactly what a fresh query of the log gives: nothing missing, nothing more, in order. */
export function judgeSubscriber(tally: Tally, record: SubscriberRecord, { log, messages }: Written): void {
  const bodies = new Map(messages.map((row) => [row.id, row.body]));
  const isReloaded = (position: number) =>
    record.reloads.some(([after, until]) => position > after && position <= until);
  const wanted = log.filter((row) => row.position > record.from && sees(record, row) && !isReloaded(row.position));
  const heard = record.heard.filter(({ position }) => !isReloaded(position));
  const differs = wanted.findIndex((row, index) => heard[index]?.position !== row.position);
  const missed = differs === -1 ? undefined : { wanted: wanted[differs], heard: heard[differs] };
  tally.expect(
    `${record.name} heard every event once and in order`,
    differs === -1 && heard.length === wanted.length,
    missed ?? heard.at(-1),
  );

  const byPosition = new Map(log.map((row) => [row.position, row]));
  const ghost = heard.find(({ position, seq, messageId, body }) => {
    const row = byPosition.get(position);
    const number = record.caller.readers === "staff" ? row?.staff_seq : row?.customer_seq;
    return (
      !row ||
      number !== seq ||
      (row.message_id ?? undefined) !== messageId ||
      (messageId && bodies.get(messageId) !== body)
    );
  });
  tally.expect(`${record.name} heard nothing but what is written`, ghost === undefined, ghost);
  tally.expect(`${record.name} heard something`, heard.length > 0);
  for (const problem of record.problems) tally.judge(problem);
}

function sees({ caller, conversationId }: SubscriberRecord, row: LogRow): boolean {
  if (conversationId !== undefined && row.conversation_id !== conversationId) return false;
  return caller.readers === "staff" || (row.contact_id === caller.personId && row.customer_seq !== null);
}
