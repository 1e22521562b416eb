import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { updateProfile } from "../../api/people/actions/update-profile.ts";
import {
  countUnreadMentions,
  findMentions,
  findMentionsOf,
  unreadMentionCounts,
} from "../../api/chat/mention-queries.ts";
import { createRoom } from "../../api/chat/actions/create-room.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openWorld } from "../support/open-world.ts";
import { directOf, join, letIn, openChannel, openGroup, takeOut } from "../support/rooms.ts";
import { begin, granted, note, say } from "../support/story.ts";
import type { World } from "../support/world.ts";

let world: World;
/** A group of Ann's with Irina. */
let group: string;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await sql`DELETE FROM mention`;
  group = await openGroup(world.ann, world.irina);
});

const mentioned = async ({ workspaceId, id }: { workspaceId: string; id: string }) =>
  ((await findMentions(workspaceId, [id])).get(id) ?? []).map(({ handle, targetId }) => [handle, targetId]);
const bodies = async (agent: AgentActor) => {
  const found = await findMentionsOf(agent, { limit: 50, inverted: false });
  const rows = await sql<{ id: string; body: string }>`SELECT id, body FROM message`;
  return found.map(({ messageId }) => rows.find(({ id }) => id === messageId)!.body);
};
const unreadIn = async (agent: AgentActor, id: string) => (await unreadMentionCounts(agent, [id])).get(id);

describe("whom a message mentions", () => {
  it("is each colleague who sees it, once, by their handle", async () => {
    const message = await say(world.ann, group, "@ИРИНА, @ann and again @ирина: `@ann`");
    expect(await mentioned(message)).toEqual([
      ["ann", world.ann.agentId],
      ["ирина", world.irina.agentId],
    ]);
  });

  it("is nobody who does not see it, is shut out, or is of another workspace", async () => {
    expect(await mentioned(await say(world.irina, group, "@ben, are you there?"))).toEqual([]);
    await letIn(world.ann, group, world.ben);
    await sql`UPDATE agent SET disabled_at = now() WHERE id = ${world.ben.agentId}`;
    expect(await mentioned(await say(world.irina, group, "@ben, are you there?"))).toEqual([]);
    await sql`UPDATE agent SET disabled_at = NULL WHERE id = ${world.ben.agentId}`;
    expect(await mentioned(await say(world.irina, group, "@ben @ann"))).toEqual([
      ["ann", world.ann.agentId],
      ["ben", world.ben.agentId],
    ]);
  });

  it("is nobody where a customer reads, and a colleague in a note", async () => {
    const { id: conversationId } = (await begin(world.hannah, "@ann, hello")).conversation;
    const answer = await say(world.irina, conversationId, "@ann is away");
    const aside = await note(world.irina, conversationId, "@ann, what now? @here");
    expect(await mentioned(answer)).toEqual([]);
    expect(await mentioned(aside)).toEqual([["ann", world.ann.agentId]]);
    expect(await sql`SELECT FROM mention`).toHaveLength(1);
  });

  it("stays who it was when they take another handle, and their old one is free", async () => {
    const before = await say(world.ann, group, "@ирина");
    granted(await updateProfile(world.irina, { handle: "irina" }));
    const after = await say(world.ann, group, "@ирина and @irina");
    granted(await updateProfile(world.irina, { handle: "ирина" }));
    expect(await mentioned(before)).toEqual([["ирина", world.irina.agentId]]);
    expect(await mentioned(after)).toEqual([["irina", world.irina.agentId]]);
  });

  it("is kept once when it is sent again, and of fifty handles the first", async () => {
    const draft = { conversationId: group, clientId: newId(), body: "@ирина", visibility: "everyone" as const };
    const [first] = [granted(await sendMessage(world.ann, draft)), granted(await sendMessage(world.ann, draft))];
    expect(await mentioned(first!)).toHaveLength(1);
    const many = Array.from({ length: 50 }, (_, nth) => `@a${nth}`).join(" ");
    expect(await mentioned(await say(world.ann, group, `${many} @ирина`))).toEqual([]);
    expect(await mentioned(await say(world.ann, group, `@ирина ${many}`))).toHaveLength(1);
  });
});

describe("@here", () => {
  const meansAll = async (agent: AgentActor, id: string) => {
    const found = await mentioned(await say(agent, id, "@here: lunch"));
    return found.length === 1 && found[0]![0] === "here" && found[0]![1] === id;
  };

  it("means everyone in a group and in direct messages, whoever writes it", async () => {
    expect(await meansAll(world.irina, group)).toBe(true);
    expect(await meansAll(world.irina, await directOf(world.irina, world.ann))).toBe(true);
  });

  it("means them in a channel where its owner or an administrator writes it, and is a word elsewhere", async () => {
    const channel = await openChannel(world.irina);
    await join(world.ann, channel);
    await join(world.ben, channel);
    expect(await meansAll(world.irina, channel)).toBe(true);
    expect(await meansAll(world.ann, channel)).toBe(true);
    expect(await meansAll(world.ben, channel)).toBe(false);
  });

  it("is one row, however many are there, and counts for all but its author", async () => {
    await say(world.irina, group, "@here, @here");
    expect(await sql`SELECT FROM mention`).toHaveLength(1);
    expect(await unreadIn(world.ann, group)).toBe(1);
    expect(await unreadIn(world.irina, group)).toBe(0);
  });
});

