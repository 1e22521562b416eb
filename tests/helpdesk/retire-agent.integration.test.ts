import pg from "pg";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assignTicket } from "../../api/helpdesk/actions/assign-ticket.ts";
import { removeInboxMember } from "../../api/helpdesk/actions/remove-inbox-member.ts";
import { retireAgent } from "../../api/helpdesk/actions/retire-agent.ts";
import type { Move } from "../../api/helpdesk/ticket.ts";
import type { AgentActor, VisitorActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { eventually } from "../support/eventually.ts";
import { openWorld } from "../support/open-world.ts";
import { takeStock } from "../support/rows.ts";
import { begin, granted, move, say } from "../support/story.ts";
import { addDora } from "../support/two-spaces.ts";
import { addVisitor, type World } from "../support/world.ts";

let world: World & { databaseUrl: string };
let otto: VisitorActor;
/** Answers at the shop and at the wholesale; a new one for each test. */
let dora: AgentActor;

beforeAll(async () => {
  world = await openWorld();
  otto = await addVisitor(world.wholesale, "Otto");
});
beforeEach(async () => {
  dora = await addDora(world);
});

/** A ticket of Dora's, moved so. */
async function held(visitor: VisitorActor, moved?: Move): Promise<string> {
  const { conversation } = await begin(visitor);
  granted(await assignTicket(dora, { conversationId: conversation.id, assigneeId: dora.agentId }));
  if (moved) await move(dora, conversation.id, moved);
  return conversation.id;
}

async function holderOf(id: string): Promise<string | null> {
  const [ticket] = await sql<{ holder: string | null }>`
    SELECT assignee_id AS holder FROM ticket WHERE conversation_id = ${id}`;
  return ticket!.holder;
}

const holdersOf = (ids: string[]) => Promise.all(ids.map(holderOf));

type Told = { type: string; customer: number | null; payload: object };

/** What was recorded after a number of the staff's. */
const eventsAfter = (id: string, staffSeq: number) => sql<Told>`
  SELECT type, customer_seq AS customer, payload FROM outbox
  WHERE conversation_id = ${id} AND staff_seq > ${staffSeq} ORDER BY staff_seq`;

/** What was recorded last. */
const lastOf = async (id: string) => (await eventsAfter(id, 0)).at(-1)!;

describe("shutting an agent out", () => {
  it("makes their open and waiting tickets nobody's, in every inbox; what has come to an end stays theirs", async () => {
    const free = [await held(world.hannah), await held(world.hannah, "wait"), await held(otto)];
    const kept = [await held(world.hannah, "resolve"), await held(world.hannah, "close")];
    granted(await retireAgent(world.ann, dora));
    expect(await holdersOf(free)).toEqual([null, null, null]);
    expect(await holdersOf(kept)).toEqual([dora.agentId, dora.agentId]);
  });

  it("tells staff alone of each, and who did it, in inboxes too that they do not answer in", async () => {
    const ids = [await held(world.hannah), await held(otto)];
    granted(await retireAgent(world.ann, dora));
    const by = { kind: "agent", id: world.ann.agentId };
    for (const id of ids)
      expect(await lastOf(id)).toEqual({
        type: "ticket.assigned",
        customer: null,
        payload: { from: dora.agentId, to: null, by },
      });
  });

  it("leaves the tickets of others alone, and writes nothing where there is nothing more to do", async () => {
    const { conversation } = await begin(world.hannah);
    granted(await assignTicket(world.irina, { conversationId: conversation.id, assigneeId: world.irina.agentId }));
    granted(await retireAgent(world.ann, dora));
    await sql`DELETE FROM outbox`;
    const before = await takeStock();
    granted(await retireAgent(world.ann, dora));
    expect(await takeStock()).toEqual(before);
    expect(await holderOf(conversation.id)).toBe(world.irina.agentId);
  });

  it("that is refused leaves them their tickets", async () => {
    const id = await held(world.hannah);
    await sql`DELETE FROM outbox`;
    for (const other of [world.irina, world.intruder]) {
      const before = await takeStock();
      expect((await retireAgent(other, dora)).ok).toBe(false);
      expect(await takeStock()).toEqual(before);
    }
    expect(await holderOf(id)).toBe(dora.agentId);
  });
});

describe("taking an agent out of an inbox", () => {
  it("makes their open and waiting tickets of that inbox nobody's", async () => {
    const [here, waiting, there] = [await held(world.hannah), await held(world.hannah, "wait"), await held(otto)];
    granted(await removeInboxMember(world.ann, { inboxId: world.inboxId, agentId: dora.agentId }));
    expect(await holdersOf([here, waiting, there])).toEqual([null, null, dora.agentId]);
  });
});

describe("opening again what one who is gone had resolved", () => {
  it("by the customer's message makes it nobody's, told to staff alone after the move", async () => {
    const id = await held(world.hannah, "resolve");
    granted(await retireAgent(world.ann, dora));
    const { staffSeq, customerSeq } = await say(world.hannah, id);
    expect(await holderOf(id)).toBeNull();
    const by = { kind: "contact", id: world.hannah.contactId };
    expect(await eventsAfter(id, staffSeq)).toEqual([
      { type: "ticket.moved", customer: customerSeq! + 1, payload: { from: "resolved", to: "open", by } },
      { type: "ticket.assigned", customer: null, payload: { from: dora.agentId, to: null, by } },
    ]);
  });

  it.each([
    ["resolve", "reopen"],
    ["resolve", "wait"],
    ["close", "reopen"],
  ] as const)("by a colleague's move (%s, %s) makes it nobody's, by them", async (ended, made) => {
    const id = await held(world.hannah, ended);
    granted(await retireAgent(world.ann, dora));
    await move(world.irina, id, made);
    expect(await holderOf(id)).toBeNull();
    const payload = { from: dora.agentId, to: null, by: { kind: "agent", id: world.irina.agentId } };
    expect(await lastOf(id)).toEqual({ type: "ticket.assigned", customer: null, payload });
  });

  it("makes it nobody's where they have left that inbox, and leaves it theirs in the other", async () => {
    const [here, there] = [await held(world.hannah, "resolve"), await held(otto, "resolve")];
    granted(await removeInboxMember(world.ann, { inboxId: world.inboxId, agentId: dora.agentId }));
    await say(world.hannah, here);
    await say(otto, there);
    expect(await holdersOf([here, there])).toEqual([null, dora.agentId]);
    await move(dora, there, "close");
    await move(dora, there, "reopen");
    expect(await holderOf(there)).toBe(dora.agentId);
  });

  it("while they are being shut out waits for that, and makes it nobody's", async () => {
    const id = await held(world.hannah, "resolve");
    const other = new pg.Client({ connectionString: world.databaseUrl });
    await other.connect();
    await other.query("BEGIN");
    await other.query("UPDATE agent SET disabled_at = now() WHERE id = $1", [dora.agentId]);
    const said = say(world.hannah, id);
    await eventually(async () => {
      const [waiting] = await sql`SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'`;
      return waiting !== undefined;
    });
    await other.query("COMMIT");
    await Promise.all([said, other.end()]);
    expect(await holderOf(id)).toBeNull();
  });

  it("at the same instant as they are shut out leaves none with them", async () => {
    const visitors = await Promise.all(Array.from({ length: 8 }, (_, at) => addVisitor(world, `Visitor ${at}`)));
    for (let round = 0; round < 5; round++) {
      dora = await addDora(world);
      const ids = await Promise.all(visitors.map((visitor) => held(visitor, "resolve")));
      await Promise.all([
        ...visitors.map((visitor, at) => say(visitor, ids[at]!)),
        retireAgent(world.ann, dora).then(granted),
      ]);
      expect(await holdersOf(ids)).toEqual(ids.map(() => null));
    }
  });
});
