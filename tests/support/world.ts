import type { AgentActor, VisitorActor } from "../../api/kernel/actor.ts";
import { inTransaction, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { startVisitor } from "../../api/people/actions/start-visitor.ts";

/** The site that embeds the widget of every inbox here. */
export const SHOP = "https://shop.lumen.example";
export const SECRET = "a secret of at least thirty-two characters";

/** A help desk of a workspace: its space, and the key that a widget carries. */
export type Desk = { workspaceId: string; spaceId: string; inboxId: string; inboxKey: string };

/** The lamp shop Lumen and, on the other side of the wall, the workspace of an intruder. */
export type World = Desk & {
  /** Owner of Lumen, member of the inbox's space; English. */
  ann: AgentActor;
  /** Ann's colleague in the same space; Russian. */
  irina: AgentActor;
  /** Agent of Lumen, but of another space alone. */
  ben: AgentActor;
  /** Ben's inbox. */
  wholesale: Desk;
  /** Two visitors of Lumen's inbox. */
  hannah: VisitorActor;
  maria: VisitorActor;
  /** The other workspace. */
  elsewhere: Desk;
  /** Owner of the other workspace. */
  intruder: AgentActor;
  /** A visitor of the other workspace. */
  stranger: VisitorActor;
};

/** Writes the cast into the open database. */
export async function seedWorld(): Promise<World> {
  const [lumen, other] = [await addWorkspace("Lumen"), await addWorkspace("Orion")];
  const [shop, wholesale, elsewhere] = [await addDesk(lumen), await addDesk(lumen), await addDesk(other)];
  return {
    ...shop,
    ann: await addAgent(shop, { name: "Ann Lind", handle: "ann", role: "owner", locale: "en" }),
    irina: await addAgent(shop, { name: "Ирина Смирнова", handle: "ирина", role: "agent", locale: "ru" }),
    ben: await addAgent(wholesale, { name: "Ben Okoro", handle: "ben", role: "agent", locale: "en" }),
    wholesale,
    hannah: await addVisitor(shop, "Hannah"),
    maria: await addVisitor(shop, "Мария"),
    elsewhere,
    intruder: await addAgent(elsewhere, { name: "Ivo Dark", handle: "ann", role: "owner", locale: "en" }),
    stranger: await addVisitor(elsewhere, "Stranger"),
  };
}

async function addWorkspace(name: string): Promise<string> {
  const id = newId();
  await sql`INSERT INTO workspace (id, name, locale, zone) VALUES (${id}, ${name}, 'en', 'Europe/Berlin')`;
  return id;
}

/** A space with one inbox that the shop's site may embed. */
export async function addDesk(workspaceId: string): Promise<Desk> {
  const [spaceId, inboxId] = [newId(), newId()];
  const inboxKey = `pk_${inboxId.replaceAll("-", "")}`;
  await sql`INSERT INTO space (workspace_id, id, kind) VALUES (${workspaceId}, ${spaceId}, 'inbox')`;
  await sql`
    INSERT INTO inbox (workspace_id, id, space_id, name, public_key, allowed_origins)
    VALUES (${workspaceId}, ${inboxId}, ${spaceId}, 'Shop', ${inboxKey}, ${[SHOP]})`;
  return { workspaceId, spaceId, inboxId, inboxKey };
}

type NewAgent = { name: string; handle?: string; role: AgentActor["role"]; locale: string };

/** An agent who is a member of the desk's space. */
export async function addAgent({ workspaceId, spaceId }: Desk, { handle, ...agent }: NewAgent): Promise<AgentActor> {
  const agentId = newId();
  const zone = "Europe/Berlin";
  await sql`
    INSERT INTO agent (workspace_id, id, name, email, handle, role, locale, zone)
    VALUES (${workspaceId}, ${agentId}, ${agent.name}, ${`${agentId}@lumen.example`}, ${handle ?? agentId}, ${agent.role}, ${agent.locale}, ${zone})`;
  await sql`
    INSERT INTO space_member (workspace_id, space_id, agent_id) VALUES (${workspaceId}, ${spaceId}, ${agentId})`;
  return { kind: "agent", workspaceId, agentId, ...agent, zone, mayWrite: true, expiresAt: inAnHour() };
}

/** A visitor who came in at the desk, under a name. */
export async function addVisitor({ workspaceId, inboxId }: Desk, name: string): Promise<VisitorActor> {
  const place = { workspaceId, inboxId, origin: SHOP, locale: null, zone: null };
  const { visitorId, contactId } = await inTransaction((tx) => startVisitor(tx, place));
  await sql`UPDATE contact SET name = ${name} WHERE workspace_id = ${workspaceId} AND id = ${contactId}`;
  return { kind: "visitor", workspaceId, visitorId, contactId, inboxId, origin: SHOP, expiresAt: inAnHour() };
}

function inAnHour(): number {
  return Date.now() + 3_600_000;
}
