import { createHmac } from "node:crypto";
import fc from "fast-check";
import { type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setClock } from "../../api/kernel/clock.ts";
import { newId } from "../../api/kernel/id.ts";
import { purposeKey } from "../../api/kernel/purpose-key.ts";
import {
  issueVisit,
  openVisitorTokens,
  readAccessToken,
  readRefreshToken,
  refreshTokenOf,
} from "../../api/people/visitor-token.ts";

const SECRET = "a secret of at least thirty-two characters";
const visitor = {
  workspaceId: newId(),
  visitorId: newId(),
  contactId: newId(),
  inboxId: newId(),
  origin: "http://127.0.0.1:8081",
  generation: 1,
};
const start = Date.parse("2026-11-22T10:00:00Z");

beforeEach(() => {
  openVisitorTokens(SECRET);
  setClock(() => start);
});
afterEach(() => setClock());

/** A token with our own key and the claims of a good one, but for what the test changes. */
function forged(
  change: JWTPayload = {},
  { alg = "HS256", key = purposeKey(SECRET, "visitor access token") } = {},
): Promise<string> {
  const seconds = start / 1000;
  const { workspaceId, visitorId, contactId, inboxId, origin } = visitor;
  const claims = {
    wid: workspaceId,
    cid: contactId,
    inbox: inboxId,
    origin,
    sub: visitorId,
    aud: "beseda:visitor",
    iat: seconds,
    exp: seconds + 900,
  };
  return new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg }).sign(key);
}

describe("a visitor's access token", () => {
  it("names the visitor, the contact, the inbox and the origin for 15 minutes", async () => {
    const { accessToken, accessTokenExpiresAt } = await issueVisit(visitor);
    const { generation: _, ...rest } = visitor;
    expect(accessTokenExpiresAt.getTime()).toBe(start + 15 * 60_000);
    expect(await readAccessToken(accessToken)).toEqual({
      ok: true,
      value: { kind: "visitor", ...rest, expiresAt: start + 15 * 60_000 },
    });
    setClock(() => start + 15 * 60_000 - 1);
    expect(await readAccessToken(accessToken)).toMatchObject({ ok: true });
  });

  it("is expired after 15 minutes", async () => {
    const { accessToken } = await issueVisit(visitor);
    setClock(() => start + 15 * 60_000);
    expect(await readAccessToken(accessToken)).toMatchObject({ ok: false, refusal: "token_expired" });
  });

  it("is accepted when made by hand with our key, so that the refusals below are for their one change", async () => {
    expect(await readAccessToken(await forged())).toMatchObject({ ok: true });
  });

  it.each<[string, () => Promise<string> | string]>([
    [
      "with no algorithm",
      () => new UnsecuredJWT({ sub: visitor.visitorId, aud: "beseda:visitor" }).setExpirationTime("5m").encode(),
    ],
    ["with another algorithm under the same key", () => forged({}, { alg: "HS384" })],
    [
      "signed with another key",
      () => forged({}, { alg: "HS256", key: purposeKey("another secret", "visitor access token") }),
    ],
    [
      "signed with the key of another purpose",
      () => forged({}, { alg: "HS256", key: purposeKey(SECRET, "visitor refresh token") }),
    ],
    ["for another audience", () => forged({ aud: "beseda:agent" })],
    ["for no audience", () => forged({ aud: undefined })],
    ["that never ends", () => forged({ exp: undefined })],
    ["of nobody", () => forged({ sub: undefined })],
    ["of something that is no id", () => forged({ sub: "1" })],
    ["without a workspace", () => forged({ wid: undefined })],
    ["with an origin that is no text", () => forged({ origin: ["http://127.0.0.1:8081"] })],
    ["with its last character cut off", async () => (await forged()).slice(0, -1)],
    ["that is empty", () => ""],
  ])("is refused %s", async (_name, make) => {
    expect(await readAccessToken(await make())).toMatchObject({ ok: false, refusal: "token_invalid" });
  });

  it("is refused with its claims changed under the old signature", async () => {
    const [header, , signature] = (await forged()).split(".");
    const [, payload] = (await forged({ sub: newId() })).split(".");
    expect(await readAccessToken(`${header}.${payload}.${signature}`)).toMatchObject({ refusal: "token_invalid" });
  });
});

describe("a visitor's refresh token", () => {
  const claims = fc.record({
    workspaceId: fc.constant(newId()),
    visitorId: fc.uuid().map((id) => id.toLowerCase()),
    generation: fc.integer({ min: 1, max: 999_999_999 }),
  });

  it("reads back as what it was made of, and is the same every time", () => {
    fc.assert(
      fc.property(claims, (claim) => {
        expect(readRefreshToken(refreshTokenOf(claim))).toEqual(claim);
        expect(refreshTokenOf(claim)).toBe(refreshTokenOf(claim));
      }),
    );
  });

  it("is refused under another generation, visitor or workspace", () => {
    fc.assert(
      fc.property(claims, claims, (one, other) => {
        fc.pre(one.generation !== other.generation || one.visitorId !== other.visitorId);
        const signature = refreshTokenOf(one).split(".").at(-1);
        const body = refreshTokenOf(other).split(".").slice(0, -1).join(".");
        expect(readRefreshToken(`${body}.${signature}`)).toBeUndefined();
      }),
    );
  });

  it("is refused when signed with another house's secret", () => {
    const claim = `${visitor.workspaceId}.${visitor.visitorId}.1`;
    const signature = createHmac("sha256", purposeKey("another", "visitor refresh token"))
      .update(claim)
      .digest("base64url");
    expect(readRefreshToken(`bsd_vrt_${claim}.${signature}`)).toBeUndefined();
  });

  it("is not any other text", () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) => readRefreshToken(text) === undefined && readRefreshToken(`bsd_vrt_${text}`) === undefined,
      ),
    );
  });
});
