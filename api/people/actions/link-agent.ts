import { sql } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { findAgentByEmail, findAgentBySubject, type LinkedAgent } from "../sign-in-queries.ts";

/** What an identity provider vouches for. */
export type ProviderSubject = {
  issuer: string;
  subject: string;
  email: string | undefined;
  emailVerified: boolean;
};

/**
 * The agent that a provider's subject signs in as: the one it is tied to, else the one with its verified address, who is
 * tied from now on; one who is disabled does not stand in the way of another. An address that the provider did not verify
 * proves nothing.
 */
export async function linkAgent(
  subject: ProviderSubject,
): Promise<Outcome<Omit<LinkedAgent, "disabledAt">, "not_a_member" | "agent_disabled">> {
  const tied = await findAgentBySubject(subject.issuer, subject.subject);
  const agent = tied && !tied.disabledAt ? tied : ((await findVerified(subject)) ?? tied);
  if (!agent) return refuse("not_a_member");
  if (agent.disabledAt) return refuse("agent_disabled");

  const { workspaceId, agentId } = agent;
  if (agent !== tied) await tie(subject, agent);
  return done({ workspaceId, agentId });
}

async function findVerified({ email, emailVerified }: ProviderSubject): Promise<LinkedAgent | undefined> {
  return email && emailVerified ? findAgentByEmail(email) : undefined;
}

/** They have come: no invitation waits for them any more. Two sign-ins at once may both come here: the second finds it done. */
async function tie({ issuer, subject }: ProviderSubject, { workspaceId, agentId }: LinkedAgent): Promise<void> {
  await sql`
    INSERT INTO agent_identity (workspace_id, issuer, subject, agent_id)
    VALUES (${workspaceId}, ${issuer}, ${subject}, ${agentId})
    ON CONFLICT DO NOTHING`;
  await sql`UPDATE agent SET invited_at = NULL WHERE workspace_id = ${workspaceId} AND id = ${agentId}`;
}
