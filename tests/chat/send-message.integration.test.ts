import { beforeAll, describe, expect, it } from "vitest";
import { type SendMessageInput, sendMessage } from "../../api/chat/actions/send-message.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { begin, move, note, say, granted } from "../support/story.ts";
import { takeStock } from "../support/rows.ts";
import { openWorld } from "../support/open-world.ts";
import type { World } from "../support/world.ts";

let world: World;
let conversationId: string;

beforeAll(async () => {
  world = await openWorld();
  conversationId = (await begin(world.hannah)).conversation.id;
});

const input = (changes: Partial<SendMessageInput> = {}): SendMessageInput => ({
  ...{ conversationId, clientId: newId(), body: "Hello", visibility: "everyone" },
  ...changes,
});

/** Says why it was refused, having made sure that nothing was written. */
async function refusalOf(actor: Actor, changes: Partial<SendMessageInput>) {
  await sql`DELETE FROM outbox`;
  const before = await takeStock();
  const outcome = await sendMessage(actor, input(changes));
  expect(await takeStock()).toEqual(before);
  if (outcome.ok) throw new Error("It was not refused.");
  return { refusal: outcome.refusal, path: outcome.path.join(".") };
}

describe("sending a message", () => {
  it("stores it under the next number of either side and tells who wrote it", async () => {
    const before = await seqs(conversationId);
    const message = granted(await sendMessage(world.hannah, input({ body: "  Привет\u202e  " })));
    expect(message).toMatchObject({
      ...{ workspaceId: world.workspaceId, conversationId, contactId: world.hannah.contactId, agentId: null },
      ...{
        staffSeq: before.staff + 1,
        customerSeq: before.customer + 1,
        body: "  Привет\u202e  ",
        visibility: "everyone",
      },
    });
    expect(await seqs(conversationId)).toEqual({ staff: before.staff + 1, customer: before.customer + 1 });
  });

  it("stores emoji for their shortcodes, also when it is repeated", async () => {
    const once = input({ body: "Done :+1:, as in `:+1:`" });
    const message = granted(await sendMessage(world.ann, once));
    expect(message.body).toBe("Done 👍, as in `:+1:`");
    expect(granted(await sendMessage(world.ann, once)).id).toBe(message.id);
  });

  it("is refused for a body whose emoji are too long for it", async () => {
    const body = ":wales:".repeat(1_428);
    expect(await refusalOf(world.hannah, { body })).toMatchObject({ refusal: "body_too_long" });
  });

  it("records the event without the body", async () => {
    const message = await say(world.ann, conversationId, "Only in the message's row");
    const [event] = await sql<{
      payload: object;
    }>`SELECT payload FROM outbox WHERE type = 'message.sent' ORDER BY id DESC LIMIT 1`;
    expect(event!.payload).toEqual({
      messageId: message.id,
      threadId: null,
      by: { kind: "agent", id: world.ann.agentId },
    });
  });

  it("is refused for an empty body", async () => {
    expect(await refusalOf(world.hannah, { body: " \n" })).toEqual({ refusal: "body_empty", path: "input.body" });
  });

  it("is refused for a body of 10,001 characters", async () => {
    expect(await refusalOf(world.hannah, { body: "a".repeat(10_001) })).toMatchObject({ refusal: "body_too_long" });
  });

  it("is refused for a body with a NUL", async () => {
    expect(await refusalOf(world.hannah, { body: "a\0" })).toMatchObject({ refusal: "body_has_nul" });
  });

  it("is refused for a body with a lone surrogate", async () => {
    expect(await refusalOf(world.hannah, { body: "a\ud800" })).toMatchObject({ refusal: "body_not_unicode" });
  });

  it.each(["", "a b", "é", "a".repeat(65)])("is refused under the clientId %j", async (clientId) => {
    expect(await refusalOf(world.hannah, { clientId })).toEqual({
      refusal: "client_id_invalid",
      path: "input.clientId",
    });
  });

  it("is refused in a conversation that is not there", async () => {
    expect(await refusalOf(world.ann, { conversationId: newId() })).toEqual(notFound);
  });

  it("is refused in a conversation whose id is none", async () => {
    expect(await refusalOf(world.ann, { conversationId: "'; --" })).toEqual(notFound);
  });

  it("is refused to a visitor in the conversation of another", async () => {
    expect(await refusalOf(world.maria, {})).toEqual(notFound);
  });

  it("is refused to an agent who is not of the conversation's space", async () => {
    expect(await refusalOf(world.ben, {})).toEqual(notFound);
  });

  it("is refused across the wall between workspaces", async () => {
    expect(await refusalOf(world.intruder, {})).toEqual(notFound);
    expect(await refusalOf(world.stranger, {})).toEqual(notFound);
  });

  it("is refused to an agent whose token may only read", async () => {
    expect(await refusalOf({ ...world.ann, mayWrite: false }, {})).toMatchObject({ refusal: "not_permitted" });
  });

  it("is refused in a closed conversation, to staff too", async () => {
    const { conversation } = await begin(world.maria);
    await move(world.ann, conversation.id, "close");
    const closed = { refusal: "conversation_closed", path: "input.conversationId" };
    expect(await refusalOf(world.maria, { conversationId: conversation.id })).toEqual(closed);
    expect(await refusalOf(world.ann, { conversationId: conversation.id })).toEqual(closed);
  });

  const notFound = { refusal: "conversation_not_found", path: "input.conversationId" };
});

