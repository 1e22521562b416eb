import { describe, expect, it } from "vitest";
import { identifyVisitor } from "../../api/helpdesk/actions/identify-visitor.ts";
import { leaveVisit } from "../../api/helpdesk/actions/leave-visit.ts";
import type { VisitorActor } from "../../api/kernel/actor.ts";
import { apart, inTransaction, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { done } from "../../api/kernel/outcome.ts";
import { eventually } from "../support/eventually.ts";
import {
  giveSecret,
  identify,
  isSomebodyWaiting,
  SECRET,
  setScene,
  signed,
  visitor,
  world,
} from "../support/signed-scene.ts";
import { begin, granted } from "../support/story.ts";
import { addDesk, addVisitor } from "../support/world.ts";

setScene();

async function isRevoked({ visitorId }: VisitorActor): Promise<boolean> {
  const [row] = await sql<{ is: boolean }>`SELECT revoked_at IS NOT NULL AS is FROM visitor WHERE id = ${visitorId}`;
  return row!.is;
}

async function subjectOf({ contactId }: VisitorActor): Promise<string> {
  const [identity] = await sql<{ value: string }>`
    SELECT value FROM contact_identity WHERE contact_id = ${contactId} AND kind = 'external'`;
  return identity!.value.split("/")[1]!;
}

describe("a visitor whom the site signs for", () => {
  it("becomes that customer, with name and proved address, in a new visit that takes the place of the old", async () => {
    const sub = newId();
    const identified = await identify(visitor, { sub, name: "Bo Lind", email: "Bo@Mail.Example" });
    const [contact] = await sql`
      SELECT name, value AS email, verified_at IS NOT NULL AS "isVerified" FROM contact
      JOIN contact_identity AS identity ON contact_id = contact.id AND kind = 'email' WHERE contact.id = ${identified.contactId}`;
    expect(contact).toEqual({ name: "Bo Lind", email: "bo@mail.example", isVerified: true });
    expect(identified.visitorId).not.toBe(visitor.visitorId);
    expect(await isRevoked(visitor)).toBe(true);
    expect(await isRevoked(identified)).toBe(false);
  });

  it("is the customer of the first of two tabs, whose visit is over for the second", async () => {
    const [one, other] = [await identify(visitor, { sub: newId() }), newId()];
    const anonymous = await addVisitor(world, "Anonymous");
    const known = await subjectOf(one);
    const outcomes = await Promise.all(
      [known, other].map(async (sub) => identifyVisitor(anonymous, { identityToken: await signed({ sub }) })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ refusal: "visit_ended" });
    const aliases = await sql`
      SELECT FROM contact_identity JOIN contact ON contact.id = contact_id WHERE kind = 'external' AND merged_into_id IS NOT NULL`;
    expect(aliases).toEqual([]);
  });

  it("may go on sending meanwhile", async () => {
    const { conversation } = await begin(visitor);
    let identified: Promise<unknown> | undefined;
    // As sendMessage does it, but slowly: the conversation first, then, by the message's foreign key, its author.
    await inTransaction(async (tx) => {
      await tx.sql`SELECT FROM conversation WHERE id = ${conversation.id} FOR NO KEY UPDATE`;
      identified = apart(() => identify(visitor, { sub: newId() }));
      await eventually(isSomebodyWaiting);
      await tx.sql`SELECT FROM contact WHERE id = ${visitor.contactId} FOR KEY SHARE`;
      return done(undefined);
    });
    await identified;
  });

  it("is told in its newest conversations, and only when more is known", async () => {
    const claims = { sub: newId(), name: "Bo Lind", email: "bo@mail.example" };
    const many = await addVisitor(world, "Many");
    await Promise.all(Array.from({ length: 102 }, () => begin(many)));
    const told = async () => {
      const rows = await sql`
        SELECT FROM (SELECT type, contact_id FROM outbox UNION ALL SELECT type, contact_id FROM event) AS told
        WHERE type = 'contact.changed' AND contact_id = ${many.contactId}`;
      return rows.length;
    };
    const first = await identify(many, claims);
    expect(await told()).toBe(100);
    const second = await identify(first, claims);
    expect(await told()).toBe(100);
    await identify(second, { ...claims, name: "Bo Berg" });
    expect(await told()).toBe(200);
  });

  it("is another customer at another inbox, whose site may call somebody else so", async () => {
    const desk = await addDesk(world.workspaceId);
    await giveSecret(desk.inboxId);
    const sub = newId();
    const here = await identify(visitor, { sub });
    const there = await identify(await addVisitor(desk, "There"), { sub });
    expect(there.contactId).not.toBe(here.contactId);
  });
});

describe("it is refused", () => {
  const inDays = (days: number) => Math.floor(Date.now() / 1_000) + days * 86_400;

  it.each<[string, () => string | Promise<string>, string]>([
    ["no JWT", () => "Hannah", "identity_token_invalid"],
    [
      "signed with another secret",
      () => signed({ sub: "7" }, "another secret, of some length too"),
      "identity_token_invalid",
    ],
    ["signed by another algorithm", () => signed({ sub: "7" }, SECRET.repeat(2), "HS512"), "identity_token_invalid"],
    [
      "not signed at all",
      () => `${btoa('{"alg":"none"}')}.${btoa('{"sub":"7","exp":9999999999}')}.`,
      "identity_token_invalid",
    ],
    ["of nobody", () => signed({}), "identity_token_invalid"],
    ["of an endless name", () => signed({ sub: "7".repeat(201) }), "identity_token_invalid"],
    ["without an end", () => signed({ sub: "7", exp: 0 }), "identity_token_invalid"],
    ["that has expired", () => signed({ sub: "7", exp: inDays(-1) }), "identity_token_expired"],
    ["that lasts too long", () => signed({ sub: "7", exp: inDays(8) }), "identity_token_lasting"],
  ])("with a token %s", async (_what, token, refusal) => {
    expect(await identifyVisitor(visitor, { identityToken: await token() })).toMatchObject({ ok: false, refusal });
    expect(await isRevoked(visitor)).toBe(false);
  });

  it("where the inbox has no secret", async () => {
    const other = await addVisitor(await addDesk(world.workspaceId), "Other");
    const identityToken = await signed({ sub: "7" });
    expect(await identifyVisitor(other, { identityToken })).toMatchObject({ refusal: "identity_not_set_up" });
  });

  it("at a site that is no longer on the inbox's list", async () => {
    const desk = await addDesk(world.workspaceId);
    await giveSecret(desk.inboxId);
    const there = await addVisitor(desk, "There");
    await sql`UPDATE inbox SET allowed_origins = '{}' WHERE id = ${desk.inboxId}`;
    const identityToken = await signed({ sub: "7" });
    expect(await identifyVisitor(there, { identityToken })).toMatchObject({ refusal: "origin_not_allowed" });
  });

  it("to staff, who are no visitors", async () => {
    const identityToken = await signed({ sub: "7" });
    expect(await identifyVisitor(world.ann, { identityToken })).toMatchObject({ refusal: "not_permitted" });
    expect(await leaveVisit(world.ann)).toMatchObject({ refusal: "not_permitted" });
  });
});

describe("a visitor who leaves", () => {
  it("ends the visit for every holder of its tokens", async () => {
    granted(await leaveVisit(visitor));
    expect(await isRevoked(visitor)).toBe(true);
  });
});
