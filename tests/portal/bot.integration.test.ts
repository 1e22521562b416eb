import { beforeAll, describe, expect, it } from "vitest";
import { replyAsBot } from "../../api/chat/actions/reply-as-bot.ts";
import { readEntries } from "../../portal/conversation/queries.ts";
import { threadEntry } from "../../portal/conversation/entry.ts";
import { readRows } from "../../portal/inbox/queries.ts";
import { conversationRow } from "../../portal/inbox/row.ts";
import { sharedReader } from "../../portal/reader.ts";
import { readRoomLinks } from "../../portal/room/queries.ts";
import { sql } from "../../api/kernel/database.ts";
import { openWorld } from "../support/open-world.ts";
import { openGroup } from "../support/rooms.ts";
import { begin, note, say } from "../support/story.ts";
import type { World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

/** The id of the newest message. */
async function lastIn(id: string): Promise<string> {
  const [last] = await sql<{ id: string }>`
    SELECT id FROM message WHERE conversation_id = ${id} ORDER BY staff_seq DESC LIMIT 1`;
  return last!.id;
}

describe("what the bot says", () => {
  it("stands in the conversation under its name in each language, as a note, with a face of its own", async () => {
    const { conversation } = await begin(world.hannah);
    await replyAsBot(await note(world.ann, conversation.id, "/resolve"), "`/resolve` Resolved.");
    const [entry] = await readEntries(world.workspaceId, [await lastIn(conversation.id)]);
    expect(entry).toMatchObject({ author: { kind: "bot", id: world.workspaceId }, isNote: true, clientId: null });
    for (const [locale, name] of [
      ["en", "Beseda"],
      ["ru", "Беседа"],
    ] as const) {
      const line = String(threadEntry(entry!, sharedReader(locale)));
      expect(line).toContain(`<b><bdi>${name}</bdi></b>`);
      expect(line).toContain("<code>/resolve</code>");
    }
  });

  it("is the last message of its row, under its name", async () => {
    const { conversation } = await begin(world.hannah);
    await replyAsBot(await note(world.ann, conversation.id), "Resolved.");
    const row = (await readRows(world.workspaceId, [conversation.id])).get(conversation.id)!;
    expect(String(conversationRow(row, sharedReader("ru")))).toContain("<bdi>Беседа</bdi>:");
  });

  it("is the last of its room, by which links count", async () => {
    const id = await openGroup(world.ann);
    await replyAsBot(await say(world.ann, id), "Resolved.");
    const link = (await readRoomLinks(world.workspaceId, [id])).get(id)!;
    expect(link.last).toMatchObject({ authorId: world.workspaceId, seq: expect.any(Number) });
  });
});
