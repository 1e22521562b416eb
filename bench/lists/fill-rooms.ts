import pg from "pg";
import { BLOCK, fillTalk } from "./fill-talk.ts";

/** How much is said among staff: rooms that the caller is not in, and messages of each room of theirs and of the long channel. */
export type Rooms = { others: number; each: number; long: number };

/** Rooms of the caller, as many however many there are: 30 channels, of which the first is the long one, 10 groups, 20 direct messages. */
export const OWN_ROOMS = 60;
/** Messages of each room of others; and of every room of the small database, so that what is near is the same in both. */
export const NEAR = 10 * BLOCK;
const COLLEAGUES = 120;

const CAST = `
  CREATE TEMP TABLE cast_of AS
  SELECT agent.workspace_id, agent.id AS mine_id, agent.handle AS mine
  FROM personal_token JOIN agent ON agent.id = agent_id LIMIT 1`;

const COLLEAGUES_OF = `
  WITH hired AS (
    INSERT INTO agent (workspace_id, id, name, email, handle)
    SELECT workspace_id, uuidv7(), 'Colleague ' || nth, 'colleague-' || nth || '@lumen.example', 'colleague-' || nth
    FROM cast_of, generate_series(0, ${COLLEAGUES - 1}) AS nth RETURNING id, handle)
  SELECT array_agg(id ORDER BY split_part(handle, '-', 2)::int) AS ids INTO TEMP TABLE colleague FROM hired`;

// Whoever is in the team is mentioned by @lamps: the caller and five others.
const TEAM = `
  WITH made AS (
    INSERT INTO team (workspace_id, id, name, handle) SELECT workspace_id, uuidv7(), 'Lamps', 'lamps' FROM cast_of RETURNING *)
  INSERT INTO team_member (workspace_id, team_id, agent_id)
  SELECT workspace_id, made.id, unnest(mine_id || ids[1:5]) FROM made JOIN cast_of USING (workspace_id), colleague`;

// Of `people`, who are in it beside the caller, the first is the owner; each who came after has taken a number before the first
// message. So many of the newest are `unread` to the caller: three rooms they have never opened, and among the newest messages
// alone are they mentioned there.
const PLANNED = `
  CREATE TEMP TABLE planned AS
  SELECT planned.*, cardinality(people) AS others, CASE WHEN is_mine AND unread = size THEN ${NEAR} ELSE size END AS told,
    CASE kind WHEN 'direct' THEN 1 ELSE cardinality(people) + is_mine::int END AS opened,
    newest_at - size * interval '1 minute' AS opened_at, uuidv7(newest_at - size * interval '1 minute' - clock_timestamp()) AS id,
    uuidv7(newest_at - size * interval '1 minute' - clock_timestamp()) AS space_id
  FROM (
    SELECT n, kind, is_mine, now() - n * interval '10 milliseconds' AS newest_at, CASE WHEN n = 1 THEN $3::int WHEN is_mine THEN $2::int ELSE ${NEAR} END AS size,
      CASE WHEN n = 1 THEN ${BLOCK} WHEN n IN (10, 20, 30) THEN $2::int WHEN n % 3 = 0 THEN n ELSE 0 END AS unread,
      CASE kind WHEN 'channel' THEN CASE WHEN is_mine THEN 'desk ' ELSE 'project ' END || to_char(n, 'FM00000')
        WHEN 'group' THEN 'group ' || n END AS name,
      ARRAY(SELECT ids[1 + CASE WHEN kind = 'direct' AND NOT is_mine THEN n / 10 + place * (1 + n / 10 / ${COLLEAGUES}) ELSE n + place * 7 END % ${COLLEAGUES}]
        FROM generate_series(0, CASE WHEN kind <> 'direct' THEN 2 + n % 6 WHEN NOT is_mine THEN 1 WHEN n % 10 = 0 THEN 3 ELSE 0 END) AS place
        ORDER BY place) AS people
    FROM colleague, (
      SELECT n, n <= ${OWN_ROOMS} AS is_mine,
        CASE WHEN n <= 30 OR n > ${OWN_ROOMS} AND n % 10 < 8 THEN 'channel' WHEN n <= 40 OR n > ${OWN_ROOMS} AND n % 10 = 8 THEN 'group' ELSE 'direct' END AS kind
      FROM generate_series(1, ${OWN_ROOMS} + $1::int) AS n) AS numbered) AS planned, cast_of`;

const SPACES = `
  INSERT INTO space (workspace_id, id, kind, created_at)
  SELECT workspace_id, space_id, kind::space_kind, opened_at FROM planned, cast_of ORDER BY n`;

const MEMBERS = `
  INSERT INTO space_member (workspace_id, space_id, agent_id, role, level, is_starred, created_at)
  SELECT workspace_id, space_id, agent_id, CASE WHEN kind <> 'direct' AND place = 1 THEN 'owner' ELSE 'member' END::space_role,
    CASE WHEN agent_id <> mine_id OR n % 5 > 0 THEN 'all' WHEN n % 2 = 0 THEN 'none' ELSE 'mentions' END::attention_level,
    agent_id = mine_id AND n % 10 = 1, opened_at
  FROM planned, cast_of, unnest(people || CASE WHEN is_mine THEN ARRAY[mine_id] END) WITH ORDINALITY AS member (agent_id, place)
  ORDER BY n, place`;

const CONVERSATIONS = `
  INSERT INTO conversation (workspace_id, id, space_id, kind, staff_seq, staff_activity_at, customer_activity_at, created_at)
  SELECT workspace_id, id, space_id, kind::conversation_kind, opened + size, newest_at, opened_at, opened_at
  FROM planned, cast_of ORDER BY n`;

const ROOMS = `
  INSERT INTO room (workspace_id, conversation_id, name, purpose, key)
  SELECT workspace_id, id, name, CASE WHEN kind = 'direct' THEN '' ELSE 'What there is to say of the lamps of ' || name END,
    CASE kind WHEN 'channel' THEN '#' || name WHEN 'direct' THEN (
      SELECT string_agg(agent_id::text, ' ' ORDER BY agent_id::text)
      FROM unnest(people || CASE WHEN is_mine THEN ARRAY[mine_id] END) AS agent_id) END
  FROM planned, cast_of ORDER BY n`;

/**
 * Tells so many rooms into a shop by SQL, through every key and check of the schema, with the counters that the product
 * would have written; then lets PostgreSQL learn what it has. The log is left as it is.
 */
export async function fillRooms(databaseUrl: string, { others, each, long }: Rooms): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(CAST);
    await client.query(COLLEAGUES_OF);
    await client.query(TEAM);
    await client.query(PLANNED, [others, each, long]);
    await client.query("ANALYZE planned");
    for (const statement of [SPACES, MEMBERS, CONVERSATIONS, ROOMS]) await client.query(statement);
    await fillTalk(client, long);
    await client.query("VACUUM (ANALYZE) agent, team, team_member, space, space_member, conversation, room");
  } finally {
    await client.end();
  }
}
