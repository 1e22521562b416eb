import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { markUnread } from "../../api/chat/actions/mark-unread.ts";
import { setAttention } from "../../api/chat/actions/set-attention.ts";
import { countUnreadMentions, findMentionsOf, unreadMentionCounts } from "../../api/chat/mention-queries.ts";
import { readSeqOf, seenSeqs, unreadCounts } from "../../api/chat/queries.ts";
import { findAttention, findSeen } from "../../api/chat/room-queries.ts";
import type { Actor, AgentActor } from "../../api/kernel/actor.ts";
import { openWorld } from "../support/open-world.ts";
import { join, letIn, openChannel, openGroup, refusalOf, takeOut } from "../support/rooms.ts";
import { hearSignals } from "../support/signals.ts";
import { begin, granted, say } from "../support/story.ts";
import type { World } from "../support/world.ts";

const heard = hearSignals();
const heardOfOwn = hearSignals("own");
let world: World;
/** A group of Ann's with Irina, who has said three things, each of them read by Ann. */
let group: string;
let seqs: number[];

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  group = await openGroup(world.ann, world.irina);
  seqs = [];
  for (const body of ["one", "@ann two", "three"]) seqs.push((await say(world.irina, group, body)).staffSeq);
  granted(await markRead(world.ann, { conversationId: group, seq: seqs[2]! }));
  heard.length = 0;
});

const unread = async (agent: Actor, id = group) => (await unreadCounts(agent, [id])).get(id);
const mentions = async (id = group) => (await unreadMentionCounts(world.ann, [id])).get(id);
const from = async (seq: number, agent: Actor = world.ann, conversationId = group) =>
  granted(await markUnread(agent, { conversationId, seq }));

describe("marking unread", () => {
  it("lets everything from there on count again, mentions too, until it is read", async () => {
    await from(seqs[1]!);
    expect([await unread(world.ann), await mentions(), await readSeqOf(world.ann, group)]).toEqual([
      2,
      1,
      seqs[1]! - 1,
    ]);
    await say(world.irina, group);
    expect(await unread(world.ann)).toBe(3);
    granted(await markRead(world.ann, { conversationId: group, seq: seqs[0]! }));
    expect(await unread(world.ann)).toBe(3);
    granted(await markRead(world.ann, { conversationId: group, seq: seqs[2]! }));
    expect([await unread(world.ann), await mentions()]).toEqual([1, 0]);
  });

  it("is nobody else's to know: what others see of the reading stays, and nothing is told", async () => {
    const { id } = (await begin(world.hannah)).conversation;
    const { customerSeq } = await say(world.ann, id);
    const seen = async () => (await seenSeqs(world.workspaceId, [id], "customer")).get(id);
    const before = await seen();
    heard.length = 0;
    await from(1, world.ann, id);
    expect([await unread(world.ann, id), await seen(), before]).toEqual([1, customerSeq, customerSeq]);
    expect(heard).toEqual([]);
    expect(await unread(world.irina)).toBe(0);
  });

  it("is told to their own windows, as reading is", async () => {
    const own = () => heardOfOwn.splice(0).map(({ to, payload }) => [to, payload]);
    own();
    await from(seqs[0]!);
    expect(own()).toEqual([[world.ann.agentId, { what: "unread" }]]);
    for (const seq of [seqs[2]!, seqs[2]!]) granted(await markRead(world.ann, { conversationId: group, seq }));
    expect(own()).toEqual([[world.ann.agentId, { what: "read", seq: seqs[2] }]]);
    granted(await setAttention(world.ann, { conversationId: group, isStarred: true }));
    expect(own()).toEqual([[world.ann.agentId, { what: "attention" }]]);
  });

  it("of what was never read changes nothing, and ends where one answers a customer or comes back", async () => {
    await from(seqs[0]!, world.irina);
    expect(await unread(world.irina)).toBe(0);
    const { id } = (await begin(world.hannah)).conversation;
    await from(1, world.ann, id);
    await say(world.ann, id);
    expect(await unread(world.ann, id)).toBe(0);
    await from(seqs[0]!);
    const other = await openGroup(world.irina, world.ann);
    const { staffSeq } = await say(world.irina, other);
    await from(staffSeq, world.ann, other);
    await takeOut(world.irina, other, world.ann);
    await letIn(world.irina, other, world.ann);
    expect(await unread(world.ann, other)).toBe(0);
  });

  it.each<[string, () => Promise<string>]>([
    ["customer", () => refusal(world.hannah)],
    ["who may only ask", () => refusal({ ...world.ann, mayWrite: false })],
    ["colleague who does not see it", () => refusal(world.ben)],
    ["intruder", () => refusal(world.intruder)],
    ["number before the first", () => refusal(world.ann, 0)],
    ["number that is not there yet", () => refusal(world.ann, seqs[2]! + 1)],
  ])("is refused to a %s", async (who, asked) => {
    const reason = who.includes("number")
      ? "seq_invalid seq"
      : /customer|only ask/.test(who)
        ? "not_permitted"
        : "conversation_not_found conversationId";
    expect(await asked()).toBe(reason);
  });

  const refusal = (actor: Actor, seq = seqs[0]!) => refusalOf(() => markUnread(actor, { conversationId: group, seq }));
});

