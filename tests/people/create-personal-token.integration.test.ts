import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { setClock } from "../../api/kernel/clock.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { closeDatabase, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { type CreatePersonalTokenInput, createPersonalToken } from "../../api/people/actions/create-personal-token.ts";
import { isPersonalToken, tokenHash } from "../../api/people/token.ts";
import { type Lumen, openLumen } from "./lumen.ts";

let lumen: Lumen;
beforeAll(async () => {
  lumen = await openLumen();
});
afterAll(() => closeDatabase());
afterEach(() => setClock());

const hannah = (): AgentActor => ({
  ...{ kind: "agent", workspaceId: lumen.workspaceId, agentId: lumen.hannah.agentId, role: "owner", name: "Hannah" },
  ...{ locale: "en", zone: "UTC", mayWrite: true, expiresAt: Infinity },
});
const input = (change: Partial<CreatePersonalTokenInput> = {}): CreatePersonalTokenInput => ({
  clientId: newId(),
  name: " Reports ",
  scopes: ["read", "write", "read"],
  lifetimeDays: 30,
  ...change,
});

describe("creating a personal token", () => {
  it("answers the token and stores its hash, hint, scopes and end", async () => {
    const at = Date.parse("2026-11-22T10:00:00Z");
    setClock(() => at);
    const created = await createPersonalToken(hannah(), input());
    if (!created.ok) throw new Error(created.refusal);
    const { tokenId, token, hint } = created.value;
    expect(isPersonalToken(token)).toBe(true);
    const [row] = await sql<Record<string, unknown>>`SELECT * FROM personal_token WHERE id = ${tokenId}`;
    expect(row).toMatchObject({
      name: "Reports",
      hint,
      token_hash: tokenHash(token),
      scopes: ["read", "write"],
      last_used_at: null,
      revoked_at: null,
    });
    expect(row!.expires_at).toEqual(new Date(at + 30 * 86_400_000));
    expect(JSON.stringify(row)).not.toContain(token.slice(12));
  });

  it("shows a token once: a retry under the same clientId makes none, and is told so", async () => {
    const wanted = input();
    expect(await createPersonalToken(hannah(), wanted)).toMatchObject({ ok: true });
    expect(await createPersonalToken(hannah(), wanted)).toMatchObject({ ok: false, refusal: "token_shown" });
    const other = { ...wanted, name: "Other" };
    expect(await createPersonalToken(hannah(), other)).toMatchObject({ refusal: "client_id_conflict" });
    const made = await sql`SELECT FROM personal_token WHERE agent_id = ${hannah().agentId}`;
    expect(made).toHaveLength(2);
  });

  it("is refused to a token that may only ask", async () => {
    const reader = { ...hannah(), mayWrite: false };
    expect(await createPersonalToken(reader, input())).toMatchObject({ refusal: "not_permitted" });
  });

  it.each<[string, Partial<CreatePersonalTokenInput>, string]>([
    ["an empty name", { name: "  " }, "token_name_invalid"],
    ["a name of 101 characters", { name: "x".repeat(101) }, "token_name_invalid"],
    ["a name with NUL", { name: "a\0b" }, "token_name_invalid"],
    ["no scopes", { scopes: [] }, "token_scopes_invalid"],
    ["writing without reading", { scopes: ["write"] }, "token_scopes_invalid"],
    ["a life of no days", { lifetimeDays: 0 }, "token_lifetime_invalid"],
    ["a life of more than 366 days", { lifetimeDays: 367 }, "token_lifetime_invalid"],
    ["a life of part of a day", { lifetimeDays: 1.5 }, "token_lifetime_invalid"],
  ])("refuses %s", async (_name, change, refusal) => {
    expect(await createPersonalToken(hannah(), input(change))).toMatchObject({ ok: false, refusal });
  });
});
