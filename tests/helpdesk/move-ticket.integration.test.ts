import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { moveTicket } from "../../api/helpdesk/actions/move-ticket.ts";
import { MOVES, type Move, moveFrom } from "../../api/helpdesk/ticket.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import type { TicketStatus } from "../../prisma/generated/client/client.ts";
import { takeStock } from "../support/rows.ts";
import { begin, move, say, granted } from "../support/story.ts";
import { openWorld } from "../support/open-world.ts";
import type { World } from "../support/world.ts";

const statuses = ["open", "pending", "resolved", "closed"] as const;
const moves = (Object.keys(MOVES) as (keyof typeof MOVES)[]).filter((made): made is Move => MOVES[made].by === "agent");
/** How an agent brings a fresh ticket to each status. */
const ways: Record<TicketStatus, Move[]> = { open: [], pending: ["wait"], resolved: ["resolve"], closed: ["close"] };
let world: World;

beforeAll(async () => {
  world = await openWorld();
});

type State = { status: TicketStatus; staff: number; customer: number; isClosed: boolean; events: number };

async function stateOf(id: string): Promise<State> {
  const [state] = await sql<State>`
    SELECT ticket.status, staff_seq AS staff, customer_seq AS customer, closed_at IS NOT NULL AS "isClosed",
           (SELECT count(*) FROM outbox WHERE conversation_id = ${id} AND type = 'ticket.moved') AS events
    FROM conversation JOIN ticket ON ticket.conversation_id = conversation.id WHERE conversation.id = ${id}`;
  return state!;
}

async function ticketIn(status: TicketStatus): Promise<string> {
  const { conversation } = await begin(world.hannah);
  for (const made of ways[status]) await move(world.ann, conversation.id, made);
  return conversation.id;
}

async function refusalOf(actor: Actor, conversationId: string) {
  await sql`DELETE FROM outbox`;
  const before = await takeStock();
  const outcome = await moveTicket(actor, { conversationId, move: "resolve" });
  expect(await takeStock()).toEqual(before);
  return outcome.ok ? "not refused" : outcome.refusal;
}

describe("moving a ticket", () => {
  const cases = statuses.flatMap((from) => moves.map((made) => ({ from, made, leads: moveFrom(from, made) })));

  it.each(cases.filter(({ leads }) => leads === "illegal"))(
    "from $from by $made is refused",
    async ({ from, made }) => {
      const id = await ticketIn(from);
      const before = await stateOf(id);
      expect(await moveTicket(world.ann, { conversationId: id, move: made })).toEqual({
        ...{ ok: false, refusal: "illegal_move", path: ["input", "conversationId"] },
      });
      expect(await stateOf(id)).toEqual(before);
    },
  );

  it.each(cases.filter(({ leads }) => leads === "same"))(
    "from $from by $made is done already and takes no number",
    async (one) => {
      const id = await ticketIn(one.from);
      const before = await stateOf(id);
      expect(granted(await moveTicket(world.ann, { conversationId: id, move: one.made })).status).toBe(one.from);
      expect(await stateOf(id)).toEqual(before);
    },
  );

  it.each(cases.filter(({ leads }) => !["same", "illegal"].includes(leads)))(
    "from $from by $made leads to $leads",
    async (one) => {
      const id = await ticketIn(one.from);
      const before = await stateOf(id);
      await move(world.ann, id, one.made);
      const { staff, customer, events } = before;
      expect(await stateOf(id)).toEqual({
        ...{ status: one.leads, isClosed: one.leads === "closed" },
        ...{ staff: staff + 1, customer: customer + 1, events: events + 1 },
      });
      const [event] = await sql<{ payload: object }>`SELECT payload FROM outbox ORDER BY id DESC LIMIT 1`;
      expect(event!.payload).toEqual({ from: one.from, to: one.leads, by: { kind: "agent", id: world.ann.agentId } });
    },
  );

  it("keeps to the table over any walk, with the customer writing in between, and counts every event once", async () => {
    const step = fc.constantFrom<Move | "answer">(...moves, "answer");
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (walk) => {
        const id = await ticketIn("open");
        let status: TicketStatus = "open";
        let seq = 2;
        for (const made of walk) {
          const to = moveFrom(status, made);
          if (made === "answer") seq += await answer(id, status);
          else await moveTicket(world.ann, { conversationId: id, move: made });
          if (to === "same" || to === "illegal") continue;
          status = to;
          seq++;
        }
        expect(await stateOf(id)).toMatchObject({ status, staff: seq, customer: seq, isClosed: status === "closed" });
      }),
      { numRuns: 25 },
    );
  });

  it("by two at once moves it once", async () => {
    const id = await ticketIn("open");
    await Promise.all([world.ann, world.irina, world.ann].map((agent) => move(agent, id, "resolve")));
    expect(await stateOf(id)).toMatchObject({ status: "resolved", staff: 3, events: 1 });
  });

  it("does not bring the conversation to the top of lists", async () => {
    const id = await ticketIn("open");
    const activity = () => sql`SELECT staff_activity_at, customer_activity_at FROM conversation WHERE id = ${id}`;
    const before = await activity();
    await move(world.ann, id, "resolve");
    expect(await activity()).toEqual(before);
  });

  it("is refused to a customer, in their own conversation too", async () => {
    expect(await refusalOf(world.hannah, await ticketIn("open"))).toBe("not_permitted");
  });

  it("is refused to an agent whose token may only read", async () => {
    expect(await refusalOf({ ...world.ann, mayWrite: false }, await ticketIn("open"))).toBe("not_permitted");
  });

  it("is refused to an agent of another space", async () => {
    expect(await refusalOf(world.ben, await ticketIn("open"))).toBe("conversation_not_found");
  });

  it("is refused to an agent of another workspace", async () => {
    expect(await refusalOf(world.intruder, await ticketIn("open"))).toBe("conversation_not_found");
  });

  it("is refused for a conversation that is not there", async () => {
    expect(await refusalOf(world.ann, newId())).toBe("conversation_not_found");
    expect(await refusalOf(world.ann, "none")).toBe("conversation_not_found");
  });
});

/** The customer writes, which a closed conversation refuses; answers how many numbers the message took. */
async function answer(conversationId: string, status: TicketStatus): Promise<number> {
  if (status !== "closed") {
    await say(world.hannah, conversationId);
    return 1;
  }
  await expect(say(world.hannah, conversationId)).rejects.toThrow("conversation_closed");
  return 0;
}
