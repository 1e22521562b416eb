import type { AgentActor, VisitorActor } from "../../api/kernel/actor.ts";
import { newId } from "../../api/kernel/id.ts";
import { createPersonalToken, type NewPersonalToken } from "../../api/people/actions/create-personal-token.ts";
import type { TokenScope } from "../../api/people/token.ts";
import { issueVisit } from "../../api/people/visitor-token.ts";
import { granted } from "./story.ts";

/** What a caller brings: a bearer token and the site it calls from. */
export type Credentials = { authorization?: string | undefined; origin?: string | undefined };

/** A personal token of the agent's, for a week. */
export async function tokenFor(
  { workspaceId, agentId }: Pick<AgentActor, "workspaceId" | "agentId">,
  scopes: TokenScope[] = ["read", "write"],
): Promise<NewPersonalToken> {
  const agent: AgentActor = {
    ...{ kind: "agent", workspaceId, agentId, role: "agent", name: "", locale: "en", zone: "UTC" },
    ...{ mayWrite: true, expiresAt: Infinity },
  };
  return granted(await createPersonalToken(agent, { clientId: newId(), name: "Test", scopes, lifetimeDays: 7 }));
}

/** A personal token of the agent's, as a program carries it. */
export async function agentBearer(agent: AgentActor, scopes?: TokenScope[]): Promise<Credentials> {
  return { authorization: `Bearer ${(await tokenFor(agent, scopes)).token}` };
}

/** The visitor's access token, at the shop's site. */
export async function visitorBearer(visitor: VisitorActor): Promise<Credentials> {
  const { accessToken } = await issueVisit({ ...visitor, generation: 1 });
  return { authorization: `Bearer ${accessToken}`, origin: visitor.origin };
}
