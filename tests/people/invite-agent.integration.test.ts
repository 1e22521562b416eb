import { beforeAll, describe, expect, it } from "vitest";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { type InviteAgentInput, inviteAgent } from "../../api/people/actions/invite-agent.ts";
import { linkAgent } from "../../api/people/actions/link-agent.ts";
import { findInvited } from "../../api/people/queries.ts";
import { openWorld } from "../support/open-world.ts";
import { granted } from "../support/story.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
let admin: AgentActor;

beforeAll(async () => {
  world = await openWorld();
  admin = await addAgent(world, { name: "Ada", role: "admin", locale: "en" });
});

const input = (change: Partial<InviteAgentInput> = {}): InviteAgentInput => ({
  ...{ clientId: newId(), email: `${newId()}@lumen.example`, name: "Nina Berg", role: "agent" },
  ...change,
});
const rowOf = async (agentId: string) => {
  const [row] = await sql<Record<string, unknown>>`SELECT * FROM agent WHERE id = ${agentId}`;
  return row!;
};

describe("inviting somebody", () => {
  it("makes an agent who has not come yet, under their address in lower case", async () => {
    const wanted = input({ email: ` Nina.${newId()}@Lumen.Example `, name: "  Nina   Berg " });
    const { agentId } = granted(await inviteAgent(admin, wanted));
    const email = wanted.email.trim().toLowerCase();
    expect(await rowOf(agentId)).toMatchObject({
      name: "Nina Berg",
      email,
      role: "agent",
      invited_at: expect.any(Date),
    });
    expect(await findInvited(wanted.email.trim())).toEqual({ name: "Nina Berg" });
  });

  it("gives them a handle that nobody has, also when many come at once", async () => {
    const wanted = Array.from({ length: 4 }, (_, nth) => input({ email: `ann@shop-${nth}-${newId()}.example` }));
    const invited = await Promise.all(wanted.map((one) => inviteAgent(world.ann, one)));
    const rows = await Promise.all(invited.map((one) => rowOf(granted(one).agentId)));
    // Ann herself has the first.
    expect(rows.map(({ handle }) => handle).toSorted()).toEqual(["ann2", "ann3", "ann4", "ann5"]);
    const { agentId } = granted(await inviteAgent(world.ann, input({ email: `here@${newId()}.example` })));
    expect((await rowOf(agentId)).handle).toBe("here2");
  });

  it("lets them in by their verified address, and then they have come", async () => {
    const wanted = input();
    const { agentId } = granted(await inviteAgent(world.ann, wanted));
    const subject = { issuer: "https://sso.example", subject: newId(), email: wanted.email };
    expect(await linkAgent({ ...subject, emailVerified: false })).toMatchObject({ refusal: "not_a_member" });
    expect(granted(await linkAgent({ ...subject, emailVerified: true }))).toMatchObject({ agentId });
    expect(await rowOf(agentId)).toMatchObject({ invited_at: null });
    expect(await findInvited(wanted.email)).toBeUndefined();
  });

  it("makes one agent however often it is repeated", async () => {
    const wanted = input();
    const ids = await Promise.all([1, 2, 3].map(async () => granted(await inviteAgent(world.ann, wanted)).agentId));
    expect(new Set(ids).size).toBe(1);
  });

  it("is refused to agents, customers and tokens that may only ask; of an owner to admins", async () => {
    for (const actor of [world.irina, world.hannah, { ...admin, mayWrite: false }])
      expect(await inviteAgent(actor, input())).toMatchObject({ refusal: "not_permitted" });
    expect(await inviteAgent(admin, input({ role: "owner" }))).toMatchObject({ refusal: "not_permitted" });
    expect(await inviteAgent(world.ann, input({ role: "owner" }))).toMatchObject({ ok: true });
  });

  it("refuses an address that somebody here has; another workspace may have it", async () => {
    const email = `${newId()}@lumen.example`;
    granted(await inviteAgent(world.ann, input({ email })));
    expect(await inviteAgent(admin, input({ email: email.toUpperCase() }))).toMatchObject({
      refusal: "email_taken",
      path: ["input", "email"],
    });
    expect(await inviteAgent(world.intruder, input({ email }))).toMatchObject({ ok: true });
  });

  it.each<[string, Partial<InviteAgentInput>, string]>([
    ["no address", { email: "" }, "email_invalid"],
    ["an address without a domain", { email: "nina@localhost" }, "email_invalid"],
    ["two addresses", { email: "a@b.example c@d.example" }, "email_invalid"],
    ["an address with NUL", { email: "a\0@b.example" }, "email_invalid"],
    ["no name", { name: " " }, "name_invalid"],
    ["a name of 101 characters", { name: "x".repeat(101) }, "name_invalid"],
    ["a name that is no text", { name: "\ud800" }, "name_invalid"],
    ["a clientId with a space", { clientId: "a b" }, "client_id_invalid"],
  ])("refuses %s", async (_name, change, refusal) => {
    expect(await inviteAgent(world.ann, input(change))).toMatchObject({ ok: false, refusal });
  });
});
