import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { linkAgent } from "../../api/people/actions/link-agent.ts";
import { type Lumen, openLumen } from "./lumen.ts";

const issuer = "https://sso.example/realms/lumen";
let lumen: Lumen;

beforeAll(async () => {
  lumen = await openLumen();
});
afterAll(() => closeDatabase());

const identities = async (subject: string) => sql`SELECT agent_id FROM agent_identity WHERE subject = ${subject}`;

describe("linking a provider's subject to an agent", () => {
  it("ties it to the agent with its verified address, in any case of letters, and finds it by subject from then on", async () => {
    const email = lumen.hannah.email.toUpperCase();
    const agent = { workspaceId: lumen.workspaceId, agentId: lumen.hannah.agentId };
    expect(await linkAgent({ issuer, subject: "h1", email, emailVerified: true })).toEqual({ ok: true, value: agent });
    expect(await linkAgent({ issuer, subject: "h1", email: "new@elsewhere.example", emailVerified: false })).toEqual({
      ok: true,
      value: agent,
    });
    expect(await identities("h1")).toHaveLength(1);
  });

  it("survives two sign-ins at once", async () => {
    const subject = { issuer, subject: "i1", email: lumen.irina.email, emailVerified: true };
    const outcomes = await Promise.all([linkAgent(subject), linkAgent(subject), linkAgent(subject)]);
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(await identities("i1")).toHaveLength(1);
  });

  it.each([
    ["an unverified address", { subject: "x1", emailVerified: false }],
    ["no address", { subject: "x2", email: undefined }],
    ["an address that nobody here has", { subject: "x3", email: "mallory@lumen.example" }],
    [
      "a known subject of another issuer and no address",
      { subject: "h1", issuer: "https://evil.example", email: undefined },
    ],
  ])("refuses %s as no member and ties nothing", async (_name, change) => {
    const subject = { issuer, email: lumen.irina.email, emailVerified: true, ...change };
    const before = (await identities(subject.subject)).length;
    expect(await linkAgent(subject)).toMatchObject({ ok: false, refusal: "not_a_member" });
    expect(await identities(subject.subject)).toHaveLength(before);
  });

  it("signs in to the workspace where they are not disabled, tied to the other or not", async () => {
    const email = "bo@lumen.example";
    const elsewhere = newId();
    await sql`INSERT INTO workspace (id, name, locale, zone) VALUES (${elsewhere}, 'Orion', 'en', 'UTC')`;
    const [left, stays] = [
      { workspaceId: lumen.workspaceId, agentId: newId() },
      { workspaceId: elsewhere, agentId: newId() },
    ];
    for (const { workspaceId, agentId } of [left, stays])
      await sql`INSERT INTO agent (workspace_id, id, name, email, handle, role) VALUES (${workspaceId}, ${agentId}, 'Bo', ${email}, ${agentId}, 'agent')`;
    const subject = { issuer, email, emailVerified: true };
    expect(await linkAgent({ ...subject, subject: "b1" })).toEqual({ ok: true, value: left });
    await sql`UPDATE agent SET disabled_at = now() WHERE id = ${left.agentId}`;
    for (const known of ["b1", "b2", "b1"])
      expect(await linkAgent({ ...subject, subject: known })).toEqual({ ok: true, value: stays });
    const unverified = { issuer, subject: "b1", email: undefined, emailVerified: false };
    expect(await linkAgent(unverified)).toEqual({ ok: true, value: stays });
  });

  it("refuses a disabled agent, tied or not", async () => {
    const subject = { issuer, email: lumen.irina.email, emailVerified: true };
    await linkAgent({ ...subject, subject: "i1" });
    await sql`UPDATE agent SET disabled_at = now() WHERE id = ${lumen.irina.agentId}`;
    expect(await linkAgent({ ...subject, subject: "i1" })).toMatchObject({ refusal: "agent_disabled" });
    expect(await linkAgent({ ...subject, subject: "i2" })).toMatchObject({ refusal: "agent_disabled" });
    expect(await identities("i2")).toHaveLength(0);
  });
});
