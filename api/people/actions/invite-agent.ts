import type { Actor, AgentActor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { newId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { readEmail } from "../email.ts";
import { freeHandle } from "../handle.ts";
import { readName } from "../name.ts";
import { mayAdminister, mayGovern } from "../policy.ts";

export type InviteAgentInput = { clientId: string; email: string; name: string; role: AgentActor["role"] };

export type InviteAgentRefusal =
  | "not_permitted"
  | "email_invalid"
  | "email_taken"
  | "name_invalid"
  | "client_id_invalid"
  | "client_id_conflict";

type Invited = Outcome<{ agentId: string }, InviteAgentRefusal>;

/**
 * Lets somebody come to the workspace: whoever signs in at the identity provider with this address, verified there, is the
 * agent from then on. No message is sent. For owners and admins; only owners invite an owner. Refuses `not_permitted`,
 * `email_invalid`, `name_invalid`, and `email_taken` where an agent has the address, disabled ones too.
 */
export async function inviteAgent(actor: Actor, input: InviteAgentInput): Promise<Invited> {
  if (!mayAdminister(actor) || !mayGovern(actor, input.role)) return refuse("not_permitted");
  const [email, name] = [readEmail(input.email), readName(input.name)];
  if (!email.ok) return email;
  if (!name.ok) return name;
  const unfit = refuseClientId(input.clientId);
  if (unfit) return unfit;

  const { workspaceId } = actor;
  const agentId = newId();
  return once<{ agentId: string }, InviteAgentRefusal>(
    {
      ...{ workspaceId, callerId: actor.agentId, clientId: input.clientId, mutation: "inviteAgent" },
      ...{ content: [email.value, name.value, input.role], resultId: agentId },
    },
    async (tx) => {
      const handle = await freeHandle(tx, workspaceId, email.value);
      const [made] = await tx.sql`
        INSERT INTO agent (workspace_id, id, name, email, handle, role, invited_at)
        VALUES (${workspaceId}, ${agentId}, ${name.value}, ${email.value}, ${handle}, ${input.role}, ${now()})
        ON CONFLICT (workspace_id, email) DO NOTHING RETURNING id`;
      return made ? done({ agentId }) : refuse("email_taken", ["input", "email"]);
    },
    async (id) => done({ agentId: id }),
  );
}
