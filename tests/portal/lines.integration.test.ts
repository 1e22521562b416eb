import { beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { readRoomLines } from "../../portal/conversation/room-lines.ts";
import { openWorld } from "../support/open-world.ts";
import { openGroup } from "../support/rooms.ts";
import type { World } from "../support/world.ts";

const MESSAGES = 20_000;

let world: World;
let conversationId: string;

/** A room in which much was said, all of it before somebody came. */
beforeAll(async () => {
  world = await openWorld();
  conversationId = await openGroup(world.ann);
  await sql`
    INSERT INTO event (position, workspace_id, type, version, audience, space_id, conversation_id, staff_seq, payload, occurred_at)
    SELECT -place, ${world.workspaceId}, CASE place WHEN 1 THEN 'member.changed' ELSE 'message.sent' END, 1, 'staff', space_id,
      id, ${MESSAGES + 2} - place, ${JSON.stringify({ by: { kind: "agent", id: world.ann.agentId }, agentId: world.irina.agentId, from: null, to: "member" })}::jsonb, now()
    FROM conversation, generate_series(1, ${MESSAGES}::int) AS place WHERE id = ${conversationId}`;
  await sql`ANALYZE event`;
}, 60_000);

describe("the lines between a room's messages", () => {
  it("are those of its last page alone", async () => {
    const found = await readRoomLines(world.workspaceId, { id: conversationId, from: MESSAGES - 50, before: null });
    expect(found).toMatchObject([{ kind: "member", seq: MESSAGES + 1, who: { id: world.irina.agentId } }]);
  });

  it("are read without the events of its messages", async () => {
    const [row] = await sql<{ "QUERY PLAN": unknown }>`
      EXPLAIN (FORMAT JSON) SELECT staff_seq FROM event
      WHERE workspace_id = ${world.workspaceId} AND conversation_id = ${conversationId}
        AND type IN ('conversation.started', 'member.changed', 'room.changed') AND staff_seq > 0
      ORDER BY staff_seq DESC LIMIT 200`;
    expect(JSON.stringify(row)).toContain('"event_line"');
  });
});
