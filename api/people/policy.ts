import type { Actor, AgentActor } from "../kernel/actor.ts";

type Role = AgentActor["role"];

/** Whether the actor may change something of their own, such as their personal tokens. */
export function mayChange(actor: Actor): actor is AgentActor {
  return actor.kind === "agent" && actor.mayWrite;
}

/** Whether the actor may give access to others and take it away: owners and admins. */
export function mayAdminister(actor: Actor): actor is AgentActor {
  return mayChange(actor) && actor.role !== "agent";
}

/** Whether the actor may give or take this role, and shut out or let in who has it. What is an owner's is owners' alone. */
export function mayGovern(actor: AgentActor, role: Role): boolean {
  return mayAdminister(actor) && (actor.role === "owner" || role !== "owner");
}
