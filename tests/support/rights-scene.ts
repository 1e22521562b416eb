import { afterAll, beforeAll, beforeEach } from "vitest";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { subscribe } from "../../api/kernel/bus.ts";
import { openWorld } from "./open-world.ts";
import { addAgent, type World } from "./world.ts";

export let world: World;
/** An administrator of the shop. */
export let admin: AgentActor;
/** An agent of the shop, new for each test. */
export let dora: AgentActor;
/** The keys that every process was told of since the test began. */
export const told: string[] = [];

/** The shop with its team, and what is told when somebody's rights change. */
export function setScene(): void {
  beforeAll(async () => {
    world = await openWorld();
    admin = await addAgent(world, { name: "Ada", role: "admin", locale: "en" });
    afterAll(subscribe("rights", (key) => told.push(key)));
  });
  beforeEach(async () => {
    dora = await addAgent(world, { name: "Dora", role: "agent", locale: "en" });
    told.length = 0;
  });
}
