import type { Tally } from "../tally.ts";
import type { Order, Scene } from "./scene.ts";

/** For each message: what its commands did, as the log and the rows tell. */
type Done = {
  assigned: number;
  resolved: number;
  noted: number;
  made: number;
  reopened: number;
  runs: number;
  untold: number;
  replies: number;
  lines: number;
};

/** Each command of each message did once what it does, and each message was answered once, with a line for each command. */
export async function judgeOrders(tally: Tally, scene: Scene): Promise<void> {
  for (const order of scene.orders) {
    const done = await readDone(scene, order);
    const wanted: Done = {
      ...{ assigned: 1, resolved: 1, noted: 1, made: 1, reopened: 1 },
      ...{ runs: 6, untold: 0, replies: 1, lines: 6 },
    };
    tally.expect(`message ${order.number} was obeyed once`, JSON.stringify(done) === JSON.stringify(wanted), done);
  }
  const replies = await scene.gate.query("SELECT FROM message WHERE agent_id IS NULL AND contact_id IS NULL");
  tally.expect("the bot said nothing else", replies.rows.length === scene.orders.length, replies.rows.length);
  const numbers = await scene.gate.query("SELECT last_number::int AS last FROM project");
  tally.expect("no number was lost", numbers.rows[0].last === scene.orders.length, numbers.rows[0].last);
  const { rows } = await scene.gate.query("SELECT FROM parked_event");
  tally.expect("nothing was parked", rows.length === 0, rows.length);
}

/** Of a message's events none stand after the next message's reply, and of its own none before it: they are told apart by place. */
async function readDone({ gate }: Scene, { number, messageId }: Order): Promise<Done> {
  const { rows } = await gate.query<Done>(
    `WITH answer AS (
       SELECT message.* FROM request JOIN message ON message.id = result_id WHERE caller_id = $1
     ), own AS (
       SELECT event.* FROM event, message AS sent, answer
       WHERE sent.id = $1 AND event.conversation_id = sent.conversation_id
         AND event.staff_seq < answer.staff_seq
         AND event.staff_seq > coalesce((
           SELECT max(staff_seq) FROM message AS earlier
           WHERE earlier.conversation_id = sent.conversation_id AND earlier.agent_id IS NULL AND earlier.contact_id IS NULL
             AND earlier.staff_seq < answer.staff_seq), 0)
     )
     SELECT
       (SELECT count(*)::int FROM own WHERE type = 'ticket.assigned') AS assigned,
       (SELECT count(*)::int FROM own WHERE type = 'ticket.moved' AND payload ->> 'to' = 'resolved') AS resolved,
       (SELECT count(*)::int FROM message WHERE body = $2) AS noted,
       (SELECT count(*)::int FROM task JOIN message AS sent ON sent.conversation_id = source_conversation_id
        WHERE sent.id = $1 AND title = $2) AS made,
       (SELECT count(*)::int FROM own WHERE type = 'ticket.moved' AND payload ->> 'to' = 'open') AS reopened,
       (SELECT count(*)::int FROM command_run WHERE source_id = $1) AS runs,
       (SELECT count(*)::int FROM command_run WHERE source_id = $1 AND said IS NOT NULL) AS untold,
       (SELECT count(*)::int FROM answer) AS replies,
       (SELECT max(array_length(string_to_array(body, E'\\n'), 1)) FROM answer) AS lines`,
    [messageId, `once ${number}`],
  );
  return rows[0]!;
}
