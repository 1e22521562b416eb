import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { continueVisit } from "../../api/helpdesk/actions/continue-visit.ts";
import { type StartVisitInput, startVisit } from "../../api/helpdesk/actions/start-visit.ts";
import { setClock } from "../../api/kernel/clock.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { refreshVisit } from "../../api/people/actions/refresh-visit.ts";
import { readAccessToken } from "../../api/people/visitor-token.ts";
import { takeStock } from "../support/rows.ts";
import { granted } from "../support/story.ts";
import { openWorld } from "../support/open-world.ts";
import { SHOP, type World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => setClock());

const asked = (changes: Partial<StartVisitInput> = {}): StartVisitInput => ({
  ...{ inboxKey: world.inboxKey, clientId: newId(), locale: "ru", zone: "Europe/Moscow", origin: SHOP },
  ...changes,
});

async function refusalOf(changes: Partial<StartVisitInput>) {
  const before = await takeStock();
  const outcome = await startVisit(asked(changes));
  expect(await takeStock()).toEqual(before);
  return outcome.ok ? "not refused" : outcome.refusal;
}

describe("starting a visit", () => {
  it("makes an anonymous contact with its language and zone, bound to inbox and site", async () => {
    const visit = granted(await startVisit(asked()));
    const [contact] = await sql`SELECT name, locale, zone FROM contact WHERE id = ${visit.contactId}`;
    expect(contact).toEqual({ name: null, locale: "ru", zone: "Europe/Moscow" });
    const [visitor] = await sql`SELECT inbox_id, origin, generation FROM visitor WHERE id = ${visit.visitorId}`;
    expect(visitor).toEqual({ inbox_id: world.inboxId, origin: SHOP, generation: 1 });
  });

  it("gives an access token that acts as this visitor for 15 minutes", async () => {
    const begun = Date.now();
    setClock(() => begun);
    const { accessToken, visitorId, contactId, accessTokenExpiresAt } = granted(await startVisit(asked()));
    expect(granted(await readAccessToken(accessToken))).toMatchObject({
      kind: "visitor",
      visitorId,
      contactId,
      origin: SHOP,
    });
    expect(Math.round((accessTokenExpiresAt.getTime() - begun) / 60_000)).toBe(15);
  });

  it("needs neither language nor zone", async () => {
    expect(await startVisit(asked({ locale: null, zone: null }))).toMatchObject({ ok: true });
  });

  it("is refused at an inbox that is not there", async () => {
    expect(await refusalOf({ inboxKey: "pk_nobody" })).toBe("inbox_not_found");
  });

  it("is refused at a key that no database could hold", async () => {
    expect(await refusalOf({ inboxKey: "pk_\0" })).toBe("inbox_not_found");
    expect(await refusalOf({ inboxKey: "pk_\ud800" })).toBe("inbox_not_found");
  });

  it.each([
    undefined,
    "null",
    "https://evil.example",
    `${SHOP}.evil.example`,
    `${SHOP}:443`,
    SHOP.toUpperCase(),
    `${SHOP}/`,
  ])("is refused from the origin %s, which is not on the inbox's list", async (origin) => {
    expect(await refusalOf({ origin })).toBe("origin_not_allowed");
  });

  it.each(["", "x", "english please", "en-".padEnd(40, "a"), "\0"])("is refused with the locale %j", async (locale) => {
    expect(await refusalOf({ locale })).toBe("locale_invalid");
  });

  it.each(["", "Mars/Olympus", "Europe/Riga\0", "a".repeat(65)])("is refused with the zone %j", async (zone) => {
    expect(await refusalOf({ zone })).toBe("zone_invalid");
  });

  it("is refused under a malformed clientId", async () => {
    expect(await refusalOf({ clientId: "" })).toBe("client_id_invalid");
  });
});

describe("a visit asked for again", () => {
  it("under the same clientId is the same visitor", async () => {
    const input = asked();
    const first = granted(await startVisit(input));
    const { visitorId, contactId, refreshToken } = granted(await startVisit(input));
    expect({ visitorId, contactId, refreshToken }).toEqual({
      ...{ visitorId: first.visitorId, contactId: first.contactId, refreshToken: first.refreshToken },
    });
  });

  it("many times at once is one visitor", async () => {
    const input = asked();
    const visits = await Promise.all(Array.from({ length: 10 }, () => startVisit(input)));
    expect(new Set(visits.map((visit) => granted(visit).contactId)).size).toBe(1);
  });

  it("from another site of the same inbox is a conflict", async () => {
    const other = "https://other.lumen.example";
    await sql`UPDATE inbox SET allowed_origins = ${[SHOP, other]} WHERE id = ${world.inboxId}`;
    const input = asked();
    granted(await startVisit(input));
    expect(await refusalOf({ ...input, origin: other })).toBe("client_id_conflict");
  });

  it("is refused 15 minutes later: an old clientId opens nothing", async () => {
    const input = asked();
    granted(await startVisit(input));
    setClock(() => Date.now() + 15 * 60_000);
    expect(await refusalOf(input)).toBe("visit_ended");
  });

  it("is refused once the visit was revoked", async () => {
    const input = asked();
    const { visitorId } = granted(await startVisit(input));
    await sql`UPDATE visitor SET revoked_at = now() WHERE id = ${visitorId}`;
    expect(await refusalOf(input)).toBe("visit_ended");
  });

  it("is refused once the visitor has refreshed: whoever did had the answer", async () => {
    const input = asked();
    const { refreshToken } = granted(await startVisit(input));
    granted(await refreshVisit({ refreshToken, origin: SHOP }));
    expect(await refusalOf(input)).toBe("visit_ended");
  });
});

describe("continuing a visit", () => {
  it("goes on while its site is on the inbox's list", async () => {
    const { refreshToken, contactId } = granted(await startVisit(asked()));
    expect(granted(await continueVisit({ refreshToken, origin: SHOP })).contactId).toBe(contactId);
  });

  it("is refused once its site was taken off the list", async () => {
    const { refreshToken } = granted(await startVisit(asked()));
    await sql`UPDATE inbox SET allowed_origins = ${["https://new.lumen.example"]} WHERE id = ${world.inboxId}`;
    expect(await continueVisit({ refreshToken, origin: SHOP })).toMatchObject({ refusal: "origin_not_allowed" });
    await sql`UPDATE inbox SET allowed_origins = ${[SHOP]} WHERE id = ${world.inboxId}`;
  });
});
