import type { Agent, PersonalToken, Session } from "../../prisma/generated/client/client.ts";
import { type Actor, type AgentActor, personId, type VisitorActor } from "../kernel/actor.ts";
import { prisma, type Sql, sql } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { now } from "../kernel/clock.ts";
import { SESSION_IDLE_MS } from "./session.ts";

/** The agent, to anyone of the same workspace who has met them: staff see colleagues, a visitor the team of their inbox. */
export async function findAgent(actor: Actor, id: string) {
  if (!isId(id)) return null;
  if (actor.kind === "visitor" && !(await hasMet(actor, id)) && !(await isOfTeam(actor, id))) return null;
  return prisma().agent.findFirst({ where: { workspaceId: actor.workspaceId, id } });
}

/** A customer has met whoever answered them, and whoever an event names that they may see. */
async function hasMet({ workspaceId, contactId }: VisitorActor, agentId: string): Promise<boolean> {
  const met = await sql`
    SELECT FROM message JOIN conversation ON conversation.workspace_id = message.workspace_id AND conversation.id = conversation_id
    WHERE conversation.workspace_id = ${workspaceId} AND conversation.contact_id = ${contactId}
      AND agent_id = ${agentId} AND visibility = 'everyone'
    UNION ALL
    SELECT FROM event
    WHERE contact_id = ${contactId} AND customer_seq IS NOT NULL AND payload -> 'by' ->> 'id' = ${agentId}
    LIMIT 1`;
  return met.length > 0;
}

/** A visitor is told the team of the inbox that they came in by, before anyone answers. */
async function isOfTeam({ workspaceId, inboxId }: VisitorActor, agentId: string): Promise<boolean> {
  const [inbox] = await sql<{ spaceId: string }>`
    SELECT space_id AS "spaceId" FROM inbox WHERE workspace_id = ${workspaceId} AND id = ${inboxId}`;
  const teams = await findTeams(workspaceId, [inbox!.spaceId]);
  return teams.get(inbox!.spaceId)?.some((agent) => agent.id === agentId) ?? false;
}

/** So many of a team are shown to customers. */
const TEAM = 3;

/** By space, up to three who answer there: members who have come and are not shut out, the longest there first. */
export async function findTeams(workspaceId: string, spaceIds: string[]): Promise<Map<string, Agent[]>> {
  const members = await sql<{ spaceId: string; agentId: string }>`
    SELECT space_id AS "spaceId", agent_id AS "agentId"
    FROM (SELECT m.space_id, m.agent_id, row_number() OVER (PARTITION BY m.space_id ORDER BY m.created_at, m.agent_id) AS place
          FROM space_member AS m JOIN agent AS a ON a.workspace_id = m.workspace_id AND a.id = m.agent_id
          WHERE m.workspace_id = ${workspaceId} AND m.space_id = ANY(${spaceIds}::uuid[])
            AND a.disabled_at IS NULL AND a.invited_at IS NULL) AS placed
    WHERE place <= ${TEAM}
    ORDER BY place`;
  const ids = members.map(({ agentId }) => agentId);
  const agents = await prisma().agent.findMany({ where: { workspaceId, id: { in: ids } } });
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  const bySpace = Map.groupBy(members, ({ spaceId }) => spaceId);
  return new Map([...bySpace].map(([spaceId, team]) => [spaceId, team.map(({ agentId }) => byId.get(agentId)!)]));
}

/** By space, everyone who is a member, the longest there first; invited and disabled ones too. */
export async function findMembers(workspaceId: string, spaceIds: string[]): Promise<Map<string, Agent[]>> {
  const members = await prisma().spaceMember.findMany({
    where: { workspaceId, spaceId: { in: spaceIds } },
    orderBy: [{ createdAt: "asc" }, { agentId: "asc" }],
    include: { agent: true },
  });
  const bySpace = Map.groupBy(members, ({ spaceId }) => spaceId);
  return new Map([...bySpace].map(([spaceId, own]) => [spaceId, own.map(({ agent }) => agent)]));
}

