import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Message } from "../../prisma/generated/client/client.ts";
import { deleteMessage } from "../../api/chat/actions/delete-message.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { DELETABLE_MS } from "../../api/chat/message-policy.ts";
import { unreadCounts } from "../../api/chat/queries.ts";
import { searchTickets } from "../../api/helpdesk/ticket-search.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { setClock } from "../../api/kernel/clock.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { edit, pin, remove, sign } from "../support/acts.ts";
import { openWorld } from "../support/open-world.ts";
import { join, letIn, openChannel, recordedOf, refusalOf } from "../support/rooms.ts";
import { begin, granted, move, note, say } from "../support/story.ts";
import type { World } from "../support/world.ts";

let world: World;
let conversationId: string;
/** Irina's message to Hannah. */
let message: Message;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  conversationId = (await begin(world.hannah)).conversation.id;
  message = await say(world.irina, conversationId, "The key lies under the doormat");
  await sql`DELETE FROM outbox`;
});
afterEach(() => setClock());

const refused = (actor: Actor, messageId = message.id) => refusalOf(() => deleteMessage(actor, { messageId }));

describe("deleting a message", () => {
  it("erases what it says and said, its reactions and its pin, keeps its place, and tells both sides", async () => {
    await edit(world.irina, message, "The key lies elsewhere");
    await sign(world.ann, message, "👍");
    await pin(world.ann, message);
    await sql`DELETE FROM outbox`;
    const gone = await remove(world.irina, message);
    expect(gone).toEqual({ ...message, body: "", editedAt: null, deletedAt: expect.any(Date) });
    for (const rows of [
      await sql`SELECT FROM message_version WHERE message_id = ${message.id}`,
      await sql`SELECT FROM reaction WHERE message_id = ${message.id}`,
      await sql`SELECT FROM pin WHERE message_id = ${message.id}`,
    ])
      expect(rows).toEqual([]);
    const payload = { messageId: message.id, by: { kind: "agent", id: world.irina.agentId } };
    expect(await recordedOf(conversationId)).toMatchObject([{ type: "message.deleted", customerSeq: 5, payload }]);
  });

  it("leaves its words nowhere in the database", async () => {
    await edit(world.irina, message, "Not under the doormat");
    await remove(world.irina, message);
    const tables = await sql<{ name: string }>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`;
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const text = [`SELECT FROM "${name}" AS t WHERE t::text LIKE '%doormat%'`];
      expect(await sql(Object.assign(text, { raw: text }))).toEqual([]);
    }
    expect(await searchTickets(world.ann, "doormat", 5)).toEqual([]);
  });

  it("makes it unread for nobody", async () => {
    const unread = async (actor: Actor) => (await unreadCounts(actor, [conversationId])).get(conversationId);
    await say(world.irina, conversationId);
    expect([await unread(world.hannah), await unread(world.ann)]).toEqual([2, 3]);
    await remove(world.irina, message);
    expect([await unread(world.hannah), await unread(world.ann)]).toEqual([1, 2]);
  });

  it("of a note is told to staff alone", async () => {
    const own = await note(world.irina, conversationId);
    await sql`DELETE FROM outbox`;
    await remove(world.irina, own);
    expect(await recordedOf(conversationId)).toMatchObject([{ type: "message.deleted", customerSeq: null }]);
  });

  it("twice, and at once, is done once", async () => {
    await Promise.all([remove(world.irina, message), remove(world.ann, message), remove(world.irina, message)]);
    await remove(world.irina, message);
    expect(await recordedOf(conversationId)).toHaveLength(1);
  });

  it("answers a retry of its sending with what is left of it", async () => {
    const sending = { conversationId, clientId: newId(), body: "Hello", visibility: "everyone" } as const;
    const sent = granted(await sendMessage(world.irina, sending));
    await remove(world.irina, sent);
    expect(granted(await sendMessage(world.irina, sending))).toMatchObject({ id: sent.id, body: "" });
  });

  it("is for its author for a day", async () => {
    setClock(() => message.sentAt.getTime() + DELETABLE_MS + 1);
    expect(await refused(world.irina)).toBe("delete_too_late messageId");
    setClock(() => message.sentAt.getTime() + DELETABLE_MS);
    await remove(world.irina, message);
  });

  it("is at any time, and of anybody's, for owners and admins of the workspace who see it", async () => {
    const asked = await say(world.hannah, conversationId, "My card is 4111");
    setClock(() => message.sentAt.getTime() + 30 * DELETABLE_MS);
    expect(await refused(world.irina, asked.id)).toBe("not_permitted messageId");
    await remove({ ...world.irina, role: "admin" }, asked);
    await remove(world.ann, message);
  });

  it("is at any time, and of anybody's, for owners of a room", async () => {
    const room = await openChannel(world.irina);
    await join(world.ben, room);
    const said = await say(world.ben, room);
    const other = await say(world.irina, room);
    setClock(() => said.sentAt.getTime() + 30 * DELETABLE_MS);
    expect(await refused(world.ben, other.id)).toBe("not_permitted messageId");
    await remove(world.irina, said);
  });

  it("is not for viewers, customers, tokens that only read, nor where nothing changes any more", async () => {
    const room = await openChannel(world.ann);
    await join(world.ben, room);
    const said = await say(world.ben, room);
    await letIn(world.ann, room, world.ben, "viewer");
    expect(await refused(world.ben, said.id)).toBe("not_permitted messageId");
    expect(await refused(world.hannah)).toBe("not_permitted");
    expect(await refused({ ...world.irina, mayWrite: false })).toBe("not_permitted");
    await move(world.ann, conversationId, "close");
    expect(await refused(world.irina)).toBe("conversation_closed messageId");
  });

  it("tells nothing of messages that the actor does not see", async () => {
    for (const id of [newId(), "x", conversationId])
      expect(await refused(world.ann, id)).toBe("message_not_found messageId");
    expect(await refused(world.ben)).toBe("message_not_found messageId");
    expect(await refused(world.intruder)).toBe("message_not_found messageId");
  });
});
