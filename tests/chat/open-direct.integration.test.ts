import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openDirect } from "../../api/chat/actions/open-direct.ts";
import type { Actor, AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { openWorld } from "../support/open-world.ts";
import { directOf, recordedOf, refusalOf, rolesIn } from "../support/rooms.ts";
import { granted, say } from "../support/story.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
/** Ten colleagues. */
let team: AgentActor[];

beforeAll(async () => {
  world = await openWorld();
  team = await Promise.all(Array.from({ length: 10 }, (_, at) => newAgent(`Agent ${at}`)));
});

const newAgent = (name: string) => addAgent(world, { name, role: "agent", locale: "en" });
const idsOf = (...agents: AgentActor[]) => agents.map(({ agentId }) => agentId);
const refused = (actor: Actor, agentIds: string[]) => refusalOf(() => openDirect(actor, { agentIds }));

describe("direct messages", () => {
  it("are opened for all of their people, as members", async () => {
    const [one, other, third] = [await newAgent("One"), await newAgent("Other"), await newAgent("Third")];
    const id = await directOf(one, other, third);
    expect(await rolesIn(id)).toEqual(
      Object.fromEntries(idsOf(one, other, third).map((agentId) => [agentId, "member"])),
    );
    const by = { kind: "agent", id: one.agentId };
    expect(await recordedOf(id)).toEqual([
      { type: "conversation.started", staffSeq: 1, customerSeq: null, contactId: null, payload: { by } },
    ]);
  });

  it("are the same whoever of them asks, in whatever order, however often one is named", async () => {
    const id = await directOf(world.ann, world.irina, world.ben);
    const { ann, irina, ben } = world;
    expect(await directOf(ben, ann, irina)).toBe(id);
    expect(await directOf(irina, irina, ben, ben, ann)).toBe(id);
  });

  it("are others with one more and with one less", async () => {
    const { ann, irina, ben } = world;
    const rooms = [await directOf(ann, irina), await directOf(ann, irina, ben), await directOf(ann, ben)];
    expect(new Set(rooms).size).toBe(3);
  });

  it("are one also when all open them at once, whoever the people are", async () => {
    const some = fc.uniqueArray(fc.nat({ max: 9 }), { minLength: 2, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(some, async (picked) => {
        const people = picked.map((at) => team[at]!);
        const opened = people.map((person, at) => directOf(person, ...people.toSpliced(at, 1).toReversed()));
        const ids = new Set(await Promise.all(opened));
        expect(ids.size).toBe(1);
        expect(Object.keys(await rolesIn([...ids][0]!))).toHaveLength(people.length);
      }),
      { numRuns: 20 },
    );
    const [doubled] =
      await sql`SELECT key FROM room GROUP BY workspace_id, key HAVING key IS NOT NULL AND count(*) > 1`;
    expect(doubled).toBeUndefined();
  });

  it("opened at once leave nothing of those that came too late", async () => {
    const [one, other] = [await newAgent("One"), await newAgent("Other")];
    await Promise.all([directOf(one, other), directOf(other, one), directOf(one, other)]);
    const [left] = await sql`
      SELECT FROM space WHERE kind = 'direct' AND NOT EXISTS (SELECT FROM conversation WHERE space_id = space.id)`;
    expect(left).toBeUndefined();
    expect(await sql`SELECT FROM space_member WHERE agent_id = ${one.agentId}`).toHaveLength(2);
  });

  it("take no number of customers by what is said there", async () => {
    const message = await say(world.ann, await directOf(world.ann, world.irina));
    expect(message).toMatchObject({ customerSeq: null, visibility: "staff" });
  });
});

describe("direct messages are refused", () => {
  it("with more than nine people", async () => {
    expect(await refused(world.ann, idsOf(...team.slice(0, 9)))).toBe("people_too_many agentIds");
    granted(await openDirect(world.ann, { agentIds: idsOf(...team.slice(0, 8), world.ann) }));
  });

  it("with nobody but oneself", async () => {
    expect(await refused(world.ann, [])).toBe("people_too_few agentIds");
    expect(await refused(world.ann, idsOf(world.ann))).toBe("people_too_few agentIds");
  });

  it("with anyone who is not there: unknown, no id, of another workspace, a customer", async () => {
    for (const id of [newId(), "x", world.intruder.agentId, world.hannah.contactId])
      expect(await refused(world.ann, [world.irina.agentId, id])).toBe("agent_not_found agentIds");
  });

  it("with someone who is shut out", async () => {
    const gone = await newAgent("Gone");
    granted(await disableAgent(world.ann, { agentId: gone.agentId }));
    expect(await refused(world.ann, idsOf(gone))).toBe("agent_not_found agentIds");
  });

  it("to customers, and to an agent whose token may only read", async () => {
    for (const actor of [world.hannah, { ...world.ann, mayWrite: false }])
      expect(await refused(actor, idsOf(world.irina))).toBe("not_permitted");
  });
});
