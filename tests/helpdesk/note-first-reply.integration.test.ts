import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noteFirstReply } from "../../api/helpdesk/listeners.ts";
import { sql } from "../../api/kernel/database.ts";
import { hearBatch } from "../../api/kernel/log/listener.ts";
import { startSequencer } from "../../api/kernel/log/sequencer.ts";
import { eventually } from "../support/eventually.ts";
import { begin, note, say } from "../support/story.ts";
import { openWorld } from "../support/open-world.ts";
import type { World } from "../support/world.ts";

let world: World;
let sequencer: { stop: () => Promise<void> };

beforeAll(async () => {
  const opened = await openWorld();
  world = opened;
  sequencer = startSequencer(opened.databaseUrl);
});
afterAll(() => sequencer.stop());

/** Lets the listener hear all that was said, and tells what the ticket knows then. */
async function firstReplyAt(id: string): Promise<Date | null> {
  await eventually(async () => (await sql`SELECT FROM outbox LIMIT 1`).length === 0);
  await hearBatch(noteFirstReply, 0);
  const [ticket] = await sql<{
    at: Date | null;
  }>`SELECT first_reply_at AS at FROM ticket WHERE conversation_id = ${id}`;
  return ticket!.at;
}

describe("the first reply", () => {
  it("is an agent's first message that the customer could see, and stays so", async () => {
    const { conversation } = await begin(world.hannah);
    await note(world.ann, conversation.id);
    await say(world.hannah, conversation.id);
    expect(await firstReplyAt(conversation.id)).toBeNull();
    const reply = await say(world.ann, conversation.id);
    expect(await firstReplyAt(conversation.id)).toEqual(reply.sentAt);
    await say(world.irina, conversation.id);
    expect(await firstReplyAt(conversation.id)).toEqual(reply.sentAt);
  });
});