describe("mentions of oneself", () => {
  it("are counted until they are read, by the conversation and in all", async () => {
    const ann = await openGroup(world.irina, world.ann);
    const first = await say(world.irina, ann, "@ann one");
    await say(world.irina, ann, "and nobody");
    await say(world.irina, ann, "@ann @here three");
    await say(world.irina, group, "@ann four");
    expect([await unreadIn(world.ann, ann), await unreadIn(world.ann, group)]).toEqual([2, 1]);
    expect(await countUnreadMentions(world.ann)).toBe(3);
    granted(await markRead(world.ann, { conversationId: ann, seq: first.staffSeq }));
    expect(await countUnreadMentions(world.ann)).toBe(2);
    granted(await markRead(world.ann, { conversationId: ann, seq: first.staffSeq + 2 }));
    expect([await unreadIn(world.ann, ann), await countUnreadMentions(world.ann)]).toEqual([0, 1]);
  });

  it("are counted by messages, however often each names one", async () => {
    for (let nth = 0; nth < 60; nth++) await say(world.irina, group, "@ann, @here");
    expect([await unreadIn(world.ann, group), await countUnreadMentions(world.ann)]).toEqual([60, 60]);
  });

  it("are none that one writes oneself", async () => {
    await say(world.ann, group, "@ann, remember @here");
    expect([await countUnreadMentions(world.ann), await bodies(world.ann)]).toEqual([0, []]);
    expect(await bodies(world.irina)).toEqual(["@ann, remember @here"]);
  });

  it("come newest first, page by page from either end", async () => {
    const texts = Array.from({ length: 5 }, (_, nth) => `@ann ${nth}${nth % 2 ? " @here" : ""}`);
    for (const [nth, text] of texts.entries())
      await say(world.irina, nth % 2 ? group : await directOf(world.irina, world.ann), text);
    expect(await bodies(world.ann)).toEqual(texts.toReversed());
    const all = await findMentionsOf(world.ann, { limit: 50, inverted: false });
    const [first, , third, , last] = all.map(({ messageId }) => messageId);
    const page = async (asked: object) =>
      (await findMentionsOf(world.ann, { limit: 2, inverted: false, ...asked })).map(({ messageId }) => messageId);
    expect(await page({})).toEqual(all.slice(0, 2).map(({ messageId }) => messageId));
    expect(await page({ after: third })).toEqual(all.slice(3).map(({ messageId }) => messageId));
    expect(await page({ after: first, before: last })).toEqual(all.slice(1, 3).map(({ messageId }) => messageId));
    expect(await page({ before: third, inverted: true })).toEqual(
      all
        .slice(0, 2)
        .map(({ messageId }) => messageId)
        .toReversed(),
    );
  });

  it("are found behind however many of one's own, from either end", async () => {
    const own = async () => {
      for (let nth = 0; nth < 30; nth++) await say(world.ann, group, "@here");
    };
    await say(world.irina, group, "@ann one");
    await own();
    await say(world.irina, await openGroup(world.irina, world.ann), "@here two");
    await own();
    expect(await bodies(world.ann)).toEqual(["@here two", "@ann one"]);
    const [newest, oldest] = await findMentionsOf(world.ann, { limit: 2, inverted: false });
    expect(await findMentionsOf(world.ann, { limit: 1, inverted: false })).toEqual([newest]);
    expect(await findMentionsOf(world.ann, { limit: 2, inverted: true })).toEqual([oldest, newest]);
  });

  it("are of all one's rooms, however many there are of each", async () => {
    const rooms = [group, await openGroup(world.irina, world.ann), await openGroup(world.irina, world.ann)];
    for (let nth = 0; nth < 36; nth++) await say(world.irina, rooms[nth < 20 ? 0 : nth % 3]!, `@here ${nth}`);
    const newest = Array.from({ length: 36 }, (_, nth) => `@here ${35 - nth}`);
    expect(await bodies(world.ann)).toEqual(newest);
    expect(await findMentionsOf(world.ann, { limit: 1, inverted: false })).toHaveLength(1);
    const page = await findMentionsOf(world.ann, { limit: 25, inverted: false });
    const all = await findMentionsOf(world.ann, { limit: 50, inverted: false });
    expect(page).toEqual(all.slice(0, 25));
  });

  it("are gone with the conversation, and there again with it", async () => {
    const theirs = await openGroup(world.irina, world.ann, world.ben);
    await say(world.irina, theirs, "@ann @here");
    expect(await countUnreadMentions(world.ann)).toBe(1);
    await takeOut(world.irina, theirs, world.ann);
    expect([await countUnreadMentions(world.ann), await bodies(world.ann)]).toEqual([0, []]);
    await letIn(world.irina, theirs, world.ann);
    expect(await bodies(world.ann)).toEqual(["@ann @here"]);
  });

  it("are nobody's in another workspace, where the same handle is somebody's", async () => {
    const id = granted(
      await createRoom(world.intruder, { clientId: newId(), kind: "group", name: "Plans" }),
    ).conversationId;
    await say(world.intruder, id, "@ann");
    await say(world.irina, group, "@ann");
    expect([await countUnreadMentions(world.ann), await countUnreadMentions(world.intruder)]).toEqual([1, 0]);
  });
});
