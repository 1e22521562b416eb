import { beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { begin, move, note, say } from "../support/story.ts";
import { openWorld } from "../support/open-world.ts";
import type { World } from "../support/world.ts";

let world: World;
let id: string;

beforeAll(async () => {
  world = await openWorld();
});

async function ticketMoved(by: "wait" | "resolve") {
  id = (await begin(world.hannah)).conversation.id;
  await move(world.ann, id, by);
}

const status = async () =>
  (await sql<{ status: string }>`SELECT status FROM ticket WHERE conversation_id = ${id}`)[0]!.status;

describe("a customer's message", () => {
  it.each(["wait", "resolve"] as const)("opens again what staff %sd", async (by) => {
    await ticketMoved(by);
    await say(world.hannah, id);
    expect(await status()).toBe("open");
  });

  it("takes its own number first and the move the next, in the same transaction", async () => {
    await ticketMoved("resolve");
    const message = await say(world.hannah, id);
    const events = await sql<object>`
      SELECT type, staff_seq AS staff, customer_seq AS customer, payload ->> 'from' AS from, payload -> 'by' ->> 'id' AS by
      FROM outbox WHERE conversation_id = ${id} ORDER BY id DESC LIMIT 2`;
    const { staffSeq, customerSeq, sentAt } = message;
    expect(events).toEqual([
      {
        type: "ticket.moved",
        staff: staffSeq + 1,
        customer: customerSeq! + 1,
        from: "resolved",
        by: world.hannah.contactId,
      },
      { type: "message.sent", staff: staffSeq, customer: customerSeq, from: null, by: world.hannah.contactId },
    ]);
    const [{ statusAt }] = (await sql`SELECT status_at AS "statusAt" FROM ticket WHERE conversation_id = ${id}`) as [
      { statusAt: Date },
    ];
    expect(statusAt).toEqual(sentAt);
  });

  it("moves nothing when the ticket is open already", async () => {
    id = (await begin(world.hannah)).conversation.id;
    await say(world.hannah, id);
    const moved = await sql`SELECT FROM outbox WHERE conversation_id = ${id} AND type = 'ticket.moved'`;
    expect(moved).toEqual([]);
  });

  it("many at once open it once", async () => {
    await ticketMoved("resolve");
    await Promise.all(Array.from({ length: 8 }, () => say(world.hannah, id)));
    const [{ opened }] = (await sql`
      SELECT count(*) AS opened FROM outbox
      WHERE conversation_id = ${id} AND type = 'ticket.moved' AND payload ->> 'to' = 'open'`) as [{ opened: number }];
    expect(opened).toBe(1);
  });
});

type Kept = { assigneeId: string | null; at: Date; activityAt: Date; staff: number; customer: number };

async function kept(): Promise<Kept> {
  const [ticket] = await sql<Kept>`
    SELECT assignee_id AS "assigneeId", ticket.staff_activity_at AS at, conversation.staff_activity_at AS "activityAt",
      staff_seq AS staff, customer_seq AS customer
    FROM ticket JOIN conversation ON conversation.id = conversation_id WHERE conversation_id = ${id}`;
  return ticket!;
}

const assignments = () => sql<object>`
  SELECT audience, staff_seq AS staff, customer_seq AS customer, payload FROM outbox
  WHERE conversation_id = ${id} AND type = 'ticket.assigned' ORDER BY staff_seq`;

describe("a message of staff's", () => {
  it("leaves a resolved ticket resolved", async () => {
    await ticketMoved("resolve");
    await say(world.ann, id);
    await note(world.ann, id);
    expect(await status()).toBe("resolved");
  });

  it("that the customer can see makes the ticket its author's, told to staff alone in the next number", async () => {
    id = (await begin(world.hannah)).conversation.id;
    const { staffSeq, customerSeq } = await say(world.irina, id);
    expect(await kept()).toMatchObject({ assigneeId: world.irina.agentId, staff: staffSeq + 1, customer: customerSeq });
    const by = { kind: "agent", id: world.irina.agentId };
    expect(await assignments()).toEqual([
      { audience: "staff", staff: staffSeq + 1, customer: null, payload: { from: null, to: by.id, by } },
    ]);
  });

  it("leaves the ticket with whose it is", async () => {
    id = (await begin(world.hannah)).conversation.id;
    await say(world.irina, id);
    await say(world.ann, id);
    expect((await kept()).assigneeId).toBe(world.irina.agentId);
    expect(await assignments()).toHaveLength(1);
  });

  it("that is a private note leaves it nobody's", async () => {
    id = (await begin(world.hannah)).conversation.id;
    await note(world.ann, id);
    expect((await kept()).assigneeId).toBeNull();
  });

  it("makes it one agent's when many reply at once while the customer writes", async () => {
    await ticketMoved("resolve");
    const writers = [world.irina, world.hannah, world.ann, world.irina, world.hannah, world.ann];
    const said = await Promise.all(writers.map((writer) => say(writer, id)));
    const first = said.filter(({ agentId }) => agentId).sort((one, other) => one.staffSeq - other.staffSeq)[0]!;
    expect(await assignments()).toHaveLength(1);
    expect(await kept()).toMatchObject({ assigneeId: first.agentId, staff: 11, customer: 10 });
    expect(await status()).toBe("open");
  });
});

describe("a message", () => {
  it("of anybody's brings the ticket where its conversation stands in lists", async () => {
    id = (await begin(world.hannah)).conversation.id;
    for (const write of [say, say, note] as const) {
      const { sentAt } = await write(world.ann, id);
      expect(await kept()).toMatchObject({ at: sentAt, activityAt: sentAt });
    }
    await Promise.all(Array.from({ length: 8 }, () => say(world.hannah, id)));
    const { at, activityAt } = await kept();
    expect(at).toEqual(activityAt);
  });
});
