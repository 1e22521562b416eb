import { describe, expect, it } from "vitest";
import { authenticateBearer } from "../../api/edge/authenticate.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { apart, inTransaction, sql } from "../../api/kernel/database.ts";
import { changeRole } from "../../api/people/actions/change-role.ts";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { endVisit } from "../../api/people/actions/end-visit.ts";
import { revokePersonalToken } from "../../api/people/actions/revoke-personal-token.ts";
import { startVisitor } from "../../api/people/actions/start-visitor.ts";
import { newPersonalToken, type TokenScope, tokenHash } from "../../api/people/token.ts";
import { tokenFor } from "../support/bearers.ts";
import { clock, lumen, minutes, setScene, start } from "../support/credential-scene.ts";
import { eventually } from "../support/eventually.ts";

const shop = "http://127.0.0.1:8081";

setScene();

function personalToken(scopes?: TokenScope[]) {
  return tokenFor({ workspaceId: lumen.workspaceId, agentId: lumen.irina.agentId }, scopes);
}

function visit() {
  const { workspaceId, inboxId } = lumen;
  return inTransaction((tx) => startVisitor(tx, { workspaceId, inboxId, origin: shop, locale: null, zone: null }));
}

const owner = (): AgentActor => ({
  ...{ kind: "agent", workspaceId: lumen.workspaceId, agentId: lumen.hannah.agentId, role: "owner", name: "Hannah" },
  ...{ locale: "en", zone: "UTC", mayWrite: true, expiresAt: Infinity },
});

describe("a personal token", () => {
  it("acts as its agent, from any origin, until it ends", async () => {
    const { token, tokenId, expiresAt } = await personalToken();
    const actor = {
      kind: "agent",
      workspaceId: lumen.workspaceId,
      agentId: lumen.irina.agentId,
      role: "agent",
      name: "Ирина Смирнова",
      locale: "ru",
      zone: "Europe/Moscow",
      mayWrite: true,
      credential: `token/${lumen.workspaceId}/${tokenId}`,
      expiresAt: expiresAt.getTime(),
    };
    expect(await authenticateBearer(`Bearer ${token}`, undefined)).toEqual({ ok: true, value: actor });
    expect(await authenticateBearer(`bearer  ${token}`, "https://anywhere.example")).toEqual({
      ok: true,
      value: actor,
    });
    clock.at = expiresAt.getTime();
    expect(await authenticateBearer(`Bearer ${token}`, undefined)).toMatchObject({
      ok: false,
      refusal: "token_expired",
    });
  });

  it("acts in the role that its agent has now, however lately it was read", async () => {
    const { token } = await personalToken();
    const { agentId } = lumen.irina;
    for (const role of ["agent", "admin", "agent"] as const) {
      expect(await changeRole(owner(), { agentId, role })).toMatchObject({ ok: true });
      expect(await authenticateBearer(`Bearer ${token}`, undefined)).toMatchObject({ value: { role } });
    }
  });

  it("may only ask when its scope is reading", async () => {
    const { token } = await personalToken(["read"]);
    expect(await authenticateBearer(`Bearer ${token}`, undefined)).toMatchObject({ value: { mayWrite: false } });
  });

  it("is noted as used at most once a minute", async () => {
    const { token } = await personalToken();
    const used = async () => {
      await authenticateBearer(`Bearer ${token}`, undefined);
      const [row] = await sql<{
        at: Date;
      }>`SELECT last_used_at AS at FROM personal_token WHERE token_hash = ${tokenHash(token)}`;
      return row!.at.getTime();
    };
    expect(await used()).toBe(start);
    clock.at = start + minutes(1) - 1;
    expect(await used()).toBe(start);
    clock.at = start + minutes(1);
    expect(await used()).toBe(start + minutes(1));
  });

  it("is noted once for all who come by it at once", async () => {
    const { token, tokenId } = await personalToken();
    const waiting = () => sql`
      SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()`;
    // So that nobody waits for a connection first.
    await Promise.all([1, 2, 3, 4].map(() => sql`SELECT pg_sleep(0.1)`));
    const coming = await inTransaction(async (tx) => {
      await tx.sql`SELECT FROM personal_token WHERE id = ${tokenId} FOR UPDATE`;
      return apart(async () => {
        const all = [1, 2, 3].map(() => authenticateBearer(`Bearer ${token}`, undefined));
        await eventually(async () => (await waiting()).length > 0);
        expect(await waiting()).toHaveLength(1);
        return all;
      });
    });
    for (const read of await Promise.all(coming)) expect(read).toMatchObject({ ok: true });
  });

  it("is refused once revoked, and while its agent is disabled", async () => {
    const { token, tokenId } = await personalToken();
    expect(await authenticateBearer(`Bearer ${token}`, undefined)).toMatchObject({ ok: true });
    expect(await disableAgent(owner(), lumen.irina)).toMatchObject({ ok: true });
    expect(await authenticateBearer(`Bearer ${token}`, undefined)).toMatchObject({ refusal: "token_invalid" });
    await sql`UPDATE agent SET disabled_at = NULL`;
    expect(await authenticateBearer(`Bearer ${token}`, undefined)).toMatchObject({ ok: true });
    expect(await revokePersonalToken(owner(), { tokenId })).toMatchObject({ ok: true });
    expect(await authenticateBearer(`Bearer ${token}`, undefined)).toMatchObject({ refusal: "token_invalid" });
  });

  it("is refused in every other shape", async () => {
    const { token, hint } = await personalToken();
    const headers = [
      undefined,
      "",
      token,
      `Basic ${token}`,
      `Bearer${token}`,
      "Bearer ",
      `Bearer ${token} x`,
      `Bearer ${hint}`,
      `Bearer ${token}a`,
    ];
    const values = [
      ...headers,
      `Bearer ${tokenHash(token)}`,
      `Bearer ${newPersonalToken()}`,
      `Bearer ${"x".repeat(5_000)}`,
      `Bearer ${token}\u0000`,
    ];
    for (const header of values) {
      expect(await authenticateBearer(header, undefined), String(header)).toMatchObject({
        ok: false,
        refusal: "token_invalid",
      });
    }
  });
});

