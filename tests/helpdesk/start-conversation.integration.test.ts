import { beforeAll, describe, expect, it } from "vitest";
import { startConversation } from "../../api/helpdesk/actions/start-conversation.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { takeStock } from "../support/rows.ts";
import { begin, say, granted } from "../support/story.ts";
import { openWorld } from "../support/open-world.ts";
import type { World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

async function refusalOf(actor: Actor, input: { clientId?: string; body?: string }) {
  await sql`DELETE FROM outbox`;
  const before = await takeStock();
  const outcome = await startConversation(actor, { clientId: newId(), body: "Hello", ...input });
  expect(await takeStock()).toEqual(before);
  return outcome.ok ? "not refused" : outcome.refusal;
}

const countOf = async (contactId: string) =>
  (await sql`SELECT FROM conversation WHERE contact_id = ${contactId}`).length;

describe("starting a conversation", () => {
  it("opens it in the inbox's space with its first message and an open ticket", async () => {
    const { conversation, message } = await begin(world.hannah, "Is the lamp in stock?");
    expect(conversation).toMatchObject({ spaceId: world.spaceId, contactId: world.hannah.contactId, kind: "support" });
    expect(conversation).toMatchObject({ staffSeq: 2, customerSeq: 2, closedAt: null });
    expect(message).toMatchObject({ body: "Is the lamp in stock?", staffSeq: 2, customerSeq: 2 });
    const [ticket] = await sql`SELECT status, inbox_id FROM ticket WHERE conversation_id = ${conversation.id}`;
    expect(ticket).toEqual({ status: "open", inbox_id: world.inboxId });
  });

  it("stores emoji for the shortcodes of its first message", async () => {
    expect((await begin(world.hannah, "A lamp :bulb:")).message.body).toBe("A lamp 💡");
  });

  it("records the beginning, then the message", async () => {
    const { conversation } = await begin(world.hannah);
    const events = await sql<{ type: string; seq: number }>`
      SELECT type, customer_seq AS seq FROM outbox WHERE conversation_id = ${conversation.id} ORDER BY id`;
    expect(events).toEqual([
      { type: "conversation.started", seq: 1 },
      { type: "message.sent", seq: 2 },
    ]);
  });

  it("answers with the conversation as it is stored", async () => {
    const { conversation } = await begin(world.maria);
    const [stored] = await sql<object>`
      SELECT staff_seq AS "staffSeq", customer_seq AS "customerSeq", created_at AS "createdAt",
             staff_activity_at AS "staffActivityAt", customer_activity_at AS "customerActivityAt"
      FROM conversation WHERE id = ${conversation.id}`;
    expect(conversation).toMatchObject(stored!);
  });

  it("numbers tickets one after another within the workspace, also when many begin at once", async () => {
    const numbers = async (workspaceId: string) =>
      (
        await sql<{ number: number }>`SELECT number FROM ticket WHERE workspace_id = ${workspaceId} ORDER BY number`
      ).map((row) => row.number);
    await Promise.all(Array.from({ length: 12 }, () => begin(world.maria)));
    await begin(world.stranger);
    const given = await numbers(world.workspaceId);
    expect(given).toEqual(given.map((_number, index) => index + 1));
    expect(await numbers(world.elsewhere.workspaceId)).toEqual([1]);
  });

  it("is refused for an empty body", async () => {
    expect(await refusalOf(world.hannah, { body: "  " })).toBe("body_empty");
  });

  it("is refused for a body of 10,001 characters", async () => {
    expect(await refusalOf(world.hannah, { body: "a".repeat(10_001) })).toBe("body_too_long");
  });

  it("is refused for a body with a NUL", async () => {
    expect(await refusalOf(world.hannah, { body: "\0" })).toBe("body_has_nul");
  });

  it("is refused for a body with a lone surrogate", async () => {
    expect(await refusalOf(world.hannah, { body: "\udfff" })).toBe("body_not_unicode");
  });

  it("is refused under a malformed clientId", async () => {
    expect(await refusalOf(world.hannah, { clientId: "no spaces" })).toBe("client_id_invalid");
  });

  it("is refused to staff", async () => {
    expect(await refusalOf(world.ann, {})).toBe("not_permitted");
  });
});

describe("a queued first message", () => {
  it("that is retried never makes a second conversation", async () => {
    const before = await countOf(world.hannah.contactId);
    const queued = { clientId: newId(), body: "From the train" };
    const first = granted(await startConversation(world.hannah, queued));
    const second = granted(await startConversation(world.hannah, queued));
    expect([second.conversation.id, second.message.id]).toEqual([first.conversation.id, first.message.id]);
    expect(await countOf(world.hannah.contactId)).toBe(before + 1);
  });

  it("that is retried many times at once makes one conversation with one message and one ticket", async () => {
    const before = await takeStockOf(world.workspaceId);
    const queued = { clientId: newId(), body: "From five tabs" };
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => startConversation(world.hannah, queued)));
    expect(new Set(outcomes.map((outcome) => granted(outcome).conversation.id)).size).toBe(1);
    const { conversations, messages, tickets } = before;
    expect(await takeStockOf(world.workspaceId)).toEqual({
      ...{ conversations: conversations + 1, messages: messages + 1, tickets: tickets + 1 },
    });
  });

  it("that is retried after the conversation went on answers with the conversation as it is now", async () => {
    const queued = { clientId: newId(), body: "Are you there?" };
    const { conversation, message } = granted(await startConversation(world.hannah, queued));
    await say(world.ann, conversation.id);
    const again = granted(await startConversation(world.hannah, queued));
    expect(again.conversation.customerSeq).toBe(3);
    expect(again.message).toEqual(message);
  });

  it("under the clientId of another content is a conflict", async () => {
    const queued = { clientId: newId(), body: "One thing" };
    granted(await startConversation(world.hannah, queued));
    expect(await refusalOf(world.hannah, { ...queued, body: "Another" })).toBe("client_id_conflict");
  });

  it("under the clientId of a message sent before is a conflict", async () => {
    const { conversation, message } = await begin(world.hannah);
    const sent = await say(world.hannah, conversation.id, "Twice");
    expect(await refusalOf(world.hannah, { clientId: sent.clientId, body: "Twice" })).toBe("client_id_conflict");
    expect(message.clientId).not.toBe(sent.clientId);
  });

  it("of another visitor may carry the same clientId", async () => {
    const queued = { clientId: newId(), body: "Hello" };
    const one = granted(await startConversation(world.hannah, queued));
    const other = granted(await startConversation(world.maria, queued));
    expect(other.conversation.id).not.toBe(one.conversation.id);
  });
});

async function takeStockOf(workspaceId: string) {
  const [counts] = await sql<{ conversations: number; messages: number; tickets: number }>`
    SELECT (SELECT count(*) FROM conversation WHERE workspace_id = ${workspaceId}) AS conversations,
           (SELECT count(*) FROM message WHERE workspace_id = ${workspaceId}) AS messages,
           (SELECT count(*) FROM ticket WHERE workspace_id = ${workspaceId}) AS tickets`;
  return counts!;
}
