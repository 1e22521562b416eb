import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { gemoji } from "gemoji";
import type { Message } from "../../prisma/generated/client/client.ts";
import { findPinned, findReactions } from "../../api/chat/act-queries.ts";
import { pinMessage } from "../../api/chat/actions/pin-message.ts";
import { react } from "../../api/chat/actions/react.ts";
import { MOST_PINS, MOST_REACTIONS } from "../../api/chat/message-policy.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { pin, remove, sign } from "../support/acts.ts";
import { openWorld } from "../support/open-world.ts";
import { join, letIn, openChannel, recordedOf, refusalOf } from "../support/rooms.ts";
import { begin, granted, move, say } from "../support/story.ts";
import type { World } from "../support/world.ts";

let world: World;
let conversationId: string;
/** Hannah's. */
let message: Message;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  const begun = await begin(world.hannah);
  conversationId = begun.conversation.id;
  message = begun.message;
  await sql`DELETE FROM outbox`;
});

const reactions = async ({ id } = message) => (await findReactions(world.workspaceId, [id])).get(id) ?? [];
const counterOf = async () => (await sql`SELECT customer_seq AS seq FROM conversation WHERE id = ${conversationId}`)[0];
const byAnn = () => ({ kind: "agent", id: world.ann.agentId });

/** Both kinds of marks are refused alike. */
async function refused(actor: Actor, messageId = message.id): Promise<string> {
  const [one, other] = [
    await refusalOf(() => react(actor, { messageId, emoji: "👍", isOn: true })),
    await refusalOf(() => pinMessage(actor, { messageId, isPinned: true })),
  ];
  expect(one).toBe(other);
  return one;
}

describe("a reaction", () => {
  it("stands under the message with all who set it, in their order, and is told to staff alone", async () => {
    const before = await counterOf();
    await sign(world.ann, message, "👍");
    await sign(world.irina, message, ":eyes:");
    await sign(world.irina, message, "+1");
    const [ann, irina] = [world.ann.agentId, world.irina.agentId];
    expect(await reactions()).toEqual([
      { emoji: "👍", agentIds: [ann, irina] },
      { emoji: "👀", agentIds: [irina] },
    ]);
    const payload = { messageId: message.id, emoji: "👍", by: byAnn(), isOn: true };
    const recorded = await recordedOf(conversationId);
    expect(recorded[0]).toMatchObject({ type: "reaction.changed", customerSeq: null, payload });
    expect(recorded.map(({ customerSeq }) => customerSeq)).toEqual([null, null, null]);
    expect(await counterOf()).toEqual(before);
  });

  it("is taken away by its owner, and twice is once", async () => {
    await sign(world.ann, message, "❤️");
    await sign(world.irina, message, "❤");
    await sign(world.irina, message, ":heart:");
    await Promise.all([1, 2, 3].map(() => react(world.irina, { messageId: message.id, emoji: "❤️", isOn: false })));
    expect(await reactions()).toEqual([{ emoji: "❤️", agentIds: [world.ann.agentId] }]);
    expect((await recordedOf(conversationId)).map(({ payload }) => "isOn" in payload && payload.isOn)).toEqual([
      ...[true, true, false],
    ]);
  });

  it("is one of those that are known", async () => {
    for (const emoji of ["", "hm", "::", "👍👍", ":no_such:", "constructor", "<b>"])
      expect(await refusalOf(() => react(world.ann, { messageId: message.id, emoji, isOn: true }))).toBe(
        "emoji_unknown emoji",
      );
  });

  it("is one of so many different ones, also when many are set at once", async () => {
    const all = gemoji.slice(0, MOST_REACTIONS + 5).map(({ emoji }) => emoji);
    await Promise.all(all.map((emoji) => react(world.ann, { messageId: message.id, emoji, isOn: true })));
    const set = await reactions();
    expect(set).toHaveLength(MOST_REACTIONS);
    const another = all.find((emoji) => !set.some((one) => one.emoji === emoji))!;
    expect(await refusalOf(() => react(world.irina, { messageId: message.id, emoji: another, isOn: true }))).toBe(
      "reactions_too_many emoji",
    );
    await sign(world.irina, message, set[0]!.emoji);
  });
});

describe("a pin", () => {
  const pinned = async () =>
    (await findPinned({ workspaceId: world.workspaceId, id: conversationId }, { limit: 100, inverted: false })).map(
      ({ id }) => id,
    );

  it("keeps a message at hand, the last one first, and is told to staff alone", async () => {
    const other = await say(world.ann, conversationId);
    await sql`DELETE FROM outbox`;
    const before = await counterOf();
    await pin(world.ann, message);
    await pin(world.irina, message);
    await pin(world.irina, other);
    expect(await pinned()).toEqual([other.id, message.id]);
    granted(await pinMessage(world.irina, { messageId: message.id, isPinned: false }));
    granted(await pinMessage(world.irina, { messageId: message.id, isPinned: false }));
    expect(await pinned()).toEqual([other.id]);
    const recorded = await recordedOf(conversationId);
    const payload = { messageId: message.id, by: byAnn(), isPinned: true };
    expect(recorded[0]).toMatchObject({ type: "pin.changed", customerSeq: null, payload });
    expect(recorded.map((one) => "isPinned" in one.payload && one.payload.isPinned)).toEqual([true, true, false]);
    expect(await counterOf()).toEqual(before);
  });

  it("is one of so many of a conversation", async () => {
    const messages = [];
    for (let count = 0; count <= MOST_PINS; count++) messages.push(await say(world.ann, conversationId));
    await Promise.all(messages.map(({ id: messageId }) => pinMessage(world.ann, { messageId, isPinned: true })));
    expect(await pinned()).toHaveLength(MOST_PINS);
    expect(await refusalOf(() => pinMessage(world.ann, { messageId: message.id, isPinned: true }))).toBe(
      "pins_too_many messageId",
    );
  });
});

describe("marks", () => {
  it("are not for customers, viewers and tokens that only read", async () => {
    expect(await refused(world.hannah)).toBe("not_permitted");
    expect(await refused({ ...world.ann, mayWrite: false })).toBe("not_permitted");
    const room = await openChannel(world.ann);
    await join(world.ben, room);
    await letIn(world.ann, room, world.ben, "viewer");
    expect(await refused(world.ben, (await say(world.ann, room)).id)).toBe("not_permitted messageId");
  });

  it("are not for what is deleted or closed", async () => {
    const own = await say(world.ann, conversationId);
    await remove(world.ann, own);
    expect(await refused(world.ann, own.id)).toBe("message_deleted messageId");
    await move(world.ann, conversationId, "close");
    expect(await refused(world.ann)).toBe("conversation_closed messageId");
  });

  it("tell nothing of messages that the actor does not see", async () => {
    for (const id of [newId(), "x", conversationId])
      expect(await refused(world.ann, id)).toBe("message_not_found messageId");
    expect(await refused(world.ben)).toBe("message_not_found messageId");
    expect(await refused(world.intruder)).toBe("message_not_found messageId");
  });
});
