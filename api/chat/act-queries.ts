import type { Agent, MessageVersion } from "../../prisma/generated/client/client.ts";
import { prisma, sql } from "../kernel/database.ts";
import { type ActivityKey, activityPage, type Page } from "./queries.ts";
import { fragment } from "../kernel/statement.ts";

/** Who set the same sign under a message, the first of them first. */
export type Reaction = { emoji: string; agentIds: string[] };

/** The signs under these messages, by message id, the one that was set first before the others. One statement. */
export async function findReactions(workspaceId: string, ids: string[]): Promise<Map<string, Reaction[]>> {
  const rows = await sql<Reaction & { messageId: string }>`
    SELECT message_id AS "messageId", emoji, array_agg(agent_id::text ORDER BY created_at, agent_id) AS "agentIds"
    FROM reaction WHERE workspace_id = ${workspaceId} AND message_id = ANY(${ids}::uuid[])
    GROUP BY message_id, emoji ORDER BY min(created_at), emoji`;
  const found = Map.groupBy(rows, ({ messageId }) => messageId);
  return new Map([...found].map(([id, own]) => [id, own.map(({ emoji, agentIds }) => ({ emoji, agentIds }))]));
}

/** What these messages said before, by message id, the oldest first. One statement. */
export async function findVersions(workspaceId: string, ids: string[]): Promise<Map<string, MessageVersion[]>> {
  const where = { workspaceId, messageId: { in: ids } };
  const versions = await prisma().messageVersion.findMany({ where, orderBy: { number: "asc" } });
  return Map.groupBy(versions, ({ messageId }) => messageId);
}

/** Who pinned a message, and when. */
export type Pin = { agent: Agent; pinnedAt: Date };

/** The pins of these messages, by message id. One statement. */
export async function findPins(workspaceId: string, ids: string[]): Promise<Map<string, Pin>> {
  const pins = await prisma().pin.findMany({
    where: { workspaceId, messageId: { in: ids } },
    include: { agent: true },
  });
  return new Map(pins.map(({ messageId, agent, pinnedAt }) => [messageId, { agent, pinnedAt }]));
}

/** A page of the pinned messages of a conversation, by their ids, what was pinned last first. */
export function findPinned(
  place: { workspaceId: string; id: string },
  page: Page<ActivityKey>,
): Promise<ActivityKey[]> {
  const { isWithin, order } = activityPage(page, fragment`pinned_at`, fragment`message_id`);
  return sql<ActivityKey>`
    SELECT message_id AS id, pinned_at AS at FROM pin
    WHERE workspace_id = ${place.workspaceId} AND conversation_id = ${place.id} AND ${isWithin}
    ORDER BY ${order} LIMIT ${page.limit}`;
}
