import type { World } from "../world.ts";
import { PAGE, type Value, valuesOf } from "./request.ts";

/** Whether a message stands in its conversation, and not in its thread alone. */
export const MAIN_LINE = "(thread_id IS NULL OR is_broadcast)";

// Who asks is the agent of the one token, in one team.
const CALLER = `
  WITH caller AS (SELECT agent_id AS id, team_id FROM personal_token JOIN team_member USING (agent_id)),
  own AS (
    SELECT conversation.id, level = 'none' AS is_muted, coalesce(least(seq, unread_from - 1), 0) AS read_up_to
    FROM conversation JOIN space_member USING (space_id) JOIN caller ON caller.id = agent_id
    LEFT JOIN read_mark ON conversation_id = conversation.id AND reader_id = agent_id
    WHERE kind <> 'support'),
  said AS (
    SELECT message.*, is_muted, read_up_to FROM message JOIN own ON own.id = conversation_id, caller WHERE agent_id <> caller.id),
  told AS (SELECT DISTINCT message_id FROM mention, caller WHERE target_id IN (caller.id, team_id, conversation_id))`;

/** The caller's rooms, newest activity first: how many messages are unread, how many of them mention the caller, the last one's number. */
export const OWN_WITH_COUNTS = `${CALLER},
  unread AS (
    SELECT conversation_id, count(*) AS all_of_them, count(message_id) AS mentions
    FROM said LEFT JOIN told ON message_id = said.id WHERE staff_seq > read_up_to AND ${MAIN_LINE} GROUP BY conversation_id)
  SELECT own.id, least(coalesce(all_of_them, 0), 100), least(coalesce(mentions, 0), 100), max(staff_seq)
  FROM own JOIN message ON message.conversation_id = own.id AND ${MAIN_LINE} LEFT JOIN unread ON unread.conversation_id = own.id
  GROUP BY own.id, all_of_them, mentions ORDER BY max(sent_at) DESC`;

/** The first channels by name: how many are in each, and whether the caller is. */
export const FIRST_CHANNELS = `${CALLER}
  SELECT name, count(*), count(*) FILTER (WHERE agent_id IN (SELECT id FROM caller))
  FROM room JOIN conversation ON conversation.id = conversation_id JOIN space_member USING (space_id)
  WHERE kind = 'channel' GROUP BY name ORDER BY name LIMIT ${PAGE}`;

/** The threads that the caller follows, as `followed`. */
export const FOLLOWED = `${CALLER},
  followed AS (
    SELECT thread_id AS id, max(sent_at) AS last_at, count(*) AS replies,
      least(count(*) FILTER (WHERE staff_seq > seq AND message.agent_id <> follower.agent_id), 100) AS unread
    FROM thread_follower AS follower JOIN caller ON caller.id = agent_id JOIN message USING (thread_id)
    WHERE is_following GROUP BY thread_id)`;

/** What mentions the caller, newest first. What stands in a thread alone is read there; of the newest 200 the unread ones are counted, but for muted rooms. */
export const FIRST_MENTIONS = `${CALLER},
  newest AS (
    SELECT said.id, NOT is_muted AND staff_seq > CASE WHEN ${MAIN_LINE} THEN read_up_to ELSE coalesce((
      SELECT seq FROM thread_follower, caller WHERE thread_id = said.thread_id AND agent_id = caller.id), read_up_to) END AS is_counted
    FROM said JOIN told ON message_id = said.id ORDER BY said.id DESC LIMIT 200)
  SELECT (SELECT least(count(*), 100) FROM newest WHERE is_counted), id FROM newest ORDER BY id DESC LIMIT ${PAGE}`;

/** The numbers of a page of a line, which is counted from its end. */
export function lineOf(world: World, isOfLine: string, page: number): Promise<Value[]> {
  return valuesOf(
    world,
    `SELECT staff_seq FROM (SELECT staff_seq FROM message WHERE ${isOfLine}
     ORDER BY staff_seq DESC OFFSET ${(page - 1) * PAGE} LIMIT ${PAGE}) AS page ORDER BY staff_seq`,
  );
}
