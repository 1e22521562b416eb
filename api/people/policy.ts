import type { Actor, AgentActor } from "../kernel/actor.ts";

/** Whether the actor may change something of their own, such as their personal tokens. */
export function mayChange(actor: Actor): actor is AgentActor {
  return actor.kind === "agent" && actor.mayWrite;
}

/** Whether the actor may take access away from others: owners and admins. */
export function mayAdminister(actor: Actor): actor is AgentActor {
  return mayChange(actor) && actor.role !== "agent";
}

/** Whether the actor may disable an agent of this role. An admin may not shut an owner out. */
export function mayDisable(actor: AgentActor, role: AgentActor["role"]): boolean {
  return mayAdminister(actor) && (actor.role === "owner" || role !== "owner");
}