describe("a visitor's access token", () => {
  it("acts as the visitor from its own origin", async () => {
    const { accessToken, visitorId, contactId } = await visit();
    expect(await authenticateBearer(`Bearer ${accessToken}`, shop)).toMatchObject({
      ok: true,
      value: {
        kind: "visitor",
        workspaceId: lumen.workspaceId,
        visitorId,
        contactId,
        inboxId: lumen.inboxId,
        origin: shop,
      },
    });
  });

  it.each([
    "https://evil.example",
    undefined,
    "null",
    "",
    `${shop}/`,
    "http://127.0.0.1:80810",
    "HTTP://127.0.0.1:8081",
    "http://localhost:8081",
  ])("is refused from the origin %s", async (origin) => {
    const { accessToken } = await visit();
    expect(await authenticateBearer(`Bearer ${accessToken}`, origin)).toMatchObject({
      ok: false,
      refusal: "origin_not_allowed",
    });
  });

  it("is refused once its visitor is revoked, also before anybody asked for it here", async () => {
    const [asked, unasked] = [await visit(), await visit()];
    expect(await authenticateBearer(`Bearer ${asked.accessToken}`, shop)).toMatchObject({ ok: true });
    for (const { workspaceId, visitorId, accessToken } of [asked, unasked]) {
      await endVisit(workspaceId, visitorId);
      expect(await authenticateBearer(`Bearer ${accessToken}`, shop)).toMatchObject({ refusal: "token_invalid" });
    }
  });

  it("is refused after 15 minutes, and its refresh token is no access token", async () => {
    const { accessToken, refreshToken } = await visit();
    expect(await authenticateBearer(`Bearer ${refreshToken}`, shop)).toMatchObject({ refusal: "token_invalid" });
    clock.at = start + minutes(15);
    expect(await authenticateBearer(`Bearer ${accessToken}`, shop)).toMatchObject({ refusal: "token_expired" });
  });
});
