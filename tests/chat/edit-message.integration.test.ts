import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Message } from "../../prisma/generated/client/client.ts";
import { editMessage } from "../../api/chat/actions/edit-message.ts";
import { updateRoom } from "../../api/chat/actions/update-room.ts";
import { EDITABLE_MS, MOST_EDITS } from "../../api/chat/message-policy.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { setClock } from "../../api/kernel/clock.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { edit, remove } from "../support/acts.ts";
import { openWorld } from "../support/open-world.ts";
import { join, letIn, openChannel, recordedOf, refusalOf } from "../support/rooms.ts";
import { begin, granted, move, note, say } from "../support/story.ts";
import type { World } from "../support/world.ts";

let world: World;
/** Irina's message to Hannah. */
let message: Message;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  const { conversation } = await begin(world.hannah);
  message = await say(world.irina, conversation.id, "The lamp is here");
  await sql`DELETE FROM outbox`;
});
afterEach(() => setClock());

const refused = (actor: Actor, body = "Otherwise", messageId = message.id) =>
  refusalOf(() => editMessage(actor, { messageId, body }));

const versionsOf = ({ id }: Message) =>
  sql<{ number: number; body: string; writtenAt: Date }>`
    SELECT number, body, written_at AS "writtenAt" FROM message_version WHERE message_id = ${id} ORDER BY number`;

describe("editing a message", () => {
  it("gives it another text, keeps what it said before, and tells both sides", async () => {
    const once = await edit(world.irina, message, "The lamp is **here** :+1:");
    expect(once).toMatchObject({ ...message, body: "The lamp is **here** 👍", editedAt: expect.any(Date) });
    const twice = await edit(world.irina, message, "It is gone");
    expect(twice).toMatchObject({ staffSeq: message.staffSeq, customerSeq: message.customerSeq, body: "It is gone" });
    expect(await versionsOf(message)).toEqual([
      { number: 1, body: "The lamp is here", writtenAt: message.sentAt },
      { number: 2, body: "The lamp is **here** 👍", writtenAt: once.editedAt },
    ]);
    const payload = { messageId: message.id, by: { kind: "agent", id: world.irina.agentId } };
    const contactId = world.hannah.contactId;
    // The message before was followed by its ticket's becoming Irina's, of which the customer is not told.
    expect(await recordedOf(message.conversationId)).toEqual([
      { type: "message.edited", staffSeq: message.staffSeq + 2, customerSeq: 4, contactId, payload },
      { type: "message.edited", staffSeq: message.staffSeq + 3, customerSeq: 5, contactId, payload },
    ]);
  });

  it("of a note is told to staff alone", async () => {
    const own = await note(world.irina, message.conversationId);
    await sql`DELETE FROM outbox`;
    await edit(world.irina, own, "An easy one");
    expect(await recordedOf(message.conversationId)).toMatchObject([{ type: "message.edited", customerSeq: null }]);
  });

  it("moves no conversation up the lists, and is unread for nobody", async () => {
    const times = () => sql`SELECT staff_activity_at, customer_activity_at FROM conversation ORDER BY id`;
    const before = await times();
    await edit(world.irina, message, "Otherwise");
    expect(await times()).toEqual(before);
  });

  it("to the same text is no edit", async () => {
    expect(await edit(world.irina, message, message.body)).toEqual(message);
    expect(await recordedOf(message.conversationId)).toEqual([]);
  });

  it("in two ways at once keeps both, and the later one stands", async () => {
    const bodies = ["One", "Two", "Three", "Four"];
    await Promise.all(bodies.map((body) => edit(world.irina, message, body)));
    const versions = await versionsOf(message);
    expect(versions.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    const recorded = await recordedOf(message.conversationId);
    expect(recorded.map(({ staffSeq }) => staffSeq)).toEqual([2, 3, 4, 5].map((more) => message.staffSeq + more));
    const [stands] = await sql<{ body: string }>`SELECT body FROM message WHERE id = ${message.id}`;
    const kept = [...versions.slice(1), stands!].map(({ body }) => body);
    expect(kept.toSorted()).toEqual(bodies.toSorted());
  });

  it("at once with its deletion never brings it back", async () => {
    for (let round = 0; round < 5; round++) {
      const own = await say(world.irina, message.conversationId);
      await Promise.all([
        remove(world.irina, own),
        editMessage(world.irina, { messageId: own.id, body: "Still here" }),
        editMessage(world.irina, { messageId: own.id, body: "And here" }),
      ]);
      const [row] = await sql`SELECT body, deleted_at IS NOT NULL AS gone FROM message WHERE id = ${own.id}`;
      expect(row).toEqual({ body: "", gone: true });
      expect(await versionsOf(own)).toEqual([]);
    }
  });

  it("is for its author alone", async () => {
    expect(await refused(world.ann)).toBe("not_permitted messageId");
    expect(await refused(world.hannah)).toBe("not_permitted");
    expect(await refused({ ...world.irina, mayWrite: false })).toBe("not_permitted");
  });

  it("is not for whoever only views the room by now", async () => {
    const conversationId = await openChannel(world.ann);
    await join(world.ben, conversationId);
    const own = await say(world.ben, conversationId);
    await letIn(world.ann, conversationId, world.ben, "viewer");
    expect(await refused(world.ben, "Otherwise", own.id)).toBe("not_permitted messageId");
  });

  it("ends a day after it was sent", async () => {
    setClock(() => message.sentAt.getTime() + EDITABLE_MS);
    await edit(world.irina, message, "Just in time");
    setClock(() => message.sentAt.getTime() + EDITABLE_MS + 1);
    expect(await refused(world.irina)).toBe("edit_too_late messageId");
  });

  it("is refused where nothing changes any more", async () => {
    await move(world.ann, message.conversationId, "close");
    expect(await refused(world.irina)).toBe("conversation_closed messageId");
    const conversationId = await openChannel(world.irina);
    const own = await say(world.irina, conversationId);
    granted(await updateRoom(world.irina, { conversationId, isArchived: true }));
    expect(await refused(world.irina, "Otherwise", own.id)).toBe("conversation_closed messageId");
  });

  it("of a deleted one is refused", async () => {
    await remove(world.irina, message);
    expect(await refused(world.irina)).toBe("message_deleted messageId");
  });

  it("is refused for a text that no message may have", async () => {
    expect(await refused(world.irina, " \n")).toBe("body_empty body");
    expect(await refused(world.irina, "x".repeat(10_001))).toBe("body_too_long body");
    expect(await refused(world.irina, "\ud800")).toBe("body_not_unicode body");
  });

  it("is refused after many edits", async () => {
    for (let number = 1; number <= MOST_EDITS; number++) await edit(world.irina, message, `Edit ${number}`);
    expect(await refused(world.irina)).toBe("edits_too_many messageId");
  });

  it("tells nothing of messages that the actor does not see", async () => {
    for (const id of [newId(), "x", message.conversationId])
      expect(await refused(world.irina, "Otherwise", id)).toBe("message_not_found messageId");
    expect(await refused(world.ben)).toBe("message_not_found messageId");
    expect(await refused(world.intruder)).toBe("message_not_found messageId");
  });
});
