import { beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { openWorld } from "../support/open-world.ts";
import { type Explained, looked } from "../support/plans.ts";
import { openGroup } from "../support/rooms.ts";
import { reply, say } from "../support/story.ts";
import type { World } from "../support/world.ts";

const REPLIES = 20_000;

let world: World;
let conversationId: string;
let threadId: string;

/** A room where one thread has run away: its replies stand between what was said before and after. */
beforeAll(async () => {
  world = await openWorld();
  conversationId = await openGroup(world.ann);
  for (let said = 0; said < 30; said++) await say(world.ann, conversationId);
  const root = await say(world.ann, conversationId);
  threadId = root.id;
  const { staffSeq } = await reply(world.ann, root);
  await sql`
    INSERT INTO message (workspace_id, id, conversation_id, staff_seq, agent_id, visibility, body, client_id, sent_at, thread_id)
    SELECT ${world.workspaceId}, gen_random_uuid(), ${conversationId}, ${staffSeq} + place, ${world.ann.agentId}, 'staff', 'On',
      'reply-' || place, now(), ${threadId} FROM generate_series(1, ${REPLIES}::int) AS place`;
  await sql`UPDATE conversation SET staff_seq = staff_seq + ${REPLIES} WHERE id = ${conversationId}`;
  for (let said = 0; said < 30; said++) await say(world.ann, conversationId);
  await sql`ANALYZE message`;
}, 60_000);

const lines = [
  // As Prisma asks: its statements have no name, so that each is planned with its values.
  [
    "the conversation",
    "message_main_line",
    () => sql`
      EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM message
      WHERE workspace_id = ${world.workspaceId} AND conversation_id = ${conversationId} AND (thread_id IS NULL OR is_broadcast)
        AND staff_seq > 0 ORDER BY staff_seq DESC LIMIT 50`,
  ],
  [
    "the thread",
    "message_thread_line",
    () => sql`
      EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM message
      WHERE workspace_id = ${world.workspaceId} AND thread_id = ${threadId} AND staff_seq > 0 ORDER BY staff_seq LIMIT 50`,
  ],
] as const;

describe("a page of 50 messages", () => {
  it.each(lines)(
    "of %s is one range of its index, however many replies stand between",
    async (_line, index, explain) => {
      expect(looked((await explain()) as Explained)).toEqual([{ by: index, rows: 50 }]);
    },
  );
});
