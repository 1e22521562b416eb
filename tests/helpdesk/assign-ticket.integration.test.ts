import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AssignTicketInput, assignTicket } from "../../api/helpdesk/actions/assign-ticket.ts";
import type { Actor, AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { openWorld } from "../support/open-world.ts";
import { takeStock } from "../support/rows.ts";
import { begin, granted, move, say } from "../support/story.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
let id: string;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  id = (await begin(world.hannah)).conversation.id;
});

const assign = async (by: AgentActor, to: AgentActor | null) =>
  granted(await assignTicket(by, { conversationId: id, assigneeId: to?.agentId ?? null }));

type Event = {
  audience: string;
  staff: number;
  customer: number | null;
  payload: { from: string | null; to: string | null; by: object };
};

const events = () => sql<Event>`
  SELECT audience, staff_seq AS staff, customer_seq AS customer, payload FROM outbox
  WHERE conversation_id = ${id} AND type = 'ticket.assigned' ORDER BY staff_seq`;

async function assigneeId(): Promise<string | null> {
  const [ticket] = await sql<{ assigneeId: string | null }>`
    SELECT assignee_id AS "assigneeId" FROM ticket WHERE conversation_id = ${id}`;
  return ticket!.assigneeId;
}

async function refusalOf(actor: Actor, input: Partial<AssignTicketInput>) {
  await sql`DELETE FROM outbox`;
  const before = await takeStock();
  const outcome = await assignTicket(actor, { conversationId: id, assigneeId: world.ann.agentId, ...input });
  expect(await takeStock()).toEqual(before);
  return outcome.ok ? "not refused" : `${outcome.refusal} at ${outcome.path.join(".")}`;
}

describe("assigning a ticket", () => {
  it("to a colleague, to oneself and to nobody is told to staff alone, each in the next number", async () => {
    const { ann, irina } = world;
    let from: string | null = null;
    for (const to of [irina, ann, null]) {
      expect(await assign(ann, to)).toEqual({ conversationId: id, from, assigneeId: to?.agentId ?? null });
      expect(await assigneeId()).toBe(to?.agentId ?? null);
      from = to?.agentId ?? null;
    }
    const by = { kind: "agent", id: ann.agentId };
    const told = { audience: "staff", customer: null };
    expect(await events()).toEqual([
      { ...told, staff: 3, payload: { from: null, to: irina.agentId, by } },
      { ...told, staff: 4, payload: { from: irina.agentId, to: ann.agentId, by } },
      { ...told, staff: 5, payload: { from: ann.agentId, to: null, by } },
    ]);
  });

  it("leaves no trace for the customer and does not bring the conversation to the top of lists", async () => {
    const state = () =>
      sql`SELECT customer_seq, customer_activity_at, staff_activity_at FROM conversation WHERE id = ${id}`;
    const before = await state();
    await assign(world.ann, world.irina);
    expect(await state()).toEqual(before);
  });

  it("is done already, and records nothing, where it is theirs, or nobody's", async () => {
    await assign(world.ann, null);
    await assign(world.ann, world.irina);
    await assign(world.irina, world.irina);
    expect(await events()).toHaveLength(1);
  });

  it("by many at once records each with whom it took it from; the last one stands", async () => {
    const { ann, irina } = world;
    await Promise.all([ann, irina, ann, irina, null, ann, irina].map((to) => assign(ann, to)));
    const chain = await events();
    for (const [index, { payload, staff }] of chain.entries()) {
      expect(payload.from).toBe(chain[index - 1]?.payload.to ?? null);
      expect(staff).toBe(index + 3);
    }
    expect(await assigneeId()).toBe(chain.at(-1)!.payload.to);
  });

  it("while an agent answers the customer leaves it with one of the two, as the events tell", async () => {
    const { ann, irina } = world;
    for (let round = 0; round < 10; round++) {
      id = (await begin(world.hannah)).conversation.id;
      await Promise.all([say(irina, id), assign(ann, ann)]);
      const chain = await events();
      expect(chain.map(({ payload }) => payload.from)).toEqual([
        null,
        ...chain.slice(0, -1).map(({ payload }) => payload.to),
      ]);
      expect(await assigneeId()).toBe(chain.at(-1)!.payload.to);
    }
  });

  it("works on a closed one", async () => {
    await move(world.ann, id, "close");
    await assign(world.ann, world.irina);
    expect(await assigneeId()).toBe(world.irina.agentId);
  });

  it("is refused to a customer, and to an agent whose token may only read", async () => {
    expect(await refusalOf(world.hannah, {})).toBe("not_permitted at ");
    expect(await refusalOf({ ...world.ann, mayWrite: false }, {})).toBe("not_permitted at ");
  });

  it("is refused to agents of another space or workspace, and where there is no conversation", async () => {
    const notFound = "conversation_not_found at input.conversationId";
    expect(await refusalOf(world.ben, { assigneeId: world.ben.agentId })).toBe(notFound);
    expect(await refusalOf(world.intruder, {})).toBe(notFound);
    for (const conversationId of [newId(), "none"])
      expect(await refusalOf(world.ann, { conversationId })).toBe(notFound);
  });

  it("is refused to give to who cannot see it, and to nobody known", async () => {
    const strangers = [world.ben.agentId, world.intruder.agentId, world.hannah.contactId, newId(), "none", ""];
    for (const stranger of strangers)
      expect(await refusalOf(world.ann, { assigneeId: stranger })).toBe("assignee_not_found at input.assigneeId");
  });

  it("is refused to give to who is disabled; what they have stays theirs until it is taken", async () => {
    const dora = await addAgent(world, { name: "Dora", role: "agent", locale: "en" });
    const { conversation: other } = await begin(world.hannah);
    await assign(dora, dora);
    granted(await disableAgent(world.ann, dora));
    expect(await refusalOf(world.ann, { conversationId: other.id, assigneeId: dora.agentId })).toBe(
      "assignee_not_found at input.assigneeId",
    );
    expect(await assigneeId()).toBe(dora.agentId);
    await assign(world.ann, world.ann);
    expect(await assigneeId()).toBe(world.ann.agentId);
  });
});
