import { SignJWT } from "jose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { identifyVisitor } from "../../api/helpdesk/actions/identify-visitor.ts";
import { leaveVisit } from "../../api/helpdesk/actions/leave-visit.ts";
import { startConversation } from "../../api/helpdesk/actions/start-conversation.ts";
import { updateContact } from "../../api/helpdesk/actions/update-contact.ts";
import type { VisitorActor } from "../../api/kernel/actor.ts";
import { inTransaction, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { done } from "../../api/kernel/outcome.ts";
import { readAccessToken } from "../../api/people/visitor-token.ts";
import { eventually } from "../support/eventually.ts";
import { openWorld } from "../support/open-world.ts";
import { begin, granted } from "../support/story.ts";
import { addDesk, addVisitor, type World } from "../support/world.ts";

const SECRET = "the inbox's own secret, of some length";
let world: World;
let visitor: VisitorActor;

beforeAll(async () => {
  world = await openWorld();
  await giveSecret(world.inboxId);
});
beforeEach(async () => {
  visitor = await addVisitor(world, "Somebody");
});

async function giveSecret(inboxId: string): Promise<void> {
  await sql`UPDATE inbox SET identity_secret = ${SECRET} WHERE id = ${inboxId}`;
}

type Claims = { sub?: string; name?: string; email?: string; exp?: string | number };

function signed({ sub, exp = "1h", ...claims }: Claims, secret = SECRET, alg = "HS256"): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg });
  if (sub) token.setSubject(sub);
  if (exp) token.setExpirationTime(exp);
  return token.sign(new TextEncoder().encode(secret));
}

/** The visitor as whom the site signs for. */
async function identify(as: VisitorActor, claims: Claims): Promise<VisitorActor> {
  const visit = granted(await identifyVisitor(as, { identityToken: await signed(claims) }));
  return granted(await readAccessToken(visit.accessToken));
}

async function conversationsOf({ contactId }: VisitorActor): Promise<string[]> {
  const rows = await sql<{ id: string }>`SELECT id FROM conversation WHERE contact_id = ${contactId} ORDER BY id`;
  return rows.map(({ id }) => id);
}

async function isSomebodyWaiting(): Promise<boolean> {
  const rows = await sql`SELECT FROM pg_locks WHERE NOT granted`;
  return rows.length > 0;
}

async function isRevoked({ visitorId }: VisitorActor): Promise<boolean> {
  const [row] = await sql<{ is: boolean }>`SELECT revoked_at IS NOT NULL AS is FROM visitor WHERE id = ${visitorId}`;
  return row!.is;
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

  it("keeps what they wrote before, and has it on their other device too", async () => {
    const sub = newId();
    const { conversation } = await begin(visitor);
    const first = await identify(visitor, { sub });
    const second = await identify(await addVisitor(world, "Elsewhere"), { sub });
    expect(second.contactId).toBe(first.contactId);
    expect(await conversationsOf(second)).toEqual([conversation.id]);
  });

  it("brings along what was written anonymously, into what is known", async () => {
    const sub = newId();
    const known = await identify(visitor, { sub });
    const { conversation: before } = await begin(known);
    const anonymous = await addVisitor(world, "Anonymous");
    const { conversation } = await begin(anonymous);
    const identified = await identify(anonymous, { sub });
    expect(await conversationsOf(identified)).toEqual([before.id, conversation.id].toSorted());
    const [alias] = await sql`SELECT merged_into_id AS id FROM contact WHERE id = ${anonymous.contactId}`;
    expect(alias).toEqual({ id: known.contactId });
  });

  it("finds there what another tab was beginning in the same instant", async () => {
    const known = await identify(visitor, { sub: newId() });
    const anonymous = await addVisitor(world, "Anonymous");
    let begun: Promise<unknown> | undefined;
    // As identifyVisitor does it, but slowly.
    await inTransaction(async (tx) => {
      await tx.sql`SELECT FROM contact WHERE id = ${anonymous.contactId} FOR UPDATE`;
      begun = startConversation(anonymous, { clientId: newId(), body: "From the other tab" });
      await eventually(isSomebodyWaiting);
      await tx.sql`UPDATE contact SET merged_into_id = ${known.contactId} WHERE id = ${anonymous.contactId}`;
      return done(undefined);
    });
    await begun;
    expect(await conversationsOf(anonymous)).toEqual([]);
    expect(await conversationsOf(known)).toHaveLength(1);
  });

  it("takes nothing along into another customer who is known already", async () => {
    const sub = newId();
    const other = await identify(visitor, { sub });
    const one = await identify(await addVisitor(world, "One"), { sub: newId() });
    const { conversation } = await begin(one);
    expect((await identify(one, { sub })).contactId).toBe(other.contactId);
    expect(await conversationsOf(one)).toEqual([conversation.id]);
    expect(await conversationsOf(other)).toEqual([]);
  });

  it("takes nothing along from one customer to another", async () => {
    const one = await identify(visitor, { sub: newId() });
    const { conversation } = await begin(one);
    const other = await identify(one, { sub: newId() });
    expect(other.contactId).not.toBe(one.contactId);
    expect(await conversationsOf(one)).toEqual([conversation.id]);
    expect(await conversationsOf(other)).toEqual([]);
  });

  it("is another customer at another inbox, whose site may call somebody else so", async () => {
    const desk = await addDesk(world.workspaceId);
    await giveSecret(desk.inboxId);
    const sub = newId();
    const here = await identify(visitor, { sub });
    const there = await identify(await addVisitor(desk, "There"), { sub });
    expect(there.contactId).not.toBe(here.contactId);
  });

  it("is not found by an address that somebody merely says", async () => {
    const email = `${newId()}@mail.example`;
    const known = await identify(visitor, { sub: newId(), email });
    await begin(known);
    const other = await addVisitor(world, "Other");
    granted(await updateContact(other, { email }));
    expect(await conversationsOf(other)).toEqual([]);
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
