import { randomUUID } from "node:crypto";
import pg from "pg";
import { answer } from "../answer.ts";
import { closedLoop, type Load } from "../load.ts";

/** The limit: one statement that takes the number, keeps the message and the outbox row, in a commit of its own. */
const SEND = {
  name: "send",
  text: `
    WITH turn AS (UPDATE raw.conversation SET seq = seq + 1 WHERE id = $1 RETURNING id, seq),
         sent AS (INSERT INTO raw.message (id, conversation_id, seq, client_id, body, sent_at)
                  SELECT $2, id, seq, $3, $4, now() FROM turn)
    INSERT INTO raw.outbox (conversation_id, seq, message_id, occurred_at) SELECT id, seq, $2, now() FROM turn`,
};
const TABLES = `
  CREATE SCHEMA raw;
  CREATE TABLE raw.conversation (id uuid PRIMARY KEY, seq int NOT NULL DEFAULT 0);
  CREATE TABLE raw.message (id uuid PRIMARY KEY, conversation_id uuid NOT NULL, seq int NOT NULL, client_id text NOT NULL,
                            body text NOT NULL, sent_at timestamptz NOT NULL, UNIQUE (conversation_id, seq));
  CREATE TABLE raw.outbox (id bigserial PRIMARY KEY, conversation_id uuid NOT NULL, seq int NOT NULL, message_id uuid NOT NULL,
                           occurred_at timestamptz NOT NULL);`;
const BODY = ".".repeat(120);

let connections: pg.Client[] = [];
let ids: string[] = [];

answer({ open, run });

async function open({
  databaseUrl,
  clients,
  conversations,
}: {
  databaseUrl: string;
  clients: number;
  conversations: number;
}): Promise<void> {
  connections = Array.from({ length: clients }, () => new pg.Client({ connectionString: databaseUrl }));
  await Promise.all(connections.map((connection) => connection.connect()));
  await connections[0]!.query(TABLES);
  ids = Array.from({ length: conversations }, () => randomUUID());
  await connections[0]!.query("INSERT INTO raw.conversation (id) SELECT unnest($1::uuid[])", [ids]);
}

function run({ seconds }: { seconds: number }): Promise<Load> {
  return closedLoop(connections.length, seconds, async (client) => {
    const conversation = ids[Math.floor(Math.random() * ids.length)];
    await connections[client]!.query({ ...SEND, values: [conversation, randomUUID(), randomUUID(), BODY] });
  });
}
