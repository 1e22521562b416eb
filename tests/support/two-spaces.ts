import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { begin } from "./story.ts";
import { addAgent, addVisitor, type World } from "./world.ts";

/** Begins a conversation of the shop and one of the wholesale; answers their ids. */
export async function beginInBoth({ hannah, wholesale }: World): Promise<{ own: string; wholesale: string }> {
  const { conversation: own } = await begin(hannah);
  const { conversation: other } = await begin(await addVisitor(wholesale, "Otto"));
  return { own: own.id, wholesale: other.id };
}

/** Dora, a member of the shop's space and of the wholesale's; a new one each time, from whom either may be taken. */
export async function addDora(world: World): Promise<AgentActor> {
  const dora = await addAgent(world, { name: "Dora", role: "agent", locale: "en" });
  await sql`
    INSERT INTO space_member (workspace_id, space_id, agent_id)
    VALUES (${world.workspaceId}, ${world.wholesale.spaceId}, ${dora.agentId})`;
  return dora;
}
