import type { Agent, AttentionLevel, Room, SpaceRole } from "../../prisma/generated/client/client.ts";
import type { Actor, AgentActor } from "../kernel/actor.ts";
import { prisma, sql } from "../kernel/database.ts";
import { fragment } from "../kernel/statement.ts";
import { ownRooms } from "./own-rooms.ts";
import { type ActivityKey, activityPage, type Page } from "./queries.ts";

/** A page of the ids of the agent's own rooms, newest activity first. */
export async function findRoomIds(agent: AgentActor, page: Page<ActivityKey>): Promise<string[]> {
  const { isWithin, order } = activityPage(page, fragment`conversation.staff_activity_at`, fragment`conversation.id`);
  const rows = await sql<{ id: string }>`
    SELECT conversation.id FROM ${ownRooms(agent)} AND ${isWithin} ORDER BY ${order} LIMIT ${page.limit}`;
  return rows.map(({ id }) => id);
}

/** What chat knows of these conversations, by their ids; of a support conversation nothing. */
export async function findRooms(workspaceId: string, ids: string[]): Promise<Map<string, Room>> {
  const rooms = await prisma().room.findMany({ where: { workspaceId, conversationId: { in: ids } } });
  return new Map(rooms.map((room) => [room.conversationId, room]));
}

/** How many are in each room, by conversation id. */
export async function countMembers(workspaceId: string, ids: string[]): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; count: number }>`
    SELECT conversation.id, count(*)
    FROM conversation JOIN space_member AS member USING (workspace_id, space_id)
    WHERE workspace_id = ${workspaceId} AND conversation.id = ANY(${ids}::uuid[])
    GROUP BY conversation.id`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** What the agent is in each of these rooms, by conversation id. */
export async function findRoles({ workspaceId, agentId }: AgentActor, ids: string[]): Promise<Map<string, SpaceRole>> {
  const rows = await sql<{ id: string; role: SpaceRole }>`
    SELECT conversation.id, member.role
    FROM conversation JOIN space_member AS member USING (workspace_id, space_id)
    WHERE workspace_id = ${workspaceId} AND conversation.id = ANY(${ids}::uuid[]) AND agent_id = ${agentId}`;
  return new Map(rows.map(({ id, role }) => [id, role]));
}

/** Of what in a room the agent wants to be told, and whether it stands first among theirs. */
export type Attention = { level: AttentionLevel; isStarred: boolean };

/** What the agent has chosen so in each of these rooms, by conversation id. */
export async function findAttention(
  { workspaceId, agentId }: AgentActor,
  ids: string[],
): Promise<Map<string, Attention>> {
  const rows = await sql<Attention & { id: string }>`
    SELECT conversation.id, level, is_starred AS "isStarred"
    FROM conversation JOIN space_member AS member USING (workspace_id, space_id)
    WHERE workspace_id = ${workspaceId} AND conversation.id = ANY(${ids}::uuid[]) AND agent_id = ${agentId}`;
  return new Map(rows.map(({ id, ...attention }) => [id, attention]));
}

/** Who has read a message, the newest readers first, and how many they are. */
export type Seen = { agents: Agent[]; count: number };

const MOST_SHOWN = 50;

/** Who of those who see a room has read a message in it, without its author, by the message's id. */
export async function findSeen(workspaceId: string, messageIds: string[]): Promise<Map<string, Seen>> {
  const rows = await sql<{ id: string; agentIds: string[]; count: number }>`
    SELECT message.id, count(*), (array_agg(mark.reader_id ORDER BY mark.read_at DESC))[:${MOST_SHOWN}] AS "agentIds"
    FROM message
    JOIN conversation ON conversation.workspace_id = message.workspace_id AND conversation.id = message.conversation_id
      AND kind <> 'support'
    JOIN space_member AS member ON member.workspace_id = message.workspace_id AND member.space_id = conversation.space_id
      AND member.agent_id IS DISTINCT FROM message.agent_id
    JOIN read_mark AS mark ON mark.workspace_id = message.workspace_id AND mark.conversation_id = message.conversation_id
      AND mark.reader_id = member.agent_id AND mark.seq >= message.staff_seq
    WHERE message.workspace_id = ${workspaceId} AND message.id = ANY(${messageIds}::uuid[])
    GROUP BY message.id`;
  const ids = [...new Set(rows.flatMap(({ agentIds }) => agentIds))];
  const agents = await prisma().agent.findMany({ where: { workspaceId, id: { in: ids } } });
  const known = new Map(agents.map((agent) => [agent.id, agent]));
  return new Map(
    rows.map(({ id, agentIds, count }) => [id, { agents: agentIds.map((agentId) => known.get(agentId)!), count }]),
  );
}

/** A member of a room. */
export type RoomMember = { agent: Agent; role: SpaceRole; joinedAt: Date };

/** A page of the members of a space, the longest there first. */
export async function findRoomMembers(
  place: { workspaceId: string; spaceId: string },
  { after, before, limit, inverted }: Page<ActivityKey>,
): Promise<RoomMember[]> {
  const direction = inverted ? ("desc" as const) : ("asc" as const);
  const beyond = ({ at, id }: ActivityKey, way: "gt" | "lt") => ({
    OR: [{ createdAt: { [way]: at } }, { createdAt: at, agentId: { [way]: id } }],
  });
  const rows = await prisma().spaceMember.findMany({
    where: { AND: [place, after ? beyond(after, "gt") : {}, before ? beyond(before, "lt") : {}] },
    orderBy: [{ createdAt: direction }, { agentId: direction }],
    include: { agent: true },
    take: limit,
  });
  return rows.map(({ agent, role, createdAt: joinedAt }) => ({ agent, role, joinedAt }));
}

/** The member of a space that this agent is; null for none. */
export async function findRoomMember(
  { workspaceId, spaceId }: { workspaceId: string; spaceId: string },
  agentId: string,
): Promise<RoomMember | null> {
  const member = await prisma().spaceMember.findFirst({
    where: { workspaceId, spaceId, agentId },
    include: { agent: true },
  });
  return member && { agent: member.agent, role: member.role, joinedAt: member.createdAt };
}

/** A channel as everyone on staff may know of it, whether or not they are in it. */
export type Channel = {
  conversationId: string;
  key: string;
  name: string;
  topic: string;
  purpose: string;
  memberCount: number;
  isMember: boolean;
};

/** A page of the channels of the workspace that are not archived, by name. */
export async function findChannels(actor: Actor, page: Page<string>): Promise<Channel[]> {
  if (actor.kind !== "agent") return [];
  const { after = "", before, limit, inverted } = page;
  const isBefore = before === undefined ? fragment`true` : fragment`key < ${before}`;
  const order = inverted ? fragment`key DESC` : fragment`key`;
  return sql<Channel>`
    SELECT page.*, standing.* FROM (
      SELECT conversation_id AS "conversationId", key, name, topic, purpose
      FROM room
      WHERE workspace_id = ${actor.workspaceId} AND key > ${after} AND ${isBefore} AND starts_with(key, '#')
      ORDER BY ${order} LIMIT ${limit}) AS page,
    LATERAL (
      SELECT count(*) AS "memberCount", coalesce(bool_or(agent_id = ${actor.agentId}), false) AS "isMember"
      FROM conversation JOIN space_member USING (workspace_id, space_id)
      WHERE workspace_id = ${actor.workspaceId} AND conversation.id = page."conversationId") AS standing
    ORDER BY ${order}`;
}
