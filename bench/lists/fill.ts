import pg from "pg";

/** How much is told: conversations, and messages of each. */
export type Size = { conversations: number; each: number };

/** Conversations that go on at the same time; then come the next hundred. And messages of one statement. */
const AT_ONCE = 100;
const AT_ONE_GO = 10_000;
/** Messages of the one long conversation, which is the newest. */
export const LONG = 10_000;
/** Open tickets, the newest, and pending ones, spread over all: as many however many there are in all. */
const OPEN = 60;
const PENDING = 40;

// Ours is the agent whose token is asked with; "other" answers every second conversation.
const CAST = `
  CREATE TEMP TABLE cast_of AS
  SELECT inbox.workspace_id, inbox.space_id, inbox.id AS inbox_id, mine.agent_id AS mine_id,
    (SELECT id FROM agent WHERE id <> mine.agent_id ORDER BY email LIMIT 1) AS other_id
  FROM inbox, personal_token AS mine LIMIT 1`;

// A message each second, the newest now; the long conversation's in the last hours.
const TALKS = `
  CREATE TEMP TABLE talk AS
  SELECT n, size, uuidv7(begun_at - now()) AS id, uuidv7(begun_at - now()) AS contact_id, begun_at, last_at,
    CASE WHEN n % 2 = 0 THEN mine_id ELSE other_id END AS agent_id
  FROM cast_of, (
    SELECT n, $3::int AS size, now() - ($1::int / $4::int - n / $4::int) * $3::int * $4::int * interval '1 second' AS begun_at,
      now() - (($1::int / $4::int - n / $4::int - 1) * $3::int * $4::int + $4::int - n % $4::int) * interval '1 second' AS last_at
    FROM generate_series(0, $1::int - 1) AS n
    UNION ALL SELECT $1::int, $2::int, now() - $2::int * interval '1 second', now()) AS planned`;

const PEOPLE = `
  INSERT INTO contact (workspace_id, id, name, created_at)
  SELECT workspace_id, contact_id, 'Customer ' || n, begun_at FROM talk, cast_of ORDER BY n`;

const CONVERSATIONS = `
  INSERT INTO conversation (workspace_id, id, space_id, kind, contact_id, staff_seq, customer_seq, staff_activity_at,
    customer_activity_at, created_at)
  SELECT workspace_id, id, space_id, 'support', contact_id, size, size - size / 10, last_at, last_at, begun_at
  FROM talk, cast_of ORDER BY n`;

// Of the open and the pending a third each is ours, the other's and nobody's; closed ones are of who answered.
const TICKETS = `
  INSERT INTO ticket (workspace_id, conversation_id, inbox_id, number, status, status_at, staff_activity_at, assignee_id,
    created_at)
  SELECT workspace_id, id, inbox_id, n + 1, status::ticket_status, last_at, last_at,
    CASE WHEN status = 'closed' THEN agent_id WHEN nth % 3 = 0 THEN mine_id WHEN nth % 3 = 1 THEN other_id END, begun_at
  FROM cast_of, (
    SELECT talk.*, CASE WHEN n > $1::int - ${OPEN} THEN 'open'
      WHEN n % step = 0 AND n / step < ${PENDING} THEN 'pending' ELSE 'closed' END AS status,
      CASE WHEN n > $1::int - ${OPEN} THEN $1::int - n ELSE n / step END AS nth
    FROM talk, (SELECT greatest(($1::int - ${OPEN}) / ${PENDING}, 1) AS step) AS spread) AS planned ORDER BY n`;

// Every tenth message is a note; of the others the customer writes the odd ones.
const MESSAGES = `
  INSERT INTO message (workspace_id, id, conversation_id, staff_seq, customer_seq, agent_id, contact_id, visibility, body,
    client_id, sent_at)
  SELECT workspace_id, uuidv7(sent_at - now()), id, seq, CASE WHEN seq % 10 > 0 THEN seq - seq / 10 END,
    CASE WHEN seq % 2 = 0 THEN agent_id END, CASE WHEN seq % 2 = 1 THEN contact_id END,
    CASE WHEN seq % 10 = 0 THEN 'staff' ELSE 'everyone' END::message_visibility,
    'Message ' || seq || ': the lamp in the kitchen flickers again since yesterday evening, could someone have a look?',
    'fill-' || seq, sent_at
  FROM cast_of, (
    SELECT talk.*, seq, last_at - (size - seq) * (last_at - begun_at) / size AS sent_at
    FROM talk, generate_series(1, size) AS seq
    WHERE n >= $1 AND n < $2 ORDER BY n / ${AT_ONCE}, seq, n) AS written`;

// Staff have read all but the last few of most conversations, and one in twenty not at all; customers all of theirs.
const MARKS = `
  INSERT INTO read_mark (workspace_id, conversation_id, reader_id, seq, read_at)
  SELECT workspace_id, id, mine_id, size - n % 8, last_at FROM talk, cast_of WHERE n % 20 > 0
  UNION ALL SELECT workspace_id, id, contact_id, size - size / 10, last_at FROM talk, cast_of`;

const COUNTER = `
  INSERT INTO ticket_counter (workspace_id, last_number) SELECT workspace_id, $1::int + 1 FROM cast_of
  ON CONFLICT (workspace_id) DO UPDATE SET last_number = excluded.last_number`;

/**
 * Tells so many conversations, and the long one, into an empty shop by SQL, in the order of time and
 * through every key and check of the schema; then lets PostgreSQL learn what it has. The log is left empty.
 */
export async function fill(databaseUrl: string, { conversations, each }: Size): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(CAST);
    await client.query({ text: TALKS, values: [conversations, LONG, each, AT_ONCE] });
    await client.query("ALTER TABLE talk ADD PRIMARY KEY (n)");
    await client.query("ANALYZE talk");
    await client.query(PEOPLE);
    await client.query(CONVERSATIONS);
    await client.query(TICKETS, [conversations]);
    const step = AT_ONE_GO / each;
    for (let n = 0; n <= conversations; n += step) await client.query(MESSAGES, [n, n + step]);
    await client.query(MARKS);
    await client.query(COUNTER, [conversations]);
    await client.query("VACUUM (ANALYZE) contact, conversation, ticket, message, read_mark");
  } finally {
    await client.end();
  }
}
