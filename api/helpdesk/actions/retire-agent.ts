import type { Actor } from "../../kernel/actor.ts";
import { type Outcome, refuse } from "../../kernel/outcome.ts";
import { disableAgent, type DisableAgentRefusal } from "../../people/actions/disable-agent.ts";
import { mayAdminister } from "../../people/policy.ts";
import { freeTickets } from "../free-tickets.ts";

/**
 * Shuts an agent out as `disableAgent` does, with its refusals, and makes their open and waiting tickets nobody's. Records
 * `ticket.assigned` for each of these.
 */
export async function retireAgent(
  actor: Actor,
  { agentId }: { agentId: string },
): Promise<Outcome<{ agentId: string }, DisableAgentRefusal>> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const disabled = await disableAgent(actor, { agentId });
  if (disabled.ok) await freeTickets(actor, { agentId, spaceId: null });
  return disabled;
}
