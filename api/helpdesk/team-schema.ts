import { actorOf, builder, localId } from "../kernel/builder.ts";
import { NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { accessInput, agentOf, agentPayload } from "../people/mutation-schema.ts";
import { retireAgent } from "./actions/retire-agent.ts";

builder.mutationFields((t) => ({
  disableAgent: t.field({
    type: agentPayload("DisableAgentPayload", "They are shut out."),
    description:
      "Shuts an agent out at once, or takes an invitation back; what they wrote stays, and their open and pending conversations are nobody's. For owners and admins; of an owner for owners alone. The last owner stays.",
    args: { input: t.arg({ type: accessInput("DisableAgentInput"), description: "Who." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "DisableAgentResult", description: "The agent, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const wanted = { agentId: localId("Agent", input.agentId) };
      return agentOf(context, unwrap(await retireAgent(actorOf(context), wanted), context.locale));
    },
  }),
}));
