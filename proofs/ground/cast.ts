import { startConversation } from "../../api/helpdesk/actions/start-conversation.ts";
import type { VisitorActor } from "../../api/kernel/actor.ts";
import { closeDatabase, inTransaction, openDatabase, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { useProjections } from "../../api/kernel/log/record.ts";
import type { Outcome } from "../../api/kernel/outcome.ts";
import { startVisitor } from "../../api/people/actions/start-visitor.ts";
import { issueVisit, openVisitorTokens } from "../../api/people/visitor-token.ts";
import { roster } from "../../api/roster.ts";
import { tokenFor } from "../../tests/support/bearers.ts";

/** Someone who calls the API. `token` gives a bearer that is good for the next minutes at least. */
export type Caller = {
  /** The agent's or the contact's id: whose clientIds they are. */
  personId: string;
  readers: "staff" | "customer";
  origin: string | undefined;
  token: () => Promise<string>;
  /** The conversations that they see. */
  conversationIds: string[];
};

/** The people of a proof: agents who see every conversation, and customers who see their own. */
export type Cast = {
  workspaceId: string;
  spaceId: string;
  agents: Caller[];
  customers: Caller[];
  conversationIds: string[];
};

export type CastOptions = {
  databaseUrl: string;
  secret: string;
  agents: number;
  customers: number;
  conversationsEach: number;
};

const origin = "http://127.0.0.1:8081";

/** Fills an empty database with them, by the house's own actions. Opens and closes this process's connections. */
export async function hireCast(options: CastOptions): Promise<Cast> {
  openDatabase({ url: options.databaseUrl, connections: 4 });
  useProjections(roster.projections);
  openVisitorTokens(options.secret);
  try {
    const place = await openInbox();
    const customers = [];
    for (let index = 0; index < options.customers; index++)
      customers.push(await meetCustomer(place, options.conversationsEach));
    const conversationIds = customers.flatMap((customer) => customer.conversationIds);
    const agents = [];
    for (let index = 0; index < options.agents; index++)
      agents.push({ ...(await hireAgent(place, index)), conversationIds });
    return { ...place, agents, customers, conversationIds };
  } finally {
    await closeDatabase();
  }
}

type Place = { workspaceId: string; spaceId: string; inboxId: string };

async function openInbox(): Promise<Place> {
  const [workspaceId, spaceId, inboxId] = [newId(), newId(), newId()];
  await inTransaction(async (tx) => {
    await tx.sql`INSERT INTO workspace (id, name, locale, zone) VALUES (${workspaceId}, 'Lumen', 'en', 'Europe/Riga')`;
    await tx.sql`INSERT INTO space (workspace_id, id, kind) VALUES (${workspaceId}, ${spaceId}, 'inbox')`;
    await tx.sql`
      INSERT INTO inbox (workspace_id, id, space_id, name, public_key, allowed_origins)
      VALUES (${workspaceId}, ${inboxId}, ${spaceId}, 'Lumen', ${`pk_${inboxId}`}, ${[origin]})`;
  });
  return { workspaceId, spaceId, inboxId };
}

async function hireAgent({ workspaceId, spaceId }: Place, index: number): Promise<Omit<Caller, "conversationIds">> {
  const agentId = newId();
  await sql`
    INSERT INTO agent (workspace_id, id, name, email, handle, role)
    VALUES (${workspaceId}, ${agentId}, ${`Agent ${index}`}, ${`agent-${index}@lumen.example`}, ${`agent-${index}`}, 'agent')`;
  await sql`INSERT INTO space_member (workspace_id, space_id, agent_id) VALUES (${workspaceId}, ${spaceId}, ${agentId})`;
  const { token } = await tokenFor({ workspaceId, agentId });
  return { personId: agentId, readers: "staff", origin: undefined, token: async () => token };
}

async function meetCustomer({ workspaceId, inboxId }: Place, conversations: number): Promise<Caller> {
  const visit = await inTransaction((tx) =>
    startVisitor(tx, { workspaceId, inboxId, origin, locale: null, zone: null }),
  );
  const visitor = { workspaceId, visitorId: visit.visitorId, contactId: visit.contactId, inboxId, origin };
  const actor: VisitorActor = { kind: "visitor", ...visitor, expiresAt: Infinity };
  const conversationIds = [];
  for (let index = 0; index < conversations; index++) {
    const started = succeeded(await startConversation(actor, { clientId: newId(), body: "Good day." }));
    conversationIds.push(started.conversation.id);
  }
  // Minted here with the server's own secret, so that a long proof never holds an old one.
  const token = async () => (await issueVisit({ ...visitor, generation: 1 })).accessToken;
  return { personId: visit.contactId, readers: "customer", origin, token, conversationIds };
}

/** The value of an outcome that the proof takes for granted. */
export function succeeded<T>(outcome: Outcome<T, string>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`The cast was refused: ${outcome.refusal}.`);
}

/** The id by which GraphQL knows a conversation. */
export function conversationGlobalId(id: string): string {
  return Buffer.from(`Conversation:${id}`).toString("base64url");
}

/** The row's id inside an id of GraphQL's. */
export function rowId(globalId: string): string {
  return Buffer.from(globalId, "base64url").toString("utf8").split(":")[1] ?? "";
}
