import type { Client } from "pg";

/**
 * All that is said in a room goes by blocks, the newest last: what a message is depends on how many come after it alone. So the
 * end of a room is the same however much stands before it.
 */
export const BLOCK = 20;
/** Blocks of all rooms that are told in one statement. */
const AT_ONE_GO = 10;

const ROOTS = `
  CREATE TEMP TABLE root AS
  SELECT n AS room, nth, uuidv7(newest_at - (nth * ${BLOCK} + ${BLOCK - 1}) * interval '1 minute' - clock_timestamp()) AS root_id
  FROM planned, generate_series(0, size / ${BLOCK} - 1) AS nth`;

// A message a minute in each room. The place in its block (19 is the oldest) says what it is: the root of the block's thread;
// one of four replies to it, the last of which is broadcast in every fifth; in the long channel also one of five replies to its
// very first message; a mention; or just talk. The caller writes nothing after what they have read.
const MESSAGES = `
  INSERT INTO message (workspace_id, id, conversation_id, staff_seq, agent_id, visibility, body, client_id, sent_at, thread_id,
    is_broadcast)
  SELECT workspace_id, coalesce(own_id, uuidv7(sent_at - clock_timestamp())), id, seq, agent_id, 'staff',
    'Message ' || seq || ': the lamp in the kitchen flickers again since yesterday evening, could someone have a look?'
      || coalesce(' @' || mentioned, ''),
    'fill-' || seq, sent_at, thread_id, place = 5 AND thread_id IS NOT NULL AND block % 5 = 0
  FROM cast_of, (
    SELECT said.*, CASE WHEN place = 19 THEN root.root_id END AS own_id,
      CASE WHEN place IN (14, 11, 8, 5) THEN root.root_id WHEN is_long THEN first.root_id END AS thread_id,
      CASE WHEN is_by_me THEN mine_id WHEN place = 1 THEN people[1] ELSE people[1 + (after + block) % others] END AS agent_id,
      CASE WHEN place = 10 THEN handle
        WHEN after >= told THEN NULL
        WHEN place = 13 AND block % 20 = 10 AND is_by_me OR place = 1 AND block % 5 = 2 THEN 'here'
        WHEN NOT is_mine THEN NULL
        WHEN place = 7 AND block % 2 = 1 OR place = 11 AND block % 10 = 5 THEN mine
        WHEN place = 2 AND block % 10 = 3 THEN 'lamps' END AS mentioned
    FROM cast_of, (
      SELECT planned.*, after, block, place, opened + size - after AS seq,
        newest_at - after * interval '1 minute' AS sent_at,
        n = 1 AND place IN (16, 12, 9, 6, 3) AS is_long,
        is_mine AND after >= unread AND (place = 13 OR place = 8 AND block % 10 = 0 OR n = 1 AND place = 3 AND block % 10 = 1) AS is_by_me
      FROM planned, generate_series($1::int, $2::int - 1) AS block, generate_series(0, ${BLOCK - 1}) AS place,
        LATERAL (SELECT block * ${BLOCK} + place AS after) AS counted
      WHERE after < size) AS said
    JOIN root ON root.room = n AND root.nth = block
    LEFT JOIN root AS first ON is_long AND first.room = n AND first.nth = size / ${BLOCK} - 1
    JOIN agent ON agent.id = people[1]
    ORDER BY sent_at) AS written`;

const MENTIONS = `
  INSERT INTO mention (workspace_id, message_id, target_id, kind, handle, conversation_id, staff_seq)
  SELECT message.workspace_id, message.id, coalesce(agent.id, team.id, conversation_id),
    CASE WHEN agent.id IS NOT NULL THEN 'agent' WHEN team.id IS NOT NULL THEN 'team' ELSE 'everyone' END::mention_kind,
    told.handle, conversation_id, staff_seq
  FROM message JOIN planned ON planned.id = conversation_id,
    LATERAL (SELECT split_part(body, '@', 2) AS handle) AS told
    LEFT JOIN agent ON agent.handle = told.handle
    LEFT JOIN team ON team.handle = told.handle
  WHERE told.handle <> '' ORDER BY message.id`;

const THREADS = `
  INSERT INTO thread (workspace_id, id, conversation_id, reply_count, last_reply_at, last_reply_seq)
  SELECT workspace_id, thread_id, conversation_id, count(*), max(sent_at), max(staff_seq)
  FROM message WHERE thread_id IS NOT NULL GROUP BY workspace_id, thread_id, conversation_id ORDER BY thread_id`;

// Who replied has read up to there, else who wrote the root up to it, else who was mentioned up to the first time.
const FOLLOWERS = `
  INSERT INTO thread_follower (workspace_id, thread_id, agent_id, conversation_id, seq, is_following, first_reply_seq)
  SELECT thread.workspace_id, thread.id, agent_id, thread.conversation_id,
    coalesce(max(replied), max(began), min(named) - 1), true, min(replied)
  FROM thread, LATERAL (
    SELECT agent_id, staff_seq AS replied, NULL::int AS began, NULL::int AS named FROM message WHERE thread_id = thread.id
    UNION ALL SELECT agent_id, NULL, staff_seq, NULL FROM message WHERE id = thread.id
    UNION ALL SELECT target_id, NULL, NULL, mention.staff_seq FROM message JOIN mention ON message_id = message.id AND kind = 'agent'
      WHERE thread_id = thread.id) AS taken
  GROUP BY thread.workspace_id, thread.id, agent_id ORDER BY thread.id`;

// The caller has read their threads, but for some of the newest.
const THREAD_MARKS = `
  UPDATE thread_follower AS follower SET seq = last_reply_seq
  FROM thread, root, cast_of
  WHERE agent_id = mine_id AND thread.id = thread_id AND root_id = thread_id AND seq < last_reply_seq
    AND NOT (room % 5 = 0 AND nth = 0 OR room % 4 = 0 AND nth = 5 OR room = 1 AND reply_count > ${BLOCK})`;

const SETTLED = `
  UPDATE thread_follower SET settled_at = last_reply_at FROM thread WHERE thread.id = thread_id AND seq >= last_reply_seq`;

// Others have read all; the caller marks one room unread again.
const MARKS = `
  INSERT INTO read_mark (workspace_id, conversation_id, reader_id, seq, unread_from, read_at)
  SELECT workspace_id, id, unnest(people), opened + size, NULL, newest_at FROM planned, cast_of
  UNION ALL
  SELECT workspace_id, id, mine_id, opened + size - unread, CASE WHEN n = 7 THEN opened + size - 9 END, newest_at
  FROM planned, cast_of WHERE is_mine AND unread < size`;

/** Lets everyone in the planned rooms write, mention, reply and read, in the order of time. */
export async function fillTalk(client: Client, long: number): Promise<void> {
  await client.query(ROOTS);
  await client.query("CREATE UNIQUE INDEX ON root (room, nth)");
  await client.query("ANALYZE root");
  for (let end = long / BLOCK; end > 0; end -= AT_ONE_GO)
    await client.query(MESSAGES, [Math.max(0, end - AT_ONE_GO), end]);
  await client.query("VACUUM (ANALYZE) message");
  await client.query(MENTIONS);
  await client.query("ANALYZE mention");
  await client.query(THREADS);
  await client.query("ANALYZE thread");
  for (const statement of [FOLLOWERS, THREAD_MARKS, SETTLED, MARKS]) await client.query(statement);
  await client.query("VACUUM (ANALYZE) mention, thread, thread_follower, read_mark");
}
