import { describe, expect, it } from "vitest";
import { authenticateBearer, authenticateSession } from "../../api/edge/authenticate.ts";
import { sql } from "../../api/kernel/database.ts";
import { endSession } from "../../api/people/actions/end-session.ts";
import { openSession } from "../../api/people/actions/open-session.ts";
import { tokenHash } from "../../api/people/token.ts";
import { clock, hours, lumen, minutes, setScene, start } from "../support/credential-scene.ts";

setScene();

describe("a session", () => {
  const open = () => openSession({ workspaceId: lumen.workspaceId, agentId: lumen.irina.agentId, idToken: "id" });
  const disable = () => sql`UPDATE agent SET disabled_at = now() WHERE id = ${lumen.irina.agentId}`;

  it("acts as its agent and stores no cookie", async () => {
    const { token } = await open();
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await authenticateSession(token)).toMatchObject({
      kind: "agent",
      agentId: lumen.irina.agentId,
      mayWrite: true,
      expiresAt: start + hours(8),
    });
    expect(JSON.stringify(await sql`SELECT * FROM session`)).not.toContain(token);
  });

  it("lives on while it is used within every 8 hours, and for 7 days at most", async () => {
    const { token } = await open();
    for (clock.at = start; clock.at < start + hours(24 * 7); clock.at += hours(8) - 1)
      expect(await authenticateSession(token)).not.toBeNull();
    clock.at = start + hours(24 * 7) - 1;
    expect(await authenticateSession(token)).toMatchObject({ expiresAt: start + hours(24 * 7) });
    clock.at = start + hours(24 * 7);
    expect(await authenticateSession(token)).toBeNull();
  });

  it("is over after 8 idle hours", async () => {
    const { token } = await open();
    clock.at = start + hours(8);
    expect(await authenticateSession(token)).toBeNull();
  });

  it("is noted as seen at most once a minute", async () => {
    const { token } = await open();
    const seen = async () => {
      await authenticateSession(token);
      const [row] = await sql<{ at: Date }>`SELECT seen_at AS at FROM session WHERE token_hash = ${tokenHash(token)}`;
      return row!.at.getTime();
    };
    clock.at = start + minutes(1) - 1;
    expect(await seen()).toBe(start);
    clock.at = start + minutes(1);
    expect(await seen()).toBe(clock.at);
  });

  it("is nobody's once ended, while the agent is disabled, or with another cookie", async () => {
    const { token } = await open();
    for (const cookie of [undefined, "", "x", tokenHash(token), `${token}x`])
      expect(await authenticateSession(cookie)).toBeNull();
    await disable();
    expect(await authenticateSession(token)).toBeNull();
    await sql`UPDATE agent SET disabled_at = NULL`;
    expect(await authenticateSession(token)).not.toBeNull();
    expect(await endSession(token)).toBe("id");
    expect(await authenticateSession(token)).toBeNull();
    expect(await endSession(token)).toBeUndefined();
  });

  it("sweeps out the agent's dead ones when a new one opens", async () => {
    const { token } = await open();
    clock.at = start + hours(9);
    await open();
    expect(await sql`SELECT 1 FROM session WHERE token_hash = ${tokenHash(token)}`).toHaveLength(0);
  });

  it("is no bearer", async () => {
    const { token } = await open();
    expect(await authenticateBearer(`Bearer ${token}`, undefined)).toMatchObject({ refusal: "token_invalid" });
  });
});
