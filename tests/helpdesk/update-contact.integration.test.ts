import { beforeAll, describe, expect, it } from "vitest";
import { updateContact } from "../../api/helpdesk/actions/update-contact.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openWorld } from "../support/open-world.ts";
import { begin, granted } from "../support/story.ts";
import { addVisitor, type World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

type Known = { name: string | null; attributes: object; emails: { value: string; isVerified: boolean }[] };

async function knownOf({ workspaceId, contactId }: { workspaceId: string; contactId: string }): Promise<Known> {
  const [known] = await sql<Known>`
    SELECT name, attributes, (
      SELECT coalesce(json_agg(json_build_object('value', value, 'isVerified', verified_at IS NOT NULL)), '[]')
      FROM contact_identity AS identity WHERE contact_id = contact.id AND kind = 'email') AS emails
    FROM contact WHERE workspace_id = ${workspaceId} AND id = ${contactId}`;
  return known!;
}

async function tellings(conversationId: string): Promise<number> {
  const rows = await sql`
    SELECT FROM (SELECT type, conversation_id FROM outbox UNION ALL SELECT type, conversation_id FROM event) AS told
    WHERE type = 'contact.changed' AND conversation_id = ${conversationId}`;
  return rows.length;
}

describe("what a visitor says of themself", () => {
  it("is kept: a name, an address that proves nothing, attributes; what is left out stays", async () => {
    const visitor = await addVisitor(world, "Bo");
    granted(
      await updateContact(visitor, { email: " Bo@Mail.Example ", attributes: { plan: "pro", seats: 3, gone: 1 } }),
    );
    granted(await updateContact(visitor, { name: "Bo  Lind", attributes: { is_new: true, gone: null } }));
    expect(await knownOf(visitor)).toEqual({
      name: "Bo Lind",
      attributes: { plan: "pro", seats: 3, is_new: true },
      emails: [{ value: "bo@mail.example", isVerified: false }],
    });
  });

  it("replaces the address said before, never one that was proved", async () => {
    const visitor = await addVisitor(world, "Bo");
    const { workspaceId, contactId } = visitor;
    await sql`
      INSERT INTO contact_identity (workspace_id, id, contact_id, kind, value, verified_at, created_at)
      VALUES (${workspaceId}, ${newId()}, ${contactId}, 'email', 'proved@mail.example', now(), now() - interval '1 day')`;
    granted(await updateContact(visitor, { email: "one@mail.example" }));
    granted(await updateContact(visitor, { email: "two@mail.example" }));
    const { emails } = await knownOf(visitor);
    expect(emails.map(({ value }) => value).toSorted()).toEqual(["proved@mail.example", "two@mail.example"]);
  });

  it("is told in each of their conversations, once for each change and not for what changes nothing", async () => {
    const visitor = await addVisitor(world, "Bo");
    const ids = [(await begin(visitor)).conversation.id, (await begin(visitor)).conversation.id];
    granted(await updateContact(visitor, { name: "Bo Lind", attributes: { plan: "pro" } }));
    granted(await updateContact(visitor, { name: "Bo Lind", attributes: { plan: "pro" } }));
    expect(await Promise.all(ids.map(tellings))).toEqual([1, 1]);
  });
});

describe("it is refused", () => {
  const fifty = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key_${index}`, index]));

  it.each([
    [{ name: "" }, "name_invalid"],
    [{ name: "x".repeat(101) }, "name_invalid"],
    [{ email: "bo" }, "email_invalid"],
    [{ attributes: { Plan: 1 } }, "attributes_invalid"],
    [{ attributes: { plan: { deep: 1 } } }, "attributes_invalid"],
    [{ attributes: { plan: "\0" } }, "attributes_invalid"],
    [{ attributes: ["plan"] }, "attributes_invalid"],
    [{ attributes: fifty }, "attributes_too_many"],
    [{ attributes: { text: "я".repeat(2_100) } }, "attributes_too_many"],
  ])("where it is %o", async (input, refusal) => {
    expect(await updateContact(world.hannah, input)).toMatchObject({ ok: false, refusal });
  });

  it("to staff, who are no customers", async () => {
    expect(await updateContact(world.ann as Actor, { name: "Ann" })).toMatchObject({ refusal: "not_permitted" });
  });
});
