import { describe, expect, it } from "vitest";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { seenSeqs, unreadCounts } from "../../api/chat/queries.ts";
import { startConversation } from "../../api/helpdesk/actions/start-conversation.ts";
import { updateContact } from "../../api/helpdesk/actions/update-contact.ts";
import type { VisitorActor } from "../../api/kernel/actor.ts";
import { apart, inTransaction, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { done } from "../../api/kernel/outcome.ts";
import { eventually } from "../support/eventually.ts";
import { identify, isSomebodyWaiting, setScene, visitor, world } from "../support/signed-scene.ts";
import { begin, granted, say } from "../support/story.ts";
import { addVisitor } from "../support/world.ts";

setScene();

type Asked = { clientId: string; body: string };

async function conversationsOf({ contactId }: VisitorActor): Promise<string[]> {
  const rows = await sql<{ id: string }>`SELECT id FROM conversation WHERE contact_id = ${contactId} ORDER BY id`;
  return rows.map(({ id }) => id);
}

describe("a visitor who turns out to be somebody known", () => {
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
    const asked = { clientId: newId(), body: "From the other tab" };
    // As identifyVisitor does it, but slowly.
    await inTransaction(async (tx) => {
      await tx.sql`SELECT FROM contact WHERE id = ${anonymous.contactId} FOR NO KEY UPDATE`;
      begun = apart(() => startConversation(anonymous, asked));
      await eventually(isSomebodyWaiting);
      await tx.sql`UPDATE contact SET merged_into_id = ${known.contactId} WHERE id = ${anonymous.contactId}`;
      return done(undefined);
    });
    await begun;
    granted(await startConversation(known, asked));
    expect(await conversationsOf(anonymous)).toEqual([]);
    expect(await conversationsOf(known)).toHaveLength(1);
  });

  it("repeats what it asked before as who it is now, and has it once", async () => {
    const sub = newId();
    const known = await identify(visitor, { sub });
    const anonymous = await addVisitor(world, "Anonymous");
    const [first, second] = [newId(), newId()].map((clientId) => ({ clientId, body: "Once" })) as [Asked, Asked];
    const { conversation } = granted(await startConversation(anonymous, first));
    const message = { ...second, conversationId: conversation.id, visibility: "everyone" as const };
    granted(await sendMessage(anonymous, message));
    const identified = await identify(anonymous, { sub });
    granted(await startConversation(identified, first));
    granted(await sendMessage(identified, message));
    expect(await conversationsOf(known)).toEqual([conversation.id]);
    expect(await sql`SELECT FROM message WHERE conversation_id = ${conversation.id}`).toHaveLength(2);
  });

  it("has read what it had read before", async () => {
    const sub = newId();
    await identify(visitor, { sub });
    const anonymous = await addVisitor(world, "Anonymous");
    const { conversation } = await begin(anonymous);
    await say(world.ann, conversation.id, "An answer");
    granted(await markRead(anonymous, { conversationId: conversation.id, seq: 3 }));
    const seen = () =>
      Promise.all((["staff", "customer"] as const).map((by) => seenSeqs(world.workspaceId, [conversation.id], by)));
    const before = await seen();
    const identified = await identify(anonymous, { sub });
    expect((await unreadCounts(identified, [conversation.id])).get(conversation.id) ?? 0).toBe(0);
    expect(await seen()).toEqual(before);
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

  it("is not found by an address that somebody merely says", async () => {
    const email = `${newId()}@mail.example`;
    const known = await identify(visitor, { sub: newId(), email });
    await begin(known);
    const other = await addVisitor(world, "Other");
    granted(await updateContact(other, { email }));
    expect(await conversationsOf(other)).toEqual([]);
  });
});
