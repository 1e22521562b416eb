import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { setClock } from "../../api/kernel/clock.ts";
import { closeDatabase, inTransaction, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { refreshVisit } from "../../api/people/actions/refresh-visit.ts";
import { startVisitor } from "../../api/people/actions/start-visitor.ts";
import { findVisitor } from "../../api/people/sign-in-queries.ts";
import {
  openVisitorTokens,
  readAccessToken,
  readRefreshToken,
  refreshTokenOf,
} from "../../api/people/visitor-token.ts";
import { type Lumen, openLumen } from "./lumen.ts";

const origin = "http://127.0.0.1:8081";
let lumen: Lumen;

beforeAll(async () => {
  lumen = await openLumen();
  openVisitorTokens("a secret of at least thirty-two characters");
});
afterAll(() => closeDatabase());
afterEach(() => setClock());

function start() {
  const { workspaceId, inboxId } = lumen;
  return inTransaction((tx) => startVisitor(tx, { workspaceId, inboxId, origin, locale: "ru", zone: "Europe/Moscow" }));
}

async function refresh(refreshToken: string, from: string | undefined = origin) {
  const outcome = await refreshVisit({ refreshToken, origin: from });
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}

const generation = (token: string) => readRefreshToken(token)?.generation;

describe("starting a visitor", () => {
  it("makes an anonymous contact with the browser's language and zone, and one browser of it", async () => {
    const visit = await start();
    const [contact] = await sql`SELECT name, locale, zone FROM contact WHERE id = ${visit.contactId}`;
    expect(contact).toEqual({ name: null, locale: "ru", zone: "Europe/Moscow" });
    expect(await findVisitor(lumen.workspaceId, visit.visitorId)).toMatchObject({
      contactId: visit.contactId,
      origin,
      generation: 1,
      revokedAt: null,
    });
    expect(await readAccessToken(visit.accessToken)).toMatchObject({
      ok: true,
      value: { visitorId: visit.visitorId, inboxId: lumen.inboxId },
    });
  });

  it("stores nothing that would let a reader of the database in", async () => {
    const visit = await start();
    const rows = await sql`SELECT * FROM visitor WHERE id = ${visit.visitorId}`;
    const signature = visit.refreshToken.split(".").at(-1)!;
    expect(JSON.stringify(rows)).not.toContain(signature);
  });
});

describe("refreshing a visit", () => {
  it("answers the successor of the token and a new access token of the same visitor", async () => {
    const visit = await start();
    const next = await refresh(visit.refreshToken);
    expect(generation(next.refreshToken)).toBe(2);
    expect(next).toMatchObject({ visitorId: visit.visitorId, contactId: visit.contactId, inboxId: visit.inboxId });
    expect(generation((await refresh(next.refreshToken)).refreshToken)).toBe(3);
  });

  it("answers the same successor to the token before it, for 60 seconds", async () => {
    const at = Date.now();
    setClock(() => at);
    const visit = await start();
    const next = await refresh(visit.refreshToken);
    setClock(() => at + 60_000);
    expect((await refresh(visit.refreshToken)).refreshToken).toBe(next.refreshToken);
    expect(generation((await refresh(next.refreshToken)).refreshToken)).toBe(3);
  });

  it("gives ten tabs at once the same successor", async () => {
    const visit = await start();
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(visit.refreshToken)));
    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);
    expect((await findVisitor(lumen.workspaceId, visit.visitorId))?.generation).toBe(2);
  });

  it("ends the visit for both holders when the token before is used after 60 seconds", async () => {
    const at = Date.now();
    setClock(() => at);
    const visit = await start();
    const next = await refresh(visit.refreshToken);
    setClock(() => at + 60_001);
    await expect(refresh(visit.refreshToken)).rejects.toThrow("visit_ended");
    await expect(refresh(next.refreshToken)).rejects.toThrow("visit_ended");
    expect((await findVisitor(lumen.workspaceId, visit.visitorId))?.revokedAt).toEqual(new Date(at + 60_001));
  });

  it("ends the visit when an older token is used, even at once", async () => {
    const visit = await start();
    const next = await refresh(visit.refreshToken);
    const last = await refresh(next.refreshToken);
    await expect(refresh(visit.refreshToken)).rejects.toThrow("visit_ended");
    await expect(refresh(last.refreshToken)).rejects.toThrow("visit_ended");
  });

  it.each([
    ["another site", "https://evil.example"],
    ["no site", undefined],
    ["a site whose name begins alike", `${origin}0`],
  ])("refuses the token from %s and changes nothing", async (_name, elsewhere) => {
    const visit = await start();
    expect(await refreshVisit({ refreshToken: visit.refreshToken, origin: elsewhere })).toMatchObject({
      refusal: "origin_not_allowed",
    });
    expect(await findVisitor(lumen.workspaceId, visit.visitorId)).toMatchObject({ generation: 1, revokedAt: null });
  });

  it("does not let another site end a visit with an old token", async () => {
    const visit = await start();
    const last = await refresh((await refresh(visit.refreshToken)).refreshToken);
    await expect(refresh(visit.refreshToken, "https://evil.example")).rejects.toThrow("origin_not_allowed");
    expect(generation((await refresh(last.refreshToken)).refreshToken)).toBe(4);
  });

  it("refuses a genuine token of nobody, of another workspace, of a generation not yet reached, and any other text", async () => {
    const { visitorId } = await start();
    const { workspaceId } = lumen;
    await expect(refresh(refreshTokenOf({ workspaceId, visitorId: newId(), generation: 1 }))).rejects.toThrow(
      "visit_ended",
    );
    await expect(refresh(refreshTokenOf({ workspaceId: newId(), visitorId, generation: 1 }))).rejects.toThrow(
      "visit_ended",
    );
    await expect(refresh(refreshTokenOf({ workspaceId, visitorId, generation: 7 }))).rejects.toThrow("visit_ended");
    await expect(refresh("")).rejects.toThrow("visit_ended");
    expect(await findVisitor(workspaceId, visitorId)).toMatchObject({ generation: 1, revokedAt: null });
  });
});
