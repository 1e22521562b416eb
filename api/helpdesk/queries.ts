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

/** Who may see an inbox: the staff of its space, owners and admins, and the visitors who came in by it. */
function visibleInboxes(actor: Actor) {
  const { workspaceId } = actor;
  if (actor.kind === "visitor") return { workspaceId, id: actor.inboxId };
  if (actor.role !== "agent") return { workspaceId };
  return { workspaceId, space: { members: { some: { agentId: actor.agentId } } } };
}

/** The inbox, to whoever may see it. */
export async function findInbox(actor: Actor, id: string) {
  return isId(id) ? prisma().inbox.findFirst({ where: { AND: [visibleInboxes(actor), { id }] } }) : null;
}

/** The inboxes that the actor may see, by name. */
export function findInboxes(actor: Actor) {
  return prisma().inbox.findMany({ where: visibleInboxes(actor), orderBy: [{ name: "asc" }, { id: "asc" }] });
}

/** The space of an inbox that the actor may see. */
export async function findSpaceOfInbox(actor: Actor, inboxId: string): Promise<string | undefined> {
  return (await findInbox(actor, inboxId))?.spaceId;
}
