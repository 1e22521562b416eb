import type { Actor } from "../kernel/actor.ts";
import { prisma, sql } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { remember } from "../kernel/remember.ts";

export type InboxDoor = { workspaceId: string; id: string; spaceId: string; allowedOrigins: string[] };

const PUBLIC_KEY = /^[\w-]{1,100}$/;

/** The inbox that a public key opens. A text that cannot be one, such as what PostgreSQL could not hold, opens none. */
export async function findInboxByKey(publicKey: string): Promise<InboxDoor | undefined> {
  if (!PUBLIC_KEY.test(publicKey)) return undefined;
  const [row] = await sql<InboxDoor>`
    SELECT workspace_id AS "workspaceId", id, space_id AS "spaceId", allowed_origins AS "allowedOrigins"
    FROM inbox WHERE public_key = ${publicKey}`;
  return row;
}

/**
 * Whether some inbox lets this site embed its widget; what CORS and the WebSocket's handshake ask before they know who
 * calls. A change of the lists is seen within a second.
 */
export const isOriginOfAnyInbox = remember(1_000, async (origin: string) => {
  const rows = await sql`SELECT FROM inbox WHERE ${origin} = ANY(allowed_origins) LIMIT 1`;
  return rows.length > 0;
});

/** Whether this site is on the list of this inbox. */
export async function allowsOrigin(
  { workspaceId, inboxId }: { workspaceId: string; inboxId: string },
  origin: string | undefined,
): Promise<boolean> {
  const rows = await sql`
    SELECT FROM inbox WHERE workspace_id = ${workspaceId} AND id = ${inboxId} AND ${origin ?? null} = ANY(allowed_origins)`;
  return rows.length > 0;
}

/** The inbox: to the staff of its space, and to the visitors who came in by it. */
export async function findInbox(actor: Actor, id: string) {
  if (!isId(id)) return null;
  const { workspaceId } = actor;
  if (actor.kind === "visitor" && id !== actor.inboxId) return null;
  const mine = actor.kind === "agent" && { space: { members: { some: { agentId: actor.agentId } } } };
  return prisma().inbox.findFirst({ where: { workspaceId, id, ...mine } });
}

/** The inboxes whose space the agent is a member of, by name. */
export function findInboxes(actor: Actor & { kind: "agent" }) {
  return prisma().inbox.findMany({
    where: { workspaceId: actor.workspaceId, space: { members: { some: { agentId: actor.agentId } } } },
    orderBy: { name: "asc" },
  });
}
