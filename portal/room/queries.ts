import type { ConversationKind, SpaceRole } from "../../prisma/generated/client/client.ts";
import { unreadMentionCounts } from "../../api/chat/mention-queries.ts";
import { inMainLine } from "../../api/chat/main-line.ts";
import { findConversation, unreadCounts } from "../../api/chat/queries.ts";
import {
  type Attention,
  countMembers,
  findAttention,
  findRoles,
  findRoomIds,
  findRoomMembers,
  type RoomMember,
} from "../../api/chat/room-queries.ts";
import { findTeamsOf } from "../../api/chat/team-queries.ts";
import { isRoomKind, type RoomKind } from "../../api/chat/room.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { prisma, sql } from "../../api/kernel/database.ts";
import { findAgents } from "../../api/people/queries.ts";
import type { Card } from "../task/card.ts";
import { readMade } from "../task/made.ts";
import { readTalk, type Talk } from "./talk.ts";
import { readRoomTeams, type RoomTeams } from "./teams.ts";
import type { Person } from "../person.ts";
import type { Presents } from "../presence/mark.ts";
import { readPresents } from "../presence/queries.ts";

/** A room as the navigation shows it. `people`: of direct messages, all who share them. */
export type RoomLink = {
  conversationId: string;
  kind: RoomKind;
  name: string | null;
  people: Person[];
  isArchived: boolean;
  /** When something was last written in its line, which is its place among others. */
  lastActivityAt: Date;
  /** Who wrote last, and the number of what they wrote; null: nothing was written. */
  last: { authorId: string; seq: number } | null;
};

/**
 * The rooms of the navigation, how many messages of each are unread, how many of these mention the reader, what the reader has
 * chosen there, and how those are whom they share them with.
 */
export type RoomList = {
  rooms: RoomLink[];
  unreadCounts: ReadonlyMap<string, number>;
  mentionCounts: ReadonlyMap<string, number>;
  attention: ReadonlyMap<string, Attention>;
  presents: Presents;
  /** The reader's teams: what mentions one of them mentions the reader. */
  teamIds: string[];
};

/** So many are in the navigation: those with the newest activity. */
const MOST_ROOMS = 200;

/** Reads the rooms that the agent is in, without archived ones. */
export async function readRooms(agent: AgentActor): Promise<RoomList> {
  const ids = await findRoomIds(agent, { limit: MOST_ROOMS, inverted: false });
  const [links, counts, mentionCounts, attention, teams] = await Promise.all([
    readRoomLinks(agent.workspaceId, ids),
    unreadCounts(agent, ids),
    unreadMentionCounts(agent, ids),
    findAttention(agent, ids),
    findTeamsOf(agent.workspaceId, [agent.agentId]),
  ]);
  const teamIds = (teams.get(agent.agentId) ?? []).map(({ id }) => id);
  const rooms = ids.flatMap((id) => links.get(id) ?? []).filter(({ isArchived }) => !isArchived);
  const people = rooms.flatMap((room) => room.people.map(({ id }) => id));
  const presents = await readPresents(agent.workspaceId, [agent.agentId, ...people]);
  return { rooms, unreadCounts: counts, mentionCounts, attention, presents, teamIds };
}

type LinkRow = Omit<RoomLink, "last" | "people"> & {
  authorId: string | null;
  seq: number | null;
  people: { id: string; name: string }[] | null;
};

/** Reads rooms already known to be visible, as links, by the ids of their conversations. One statement: a pushed link costs this and no more. */
export async function readRoomLinks(workspaceId: string, ids: string[]): Promise<Map<string, RoomLink>> {
  const rows = await sql<LinkRow>`
    SELECT c.id AS "conversationId", c.kind, room.name, c.closed_at IS NOT NULL AS "isArchived",
      c.staff_activity_at AS "lastActivityAt", last.author_id AS "authorId", last.staff_seq AS seq,
      CASE WHEN c.kind = 'direct' THEN (
        SELECT json_agg(json_build_object('id', a.id, 'name', a.name) ORDER BY a.name)
        FROM space_member AS m JOIN agent AS a ON a.workspace_id = m.workspace_id AND a.id = m.agent_id
        WHERE m.workspace_id = c.workspace_id AND m.space_id = c.space_id) END AS people
    FROM conversation AS c
    JOIN room ON room.workspace_id = c.workspace_id AND room.conversation_id = c.id
    LEFT JOIN LATERAL (
      -- The bot's id is the workspace's.
      SELECT coalesce(agent_id, workspace_id) AS author_id, staff_seq FROM message
      WHERE message.workspace_id = c.workspace_id AND message.conversation_id = c.id AND ${inMainLine}
      ORDER BY staff_seq DESC LIMIT 1) AS last ON true
    WHERE c.workspace_id = ${workspaceId} AND c.id = ANY(${ids}::uuid[])`;
  return new Map(rows.map((row) => [row.conversationId, linkOf(row)]));
}

function linkOf({ authorId, seq, people, ...row }: LinkRow): RoomLink {
  return {
    ...row,
    people: (people ?? []).map(({ id, name }) => ({ id, kind: "agent", name })),
    last: authorId === null || seq === null ? null : { authorId, seq },
  };
}

/** A room that is open, with the latest part of its thread. */
export type OpenRoom = RoomLink &
  Talk & {
    topic: string;
    purpose: string;
    role: SpaceRole;
    attention: Attention;
    memberCount: number;
    members: RoomMember[];
    /** How the members are. */
    presents: Presents;
    /** Who could be let in. */
    others: Person[];
    teams: RoomTeams;
    /** What was made of its messages. */
    tasks: readonly Card[];
  };

/** Members that the side pane shows. */
const MOST_MEMBERS = 100;

/** Which kind of conversation it is, if the agent may see it. */
export async function readKind(agent: AgentActor, id: string): Promise<ConversationKind | null> {
  return (await findConversation(agent, id))?.kind ?? null;
}

/** Reads a room, if the agent is in it. */
export async function readRoom(agent: AgentActor, id: string): Promise<OpenRoom | null> {
  const conversation = await findConversation(agent, id);
  if (!conversation || !isRoomKind(conversation.kind)) return null;
  const { workspaceId, spaceId } = conversation;
  const [room, links, counts, roles, attention, members, agents, teams, tasks, talk] = await Promise.all([
    prisma().room.findUniqueOrThrow({ where: { workspaceId_conversationId: { workspaceId, conversationId: id } } }),
    readRoomLinks(workspaceId, [id]),
    countMembers(workspaceId, [id]),
    findRoles(agent, [id]),
    findAttention(agent, [id]),
    findRoomMembers({ workspaceId, spaceId }, { limit: MOST_MEMBERS, inverted: false }),
    findAgents(agent),
    readRoomTeams(agent, spaceId),
    readMade(agent, id),
    readTalk(agent, conversation),
  ]);
  const role = roles.get(id);
  if (!role) return null;
  const presents = await readPresents(
    workspaceId,
    members.map((member) => member.agent.id),
  );
  const here = new Set(members.map((member) => member.agent.id));
  const others = agents
    .filter((one) => one.disabledAt === null && !here.has(one.id))
    .map(({ id: agentId, name }): Person => ({ id: agentId, kind: "agent", name }));
  const { topic, purpose } = room;
  return {
    ...links.get(id)!,
    attention: attention.get(id)!,
    ...{ topic, purpose, role, memberCount: counts.get(id)!, members, presents, others, teams, tasks },
    ...talk,
  };
}