describe("a private note", () => {
  it("takes a number of the staff's alone and leaves the customer's time as it was", async () => {
    const { conversation } = await begin(world.hannah);
    const before = await times(conversation.id);
    const written = await note(world.ann, conversation.id);
    expect(written).toMatchObject({ staffSeq: 3, customerSeq: null, visibility: "staff" });
    expect(await seqs(conversation.id)).toEqual({ staff: 3, customer: 2 });
    const after = await times(conversation.id);
    expect(after.customer).toEqual(before.customer);
    expect(after.staff.getTime()).toBe(written.sentAt.getTime());
  });

  it("is refused to a customer", async () => {
    expect(await refusalOf(world.hannah, { visibility: "staff" })).toEqual({
      refusal: "not_permitted",
      path: "input.visibility",
    });
  });
});

describe("a retry", () => {
  it("under the same clientId answers with the first message", async () => {
    const asked = input({ body: "Once" });
    const first = granted(await sendMessage(world.hannah, asked));
    expect(granted(await sendMessage(world.hannah, asked))).toEqual(first);
    expect(await bodies(conversationId, "Once")).toBe(1);
  });

  it("still answers with the first message when the conversation has closed meanwhile", async () => {
    const { conversation } = await begin(world.maria);
    const asked = input({ conversationId: conversation.id, body: "Just in time" });
    const first = granted(await sendMessage(world.maria, asked));
    await move(world.ann, conversation.id, "close");
    expect(granted(await sendMessage(world.maria, asked)).id).toBe(first.id);
  });

  it.each([
    ["body", { body: "Another" }],
    ["visibility", { visibility: "staff" as const }],
  ])("with another %s is a conflict", async (_what, changes) => {
    const asked = input();
    granted(await sendMessage(world.ann, asked));
    const conflict = { refusal: "client_id_conflict", path: "input.clientId" };
    expect(await refusalOf(world.ann, { ...asked, ...changes })).toEqual(conflict);
  });

  it("into another conversation is a conflict", async () => {
    const asked = input();
    const { conversation } = await begin(world.hannah);
    granted(await sendMessage(world.ann, asked));
    const elsewhere = { ...asked, conversationId: conversation.id };
    expect(await refusalOf(world.ann, elsewhere)).toMatchObject({ refusal: "client_id_conflict" });
  });

  it("after a refusal may succeed, for a refusal leaves the clientId free", async () => {
    const asked = input();
    expect(await sendMessage(world.hannah, { ...asked, conversationId: newId() })).toMatchObject({ ok: false });
    expect(await sendMessage(world.hannah, asked)).toMatchObject({ ok: true });
  });

  it("by someone else under the same clientId is a message of its own", async () => {
    const asked = input({ body: "Both of us" });
    const one = granted(await sendMessage(world.ann, asked));
    const other = granted(await sendMessage(world.irina, asked));
    expect(other.id).not.toBe(one.id);
  });

  it("at the same instant makes one message, whoever of them comes first", async () => {
    const asked = input({ body: "All at once" });
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => sendMessage(world.hannah, asked)));
    expect(new Set(outcomes.map((outcome) => granted(outcome).id)).size).toBe(1);
    expect(await bodies(conversationId, "All at once")).toBe(1);
  });
});

async function seqs(id: string) {
  const rows = await sql`SELECT staff_seq AS staff, customer_seq AS customer FROM conversation WHERE id = ${id}`;
  return rows[0] as { staff: number; customer: number };
}

async function times(id: string) {
  const rows =
    await sql`SELECT staff_activity_at AS staff, customer_activity_at AS customer FROM conversation WHERE id = ${id}`;
  return rows[0] as { staff: Date; customer: Date };
}

async function bodies(id: string, body: string): Promise<number> {
  return (await sql`SELECT FROM message WHERE conversation_id = ${id} AND body = ${body}`).length;
}
