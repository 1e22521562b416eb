import type { MentionKind } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import { sql } from "../kernel/database.ts";
import { type Fragment, fragment } from "../kernel/statement.ts";
import { EVERYONE } from "../people/handle.ts";
import { findPlace } from "./conversation.ts";
import { inMainLine } from "./main-line.ts";
import { isHeardIn, mayAlert } from "./mentions.ts";
import { ownRooms } from "./own-rooms.ts";
import { MOST_UNREAD, type Page, readUpTo } from "./queries.ts";

/** Whom a message mentions by a handle: an agent, a team, or everyone in the conversation. */
export type Mention = { messageId: string; kind: MentionKind; targetId: string; handle: string; name: string | null };

/** Whom these messages mention, by message id. One statement. */
export async function findMentions(workspaceId: string, messageIds: string[]): Promise<Map<string, Mention[]>> {
  const rows = await sql<Mention>`
    SELECT message_id AS "messageId", kind, target_id AS "targetId", mention.handle, coalesce(agent.name, team.name) AS name
    FROM mention
    LEFT JOIN agent ON agent.workspace_id = mention.workspace_id AND agent.id = mention.target_id
    LEFT JOIN team ON team.workspace_id = mention.workspace_id AND team.id = mention.target_id
    WHERE mention.workspace_id = ${workspaceId} AND message_id = ANY(${messageIds}::uuid[])
    ORDER BY mention.handle`;
  return Map.groupBy(rows, ({ messageId }) => messageId);
}

/** How many messages of others in the main line that mention the agent they have not read, by conversation id, none counted beyond `MOST_UNREAD`. */
export async function unreadMentionCounts(
  { workspaceId, agentId }: AgentActor,
  ids: string[],
): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; unread: number }>`
    SELECT wanted.id, unread.count AS unread FROM unnest(${ids}::uuid[]) AS wanted (id)
    LEFT JOIN read_mark AS mark
      ON mark.workspace_id = ${workspaceId} AND mark.conversation_id = wanted.id AND mark.reader_id = ${agentId},
    LATERAL (SELECT count(*) FROM (
      SELECT DISTINCT message_id
      FROM (SELECT ${agentId}::uuid UNION ALL SELECT wanted.id UNION ALL ${teamsOf(workspaceId, agentId)}) AS target (id), LATERAL (
        SELECT message_id FROM mention
        JOIN message ON message.workspace_id = mention.workspace_id AND message.id = message_id
        WHERE mention.workspace_id = ${workspaceId} AND mention.conversation_id = wanted.id AND target_id = target.id
          AND mention.staff_seq > ${readUpTo} AND agent_id IS DISTINCT FROM ${agentId}::uuid AND ${inMainLine}
        LIMIT ${MOST_UNREAD}) AS told
      LIMIT ${MOST_UNREAD}) AS counted) AS unread`;
  return new Map(rows.map((row) => [row.id, row.unread]));
}

/** A message that mentions somebody, whether they have read it, and whether they want to be told of nothing there. */
export type FoundMention = { messageId: string; isUnread: boolean; isMuted: boolean };

/** So many of the newest mentions are looked at for unread ones. */
const LOOKED_AT = 200;

/** A page of the messages of others that mention the agent, by themselves, with a team of theirs or with everyone, in conversations that they see; newest first. */
export async function findMentionsOf(agent: AgentActor, page: Page<string>): Promise<FoundMention[]> {
  const found: FoundMention[] = [];
  for (let rest = { ...page, limit: page.limit + BESIDE }; found.length < page.limit; ) {
    const looked = await lookAtMentions(agent, rest);
    found.push(...looked.filter(({ isShown }) => isShown));
    if (looked.length < rest.limit) break;
    const last = looked.at(-1)!.messageId;
    rest = { ...rest, [page.inverted ? "before" : "after"]: last, limit: rest.limit * 4 };
  }
  return found.slice(0, page.limit);
}

/** So many more than are wanted are looked at: some are passed over, which the agent wrote themself or sees no more. */
const BESIDE = 20;
/** Of each target so many are looked at to learn how far one has to go. */
const FIRST_LOOK = 8;

/**
 * A page of all messages that mention the agent. Each target has a range of the index in order, and they may be many: none
 * is followed beyond where the first few of all of them fill the page.
 */
