import type { AgentActor, VisitorActor } from "../../api/kernel/actor.ts";
import { createPersonalToken } from "../../api/people/actions/create-personal-token.ts";
import type { TokenScope } from "../../api/people/token.ts";
import { issueVisit } from "../../api/people/visitor-token.ts";
import { granted } from "./story.ts";

/** What a caller brings: a bearer token and the site it calls from. */
export type Credentials = { authorization?: string | undefined; origin?: string | undefined };

/** A personal token of the agent's, as a program carries it. */
export async function agentBearer(agent: AgentActor, scopes: TokenScope[] = ["read", "write"]): Promise<Credentials> {
  const { workspaceId, agentId } = agent;
  const made = await createPersonalToken({ workspaceId, agentId, name: "Test", scopes, lifetimeDays: 1 });
  return { authorization: `Bearer ${granted(made).token}` };
}

/** The visitor's access token, at the shop's site. */
export async function visitorBearer(visitor: VisitorActor): Promise<Credentials> {
  const { accessToken } = await issueVisit({ ...visitor, generation: 1 });
  return { authorization: `Bearer ${accessToken}`, origin: visitor.origin };
}
