import { startConversation } from "../../api/helpdesk/actions/start-conversation.ts";
import type { AgentActor, VisitorActor } from "../../api/kernel/actor.ts";
import { inTransaction, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openSession } from "../../api/people/actions/open-session.ts";
import { startVisitor } from "../../api/people/actions/start-visitor.ts";
import { tokenFor } from "../../tests/support/bearers.ts";
import { succeeded } from "../ground/cast.ts";

/** How a stream is followed. */
export type Door = "socket" | "event stream" | "portal";

/** Someone who follows one stream, by a credential of their own. */
export type Member = {
  name: string;
  kind: MemberKind;
  door: Door;
  /** Follows this conversation alone; a portal has it open. */
  conversationId: string | undefined;
  origin: string | undefined;
  /** A bearer token, or the portal's cookie. */
  credential: string;
  /** The places whose messages they are sent. */
  places: string[];
} & ({ agentId: string; tokenId?: string } | { visitorId: string });

/** A place is a conversation under a short name: "A" and "B" in the agents' spaces, one of each visitor in a third. */
export type Crew = {
  /** Who takes access away. */
  owner: AgentActor;
  /** Who writes everywhere: a member of all three spaces. */
  writerToken: string;
  /** The space of "A", which is what members are removed from. */
  spaceId: string;
  conversations: Map<string, string>;
  members: Member[];
};

export type MemberKind = "visitor" | "token" | "token of one conversation" | "event stream" | "portal";

type Place = { workspaceId: string; spaceId: string; inboxId: string };
const origin = "http://127.0.0.1:8081";

/** Fills a workspace of its own with as many of each kind. */
export async function hireCrew(counts: Record<MemberKind, number>): Promise<Crew> {
  const workspaceId = newId();
  await sql`INSERT INTO workspace (id, name, locale, zone) VALUES (${workspaceId}, 'Lumen', 'en', 'Europe/Riga')`;
  const [a, b, visitors] = [await openInbox(workspaceId), await openInbox(workspaceId), await openInbox(workspaceId)];
  const conversations = new Map([
    ["A", (await meetVisitor(a)).conversationId],
    ["B", (await meetVisitor(b)).conversationId],
  ]);
  const openId = conversations.get("A")!;
  const members: Member[] = [];
  for (const [kind, count] of Object.entries(counts) as [MemberKind, number][]) {
    for (let index = 0; index < count; index++) {
      const name = `${kind} ${index}`;
      if (kind === "visitor") {
        const { conversationId, visitorId, credential } = await meetVisitor(visitors);
        const place = `V${index}`;
        conversations.set(place, conversationId);
        members.push({
          ...{ name, kind, door: "socket", conversationId: undefined, origin, credential },
          ...{ places: [place], visitorId },
        });
        continue;
      }
      const agentId = await hireAgent(workspaceId, [a, b]);
      const given = kind === "portal" ? await signIn(workspaceId, agentId) : await giveToken(workspaceId, agentId);
      const isAlone = kind === "token of one conversation";
      members.push({
        ...{ name, kind, agentId, ...given, origin: undefined },
        door: kind === "portal" || kind === "event stream" ? kind : "socket",
        conversationId: isAlone || kind === "portal" ? openId : undefined,
        // The portal shows the thread of "A"; of others only the latest line, which may pass one over.
        places: isAlone || kind === "portal" ? ["A"] : ["A", "B"],
      });
    }
  }
  const writer = await giveToken(workspaceId, await hireAgent(workspaceId, [a, b, visitors]));
  const ownerId = await hireAgent(workspaceId, []);
  const owner: AgentActor = {
    ...{ kind: "agent", workspaceId, agentId: ownerId, role: "owner", name: "Owner", locale: "en", zone: "UTC" },
    ...{ mayWrite: true, expiresAt: Infinity },
  };
  return { owner, writerToken: writer.credential, spaceId: a.spaceId, conversations, members };
}

async function openInbox(workspaceId: string): Promise<Place> {
  const [spaceId, inboxId] = [newId(), newId()];
  await sql`INSERT INTO space (workspace_id, id, kind) VALUES (${workspaceId}, ${spaceId}, 'inbox')`;
  await sql`
    INSERT INTO inbox (workspace_id, id, space_id, name, public_key, allowed_origins)
    VALUES (${workspaceId}, ${inboxId}, ${spaceId}, 'Lumen', ${`pk_${inboxId}`}, ${[origin]})`;
  return { workspaceId, spaceId, inboxId };
}

async function hireAgent(workspaceId: string, places: Place[]): Promise<string> {
  const agentId = newId();
  await sql`
    INSERT INTO agent (workspace_id, id, name, email, handle, role)
    VALUES (${workspaceId}, ${agentId}, 'Agent', ${`${agentId}@lumen.example`}, ${agentId}, 'agent')`;
  for (const { spaceId } of places)
    await sql`INSERT INTO space_member (workspace_id, space_id, agent_id) VALUES (${workspaceId}, ${spaceId}, ${agentId})`;
  return agentId;
}

async function giveToken(workspaceId: string, agentId: string): Promise<{ credential: string; tokenId: string }> {
  const { token, tokenId } = await tokenFor({ workspaceId, agentId });
  return { credential: token, tokenId };
}

async function signIn(workspaceId: string, agentId: string): Promise<{ credential: string }> {
  const { token } = await openSession({ workspaceId, agentId, idToken: undefined });
  return { credential: `beseda=${token}` };
}

async function meetVisitor(place: Place) {
  const { workspaceId, inboxId } = place;
  const visit = await inTransaction((tx) =>
    startVisitor(tx, { workspaceId, inboxId, origin, locale: null, zone: null }),
  );
  const { visitorId, contactId, accessToken } = visit;
  const actor: VisitorActor = {
    ...{ kind: "visitor", workspaceId, visitorId, contactId, inboxId, origin },
    expiresAt: Infinity,
  };
  const { conversation } = succeeded(await startConversation(actor, { clientId: newId(), body: "Good day." }));
  return { visitorId, credential: accessToken, conversationId: conversation.id };
}
