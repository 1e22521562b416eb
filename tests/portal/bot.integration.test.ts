import { beforeAll, describe, expect, it } from "vitest";
import { replyAsBot } from "../../api/chat/actions/reply-as-bot.ts";
import { findConversation } from "../../api/chat/queries.ts";
import { readEntries, readThread } from "../../portal/conversation/queries.ts";
import { threadEntry } from "../../portal/conversation/entry.ts";
import { readRows } from "../../portal/inbox/queries.ts";
import { conversationRow } from "../../portal/inbox/row.ts";
import { sharedReader } from "../../portal/reader.ts";
import { readRoomLinks } from "../../portal/room/queries.ts";
import { sql } from "../../api/kernel/database.ts";
import { openWorld } from "../support/open-world.ts";
import { openGroup } from "../support/rooms.ts";
import { begin, note, say } from "../support/story.ts";
import { newKey, openProject, openTask } from "../support/tasks.ts";
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

  it("leads to the tasks that were made there and that it names, and to no others", async () => {
    const { conversation, message } = await begin(world.hannah);
    const [here, apart] = [await openGroup(world.ann), await openGroup(world.ann)];
    const key = newKey();
    const projectId = await openProject(world.ann, { key });
    const sources = [message.id, (await note(world.ann, here)).id, (await note(world.ann, apart)).id];
    const ids = [];
    for (const sourceMessageId of sources) ids.push(await openTask(world.ann, projectId, { sourceMessageId }));
    const linked = async (id: string, body: string) => {
      await replyAsBot(await note(world.ann, id), body);
      const [entry] = await readEntries(world.workspaceId, [await lastIn(id)]);
      const { entries } = await readThread((await findConversation(world.ann, id))!, null);
      const [line, inThread] = [entry!, entries.at(-1)!].map((one) => String(threadEntry(one, sharedReader("en"))));
      expect(line).toBe(inThread);
      return [...line!.matchAll(/<a href="([^"]*)">([^<]*)/g)].map(([, to, said]) => [to, said]);
    };
    const said = `${key}-1 is made: as ${key}-2, ${key}-3, X${key}-1, ${key}-11 and UTF-8`;
    expect(await linked(conversation.id, said)).toEqual([[`/portal/conversations/${ids[0]}`, `${key}-1`]]);
    expect(await linked(here, `- ${said}\n- **${key}-2**`)).toEqual([
      [`/portal/conversations/${ids[1]}`, `${key}-2`],
      [`/portal/conversations/${ids[1]}`, `${key}-2`],
    ]);
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