/** The contact: to itself, and to staff of a space where it has a conversation. */
export async function findContact(actor: Actor, id: string) {
  if (!isId(id)) return null;
  const { workspaceId } = actor;
  if (actor.kind === "visitor")
    return id === personId(actor) ? prisma().contact.findFirst({ where: { workspaceId, id } }) : null;
  const inSpace = { space: { members: { some: { agentId: actor.agentId } } } };
  return prisma().contact.findFirst({ where: { workspaceId, id, conversations: { some: inSpace } } });
}

/** The spaces that an agent is a member of. */
export async function findSpaceIds(workspaceId: string, agentId: string): Promise<string[]> {
  const rows = await prisma().spaceMember.findMany({ where: { workspaceId, agentId }, select: { spaceId: true } });
  return rows.map((row) => row.spaceId);
}

/** An agent as they are now, for whom the house acts. One who is shut out may do nothing; undefined for nobody. */
export async function findActor({ workspaceId, agentId }: AgentRef, run: Sql = sql): Promise<AgentActor | undefined> {
  const [row] = await run<Pick<AgentActor, "role" | "name" | "locale" | "zone" | "mayWrite">>`
    SELECT role, agent.name, coalesce(agent.locale, workspace.locale) AS locale, coalesce(agent.zone, workspace.zone) AS zone,
      disabled_at IS NULL AS "mayWrite"
    FROM agent JOIN workspace ON workspace.id = workspace_id
    WHERE workspace_id = ${workspaceId} AND agent.id = ${agentId}`;
  return row && { kind: "agent", workspaceId, agentId, ...row, expiresAt: Infinity };
}

type AgentRef = Pick<AgentActor, "workspaceId" | "agentId">;

/** All members of staff, by name, to staff. */
export async function findAgents(actor: Actor): Promise<Agent[]> {
  if (actor.kind !== "agent") return [];
  return prisma().agent.findMany({
    where: { workspaceId: actor.workspaceId },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
}

/** An agent as they set themself up. */
export type AgentSettings = { agent: Agent };

/** The actor's own settings, if an agent. */
export async function findAgentSettings(actor: Actor): Promise<AgentSettings | null> {
  if (actor.kind !== "agent") return null;
  const { workspaceId, agentId: id } = actor;
  return { agent: await prisma().agent.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId, id } } }) };
}

/** The actor's own tokens, newest first; revoked and expired ones too. */
export async function findTokens(actor: Actor): Promise<PersonalToken[]> {
  if (actor.kind !== "agent") return [];
  const { workspaceId, agentId } = actor;
  return prisma().personalToken.findMany({
    where: { workspaceId, agentId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}

/** The token, to the agent whose it is. */
export async function findToken(actor: Actor, id: string): Promise<PersonalToken | null> {
  if (actor.kind !== "agent" || !isId(id)) return null;
  const { workspaceId, agentId } = actor;
  return prisma().personalToken.findFirst({ where: { workspaceId, agentId, id } });
}

/** The sessions in which the actor is signed in, last used first. */
export async function findSessions(actor: Actor): Promise<Session[]> {
  if (actor.kind !== "agent") return [];
  const { workspaceId, agentId } = actor;
  const at = now();
  const idleSince = new Date(at.getTime() - SESSION_IDLE_MS);
  return prisma().session.findMany({
    where: { workspaceId, agentId, expiresAt: { gt: at }, seenAt: { gt: idleSince } },
    orderBy: [{ seenAt: "desc" }, { id: "desc" }],
  });
}

/** The session, to the agent whose it is, as long as it goes on. */
export async function findSession(actor: Actor, id: string): Promise<Session | null> {
  return (await findSessions(actor)).find((session) => session.id === id) ?? null;
}

/** The agent who was invited by this address and has not come yet, of whichever workspace. */
export async function findInvited(email: string): Promise<{ name: string } | undefined> {
  const [row] = await sql<{ name: string }>`
    SELECT name FROM agent
    WHERE email = ${email.toLowerCase()} AND invited_at IS NOT NULL AND disabled_at IS NULL
    ORDER BY created_at, workspace_id LIMIT 1`;
  return row;
}

/** A contact's e-mail address: a verified one if there is one, else the one said last. */
export const newestEmail = {
  where: { kind: "email" as const },
  orderBy: [{ verifiedAt: { sort: "desc" as const, nulls: "last" as const } }, { id: "desc" as const }],
  take: 1,
};
