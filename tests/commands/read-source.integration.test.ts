import { beforeAll, describe, expect, it } from "vitest";
import { readSource } from "../../api/commands/read-source.ts";
import { type Sql, sql } from "../../api/kernel/database.ts";
import { remove } from "../support/acts.ts";
import { openWorld } from "../support/open-world.ts";
import { type Explained, looked } from "../support/plans.ts";
import { begin } from "../support/story.ts";
import type { World } from "../support/world.ts";

const ANSWERS = 5_000;

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

/** A conversation that the customer began, and where the team alone has spoken since. */
async function beginMonologue() {
  const { conversation, message } = await begin(world.hannah);
  await sql`
    INSERT INTO message (workspace_id, id, conversation_id, staff_seq, customer_seq, agent_id, visibility, body, client_id, sent_at)
    SELECT workspace_id, gen_random_uuid(), id, staff_seq + place, customer_seq + place, ${world.ann.agentId}, 'everyone', 'On',
      'answer-' || place, now() FROM conversation, generate_series(1, ${ANSWERS}::int) AS place WHERE id = ${conversation.id}`;
  await sql`
    UPDATE conversation SET staff_seq = staff_seq + ${ANSWERS}, customer_seq = customer_seq + ${ANSWERS} WHERE id = ${conversation.id}`;
  await sql`ANALYZE message`;
  return { conversationId: conversation.id, message };
}

/** The source that a command there has, and what its statement took from the table. */
async function readFrom(conversationId: string) {
  const place = { actor: world.ann, kind: "support", conversationId, messageId: null } as const;
  let explained: Explained = [];
  const explain: Sql = async (strings, ...values) => {
    const [first, ...rest] = strings;
    const parts = [`EXPLAIN (ANALYZE, FORMAT JSON) ${first}`, ...rest];
    explained = await sql(Object.assign(parts, { raw: parts }), ...values);
    return [];
  };
  await readSource({ ...place, sql: explain });
  return { source: await readSource({ ...place, sql }), took: looked(explained) };
}

describe("the source of a task", () => {
  it("is one row of an index, however much the team has said since, and none where nothing of the customer's is left", async () => {
    const { conversationId, message } = await beginMonologue();
    expect(await readFrom(conversationId)).toEqual({
      source: { messageId: message.id, isShown: true },
      took: [{ by: "message_of_a_customer", rows: 1 }],
    });
    await remove(world.ann, message);
    expect(await readFrom(conversationId)).toEqual({
      source: { messageId: null, isShown: false },
      took: [{ by: "message_of_a_customer", rows: 0 }],
    });
  });
});