async function lookAtMentions(agent: AgentActor, page: Page<string>): Promise<(FoundMention & { isShown: boolean })[]> {
  const { after, before, limit, inverted } = page;
  const older = after ? fragment`message_id < ${after}::uuid` : fragment`true`;
  const newer = before ? fragment`message_id > ${before}::uuid` : fragment`true`;
  const order = inverted ? fragment`message_id` : fragment`message_id DESC`;
  const ofTarget = (isWithin: Fragment, most: number) => fragment`
    SELECT message_id FROM mention
    WHERE workspace_id = ${agent.workspaceId} AND target_id = target.id AND ${older} AND ${newer} AND ${isWithin}
    ORDER BY ${order} LIMIT ${most}`;
  const isNear = inverted
    ? fragment`message_id <= coalesce((SELECT message_id FROM furthest), 'ffffffff-ffff-ffff-ffff-ffffffffffff')`
    : fragment`message_id >= coalesce((SELECT message_id FROM furthest), '00000000-0000-0000-0000-000000000000')`;
  return sql`
    WITH target (id) AS MATERIALIZED ${targetsOf(agent)},
    furthest AS (
      SELECT DISTINCT message_id FROM target, LATERAL (${ofTarget(fragment`true`, FIRST_LOOK)}) AS first
      ORDER BY ${order} OFFSET ${limit - 1} LIMIT 1),
    page AS (
      SELECT DISTINCT message_id FROM target, LATERAL (${ofTarget(isNear, limit)}) AS near
      ORDER BY ${order} LIMIT ${limit})
    SELECT message_id AS "messageId", ${isUnread(agent)} AS "isUnread", coalesce(level = 'none', false) AS "isMuted",
      level IS NOT NULL AND message.agent_id IS DISTINCT FROM ${agent.agentId}::uuid AS "isShown"
    FROM page
    JOIN message ON message.workspace_id = ${agent.workspaceId} AND message.id = message_id
    JOIN conversation ON conversation.workspace_id = message.workspace_id AND conversation.id = message.conversation_id
    LEFT JOIN space_member AS member ON member.workspace_id = conversation.workspace_id
      AND member.space_id = conversation.space_id AND member.agent_id = ${agent.agentId}
    ORDER BY ${order}`;
}

/** How many of these they have not read, without those in rooms that they have muted: of the newest `LOOKED_AT`, counted up to `MOST_UNREAD`. */
export async function countUnreadMentions(agent: AgentActor): Promise<number> {
  const found = await findMentionsOf(agent, { limit: LOOKED_AT, inverted: false });
  return Math.min(MOST_UNREAD, found.filter((one) => one.isUnread && !one.isMuted).length);
}

/** What may stand for the agent in a mention: their own id, each of their teams, and each of their rooms. */
function targetsOf(agent: AgentActor) {
  const { workspaceId, agentId } = agent;
  return fragment`(
    SELECT ${agentId}::uuid
    UNION ALL
    ${teamsOf(workspaceId, agentId)}
    UNION ALL
    SELECT conversation.id FROM ${ownRooms(agent)})`;
}

function teamsOf(workspaceId: string, agentId: string) {
  return fragment`SELECT team_id FROM team_member WHERE workspace_id = ${workspaceId} AND agent_id = ${agentId}`;
}

/** What stands in a thread alone is read there. */
function isUnread({ workspaceId, agentId }: AgentActor) {
  return fragment`message.staff_seq > coalesce((
    SELECT seq FROM thread_follower
    WHERE NOT ${inMainLine} AND workspace_id = ${workspaceId} AND thread_id = message.thread_id AND agent_id = ${agentId}), (
    SELECT ${readUpTo} FROM read_mark AS mark
    WHERE workspace_id = ${workspaceId} AND conversation_id = message.conversation_id AND reader_id = ${agentId}), 0)`;
}

/** Somebody who can be mentioned; without an agent it is a team, or where `name` is null everyone in the conversation. */
export type Mentionable = { handle: string; agentId: string | null; name: string | null };

const MOST_SUGGESTED = 8;

/** Colleagues whom the agent can mention in a conversation that they see, and teams of such colleagues, whose handle or a word of whose name begins with what is asked; and everyone, where the agent may. */
export async function findMentionable(
  agent: AgentActor,
  { conversationId, asked }: { conversationId: string; asked: string },
): Promise<Mentionable[]> {
  const place = await findPlace(agent, conversationId);
  if (!place) return [];
  const wanted = asked.normalize("NFC").toLowerCase();
  const people = await sql<Mentionable>`
    SELECT handle, agent.id AS "agentId", name
    FROM agent JOIN space_member AS member ON member.workspace_id = agent.workspace_id AND member.agent_id = agent.id
    WHERE agent.workspace_id = ${agent.workspaceId} AND member.space_id = ${place.spaceId} AND disabled_at IS NULL
      AND agent.id <> ${agent.agentId}
      AND ${isMeant(wanted)}
    ORDER BY name, agent.id LIMIT ${MOST_SUGGESTED}`;
  const teams = await sql<Mentionable>`
    SELECT handle, NULL AS "agentId", name FROM team
    WHERE workspace_id = ${agent.workspaceId} AND ${isHeardIn(place.spaceId)} AND ${isMeant(wanted)}
    ORDER BY name, id LIMIT ${MOST_SUGGESTED}`;
  const found = [...people, ...teams].slice(0, MOST_SUGGESTED);
  const isForAll = EVERYONE.startsWith(wanted) && (await mayAlert(sql, agent, conversationId));
  return isForAll ? [...found, { handle: EVERYONE, agentId: null, name: null }] : found;
}

/** Whether a row's handle, or a word of its name, begins so. */
function isMeant(wanted: string) {
  return fragment`(starts_with(handle, ${wanted}) OR starts_with(lower(name), ${wanted}) OR strpos(lower(name), ${` ${wanted}`}) > 0)`;
}