describe("what a member wants to be told", () => {
  const attention = async (agent: AgentActor, id = group) => (await findAttention(agent, [id])).get(id);

  it("is all of it, until they choose, and is theirs alone", async () => {
    expect(await attention(world.ann)).toEqual({ level: "all", isStarred: false });
    granted(await setAttention(world.ann, { conversationId: group, level: "mentions" }));
    granted(await setAttention(world.ann, { conversationId: group, isStarred: true }));
    expect(await attention(world.ann)).toEqual({ level: "mentions", isStarred: true });
    expect(await attention(world.irina)).toEqual({ level: "all", isStarred: false });
  });

  it("leaves mentions in a muted room listed, and counts them no more", async () => {
    await from(seqs[0]!);
    const before = await countUnreadMentions(world.ann);
    granted(await setAttention(world.ann, { conversationId: group, level: "none" }));
    expect(await countUnreadMentions(world.ann)).toBe(before - 1);
    const found = await findMentionsOf(world.ann, { limit: 1, inverted: false });
    expect(found).toMatchObject([{ isUnread: true, isMuted: true }]);
  });

  it("goes when they leave", async () => {
    const channel = await openChannel(world.irina);
    await join(world.ann, channel);
    granted(await setAttention(world.ann, { conversationId: channel, level: "none", isStarred: true }));
    await takeOut(world.irina, channel, world.ann);
    await join(world.ann, channel);
    expect(await attention(world.ann, channel)).toEqual({ level: "all", isStarred: false });
  });

  it("is refused to who is no member, and of a conversation with a customer", async () => {
    const { id } = (await begin(world.hannah)).conversation;
    const refused = (actor: Actor, conversationId = group) =>
      refusalOf(() => setAttention(actor, { conversationId, level: "none" }));
    expect(await refused(world.ann, id)).toBe("conversation_not_found conversationId");
    expect(await refused(world.ann, "none")).toBe("conversation_not_found conversationId");
    for (const actor of [world.ben, world.intruder])
      expect(await refused(actor)).toBe("conversation_not_found conversationId");
    for (const actor of [world.hannah, { ...world.ann, mayWrite: false }])
      expect(await refused(actor)).toBe("not_permitted");
  });
});

describe("who has read a message", () => {
  it("is everyone there but its author whose mark has passed it, also when they have marked it unread again", async () => {
    await letIn(world.ann, group, world.ben);
    const message = await say(world.irina, group);
    const seen = async () => {
      const { agents, count } = (await findSeen(world.workspaceId, [message.id])).get(message.id) ?? {
        agents: [],
        count: 0,
      };
      return [agents.map(({ name }) => name), count];
    };
    expect(await seen()).toEqual([[], 0]);
    for (const agent of [world.ben, world.ann, world.irina])
      granted(await markRead(agent, { conversationId: group, seq: message.staffSeq }));
    await from(seqs[0]!);
    expect(await seen()).toEqual([["Ann Lind", "Ben Okoro"], 2]);
    await takeOut(world.ann, group, world.ben);
    expect(await seen()).toEqual([["Ann Lind"], 1]);
  });
});
