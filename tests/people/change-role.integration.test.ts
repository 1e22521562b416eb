import { describe, expect, it } from "vitest";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { changeRole } from "../../api/people/actions/change-role.ts";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { enableAgent } from "../../api/people/actions/enable-agent.ts";
import { findLostKeys, keyOf } from "../../api/people/rights.ts";
import { admin, dora, setScene, told, world } from "../support/rights-scene.ts";
import { granted } from "../support/story.ts";

setScene();

const roleOf = async ({ agentId }: AgentActor) => {
  const [row] = await sql<{ role: string }>`SELECT role FROM agent WHERE id = ${agentId}`;
  return row!.role;
};
const refused = (refusal: string) => ({ ok: false, refusal });

describe("changing a role", () => {
  it.each(["an admin", "an owner"])("is for %s, and ends what was open in the old role", async (who) => {
    const actor = { "an admin": admin, "an owner": world.ann }[who]!;
    const before = keyOf.role(world.workspaceId, dora.agentId, "agent");
    expect(await findLostKeys([before])).toEqual([]);
    granted(await changeRole(actor, { agentId: dora.agentId, role: "admin" }));
    expect(await roleOf(dora)).toBe("admin");
    expect(told).toEqual([before]);
    expect(await findLostKeys([before])).toEqual([before]);
  });

  it("ends nothing where the role is what it was", async () => {
    granted(await changeRole(world.ann, { agentId: dora.agentId, role: "agent" }));
    expect(told).toEqual([]);
  });

  it("is refused to agents, customers and tokens that may only ask", async () => {
    for (const actor of [world.irina, dora, world.hannah, { ...admin, mayWrite: false }])
      expect(await changeRole(actor, { agentId: dora.agentId, role: "admin" })).toMatchObject(refused("not_permitted"));
    expect(await roleOf(dora)).toBe("agent");
  });

  it("makes and unmakes owners by owners alone", async () => {
    expect(await changeRole(admin, { agentId: dora.agentId, role: "owner" })).toMatchObject(refused("not_permitted"));
    granted(await changeRole(world.ann, { agentId: dora.agentId, role: "owner" }));
    expect(await changeRole(admin, { agentId: dora.agentId, role: "agent" })).toMatchObject(refused("not_permitted"));
    granted(await changeRole({ ...dora, role: "owner" }, { agentId: dora.agentId, role: "agent" }));
  });

  it("leaves the last owner", async () => {
    const { agentId } = world.ann;
    expect(await changeRole(world.ann, { agentId, role: "admin" })).toMatchObject(refused("last_owner"));
    expect(await roleOf(world.ann)).toBe("owner");
  });

  it("finds no agent of another workspace, or who never was", async () => {
    const { agentId } = dora;
    expect(await changeRole(world.intruder, { agentId, role: "admin" })).toMatchObject(refused("agent_not_found"));
    for (const id of [newId(), ""])
      expect(await changeRole(admin, { agentId: id, role: "admin" })).toMatchObject(refused("agent_not_found"));
  });
});

describe("letting an agent in again", () => {
  const isDisabled = async () => {
    const [row] = await sql<{ at: Date | null }>`SELECT disabled_at AS at FROM agent WHERE id = ${dora.agentId}`;
    return row!.at !== null;
  };

  it.each(["an admin", "an owner"])("is for %s", async (who) => {
    granted(await disableAgent(admin, dora));
    expect(await isDisabled()).toBe(true);
    granted(await enableAgent({ "an admin": admin, "an owner": world.ann }[who]!, dora));
    expect(await isDisabled()).toBe(false);
    granted(await enableAgent(admin, dora));
  });

  it("is refused to agents and tokens that may only ask, and of an owner to admins", async () => {
    granted(await disableAgent(admin, dora));
    for (const actor of [world.irina, { ...admin, mayWrite: false }])
      expect(await enableAgent(actor, dora)).toMatchObject(refused("not_permitted"));
    await sql`UPDATE agent SET role = 'owner' WHERE id = ${dora.agentId}`;
    expect(await enableAgent(admin, dora)).toMatchObject(refused("not_permitted"));
    expect(await isDisabled()).toBe(true);
  });

  it("finds no agent of another workspace", async () => {
    expect(await enableAgent(world.intruder, dora)).toMatchObject(refused("agent_not_found"));
  });
});
