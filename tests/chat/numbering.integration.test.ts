import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { eventually } from "../support/eventually.ts";
import { openWorld } from "../support/open-world.ts";
import { begin, note, say } from "../support/story.ts";
import type { World } from "../support/world.ts";

let world: World & { databaseUrl: string };

beforeAll(async () => {
  world = await openWorld();
});

describe("fifty senders at once", () => {
  it("get dense numbers on both sides, in one order", async () => {
    const { conversation } = await begin(world.hannah);
    const { id } = conversation;
    const writers = [world.irina, world.hannah, world.ann];
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        index % 3 === 0 ? note(world.ann, id, `note ${index}`) : say(writers[index % 3]!, id, `message ${index}`),
      ),
    );
    const rows = await sql<{ staff: number; customer: number | null }>`
      SELECT staff_seq AS staff, customer_seq AS customer FROM outbox WHERE conversation_id = ${id} ORDER BY id`;
    // The beginning, its first message, the fifty, and whose it became.
    expect(rows.map((row) => row.staff)).toEqual(Array.from({ length: 53 }, (_, index) => index + 1));
    const shared = rows.map((row) => row.customer).filter((seq) => seq !== null);
    expect(shared).toEqual(Array.from({ length: 52 - 17 }, (_, index) => index + 1));
    const counters = await sql`SELECT staff_seq AS staff, customer_seq AS customer FROM conversation WHERE id = ${id}`;
    expect(counters).toEqual([{ staff: 53, customer: 35 }]);
  });
});

describe("a message sent while another process sends", () => {
  it("takes the number after it", async () => {
    const { conversation } = await begin(world.hannah);
    const other = new pg.Client({ connectionString: world.databaseUrl });
    await other.connect();
    await other.query("BEGIN");
    await other.query(
      "UPDATE conversation SET staff_seq = staff_seq + 1, customer_seq = customer_seq + 1 WHERE id = $1",
      [conversation.id],
    );
    const sent = say(world.ann, conversation.id, "I wait.");
    await eventually(async () => (await sql`SELECT FROM pg_locks WHERE NOT granted`).length > 0);
    await other.query("COMMIT");
    await other.end();
    expect(await sent).toMatchObject({ staffSeq: 4, customerSeq: 4 });
  });
});
