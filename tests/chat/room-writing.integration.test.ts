import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { saveDraft } from "../../api/chat/actions/save-draft.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { setTyping } from "../../api/chat/actions/set-typing.ts";
import { unreadCounts } from "../../api/chat/queries.ts";
import { assignTicket } from "../../api/helpdesk/actions/assign-ticket.ts";
import { moveTicket } from "../../api/helpdesk/actions/move-ticket.ts";
import type { Actor, AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import type { Outcome } from "../../api/kernel/outcome.ts";
import { openWorld } from "../support/open-world.ts";
import { letIn, openChannel, openGroup, refusalOf, takeOut } from "../support/rooms.ts";
import { hearSignals } from "../support/signals.ts";
import { granted, note, say } from "../support/story.ts";
import type { World } from "../support/world.ts";

const heard = hearSignals();
let world: World;
/** Ann's, with Irina as a member and Ben as a viewer. */
let conversationId: string;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  conversationId = await openGroup(world.ann, world.irina);
  await letIn(world.ann, conversationId, world.ben, "viewer");
});

type Doing = (actor: Actor, id: string) => Promise<Outcome<unknown, string>>;

const ways: [string, Doing][] = [
  ["sending", (actor, id) => sendMessage(actor, draftIn(id))],
  ["drafting", (actor, id) => saveDraft(actor, draftIn(id))],
  ["forgetting a draft", (actor, id) => saveDraft(actor, { ...draftIn(id), body: "" })],
  ["typing", (actor, id) => setTyping(actor, { conversationId: id, isTyping: true, visibility: "everyone" })],
];

function draftIn(id: string) {
  return { conversationId: id, clientId: newId(), body: "Hello", visibility: "everyone" as const };
}

describe.each(ways)("%s in a room", (_way, act) => {
  it("is for its members and owners", async () => {
    for (const agent of [world.ann, world.irina]) granted(await act(agent, conversationId));
  });

  it("is refused to a viewer, who only reads", async () => {
    heard.length = 0;
    expect(await refusalOf(() => act(world.ben, conversationId))).toBe("not_permitted conversationId");
    expect(heard).toEqual([]);
  });

  it("is refused to whoever is not in it: also in a channel, once taken out, and across the wall", async () => {
    const channel = await openChannel(world.ann);
    await takeOut(world.ann, conversationId, world.irina);
    const attempts: [AgentActor, string][] = [
      [world.irina, conversationId],
      [world.irina, channel],
      [world.intruder, conversationId],
    ];
    for (const [agent, id] of attempts)
      expect(await refusalOf(() => act(agent, id))).toBe("conversation_not_found conversationId");
  });
});

describe("a customer", () => {
  it("writes in no room, and has nothing to mark there", async () => {
    expect(await refusalOf(() => sendMessage(world.hannah, draftIn(conversationId)))).toBe(
      "conversation_not_found conversationId",
    );
    expect(await refusalOf(() => markRead(world.hannah, { conversationId, seq: 0 }))).toBe(
      "conversation_not_found conversationId",
    );
  });
});

describe("what is said in a room", () => {
  it("is staff's, whatever it is said to be, and moves nothing of customers", async () => {
    const before = await customersSide();
    const [one, other] = [await say(world.ann, conversationId), await note(world.irina, conversationId)];
    for (const message of [one, other]) expect(message).toMatchObject({ visibility: "staff", customerSeq: null });
    expect(await customersSide()).toEqual(before);
    const [moved] = await sql<{ at: Date }>`
      SELECT staff_activity_at AS at FROM conversation WHERE id = ${conversationId}`;
    expect(moved!.at).toEqual(other.sentAt);
  });

  it("is read by viewers, who mark it for themselves, and no further than it goes", async () => {
    const { staffSeq } = await say(world.ann, conversationId);
    const unread = async () => (await unreadCounts(world.ben, [conversationId])).get(conversationId);
    expect(await unread()).toBe(1);
    expect(await refusalOf(() => markRead(world.ben, { conversationId, seq: staffSeq + 1 }))).toBe("seq_invalid seq");
    granted(await markRead(world.ben, { conversationId, seq: staffSeq }));
    expect(await unread()).toBe(0);
    expect((await unreadCounts(world.irina, [conversationId])).get(conversationId)).toBe(1);
  });

  it("is told as read to staff alone", async () => {
    const { staffSeq } = await say(world.ann, conversationId);
    heard.length = 0;
    granted(await markRead(world.irina, { conversationId, seq: staffSeq }));
    expect(heard.map(({ readers }) => readers)).toEqual(["staff"]);
  });

  it("is no ticket: it is moved and given to nobody", async () => {
    const { agentId } = world.ann;
    expect(await refusalOf(() => moveTicket(world.ann, { conversationId, move: "close" }))).toBe(
      "conversation_not_found conversationId",
    );
    expect(await refusalOf(() => assignTicket(world.ann, { conversationId, assigneeId: agentId }))).toBe(
      "conversation_not_found conversationId",
    );
  });
});

async function customersSide() {
  const [row] = await sql`
    SELECT customer_seq, customer_activity_at FROM conversation WHERE id = ${conversationId}`;
  return row;
}
