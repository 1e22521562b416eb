import { beforeAll, describe, expect, it } from "vitest";
import { setTyping } from "../../api/chat/actions/set-typing.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { takeStock } from "../support/rows.ts";
import { hearSignals } from "../support/signals.ts";
import { begin } from "../support/story.ts";
import { openWorld } from "../support/open-world.ts";
import type { World } from "../support/world.ts";

const heard = hearSignals();
let world: World;
let conversationId: string;

beforeAll(async () => {
  world = await openWorld();
  conversationId = (await begin(world.hannah)).conversation.id;
  await sql`DELETE FROM outbox`;
});

const type = (actor: Actor, visibility: "everyone" | "staff" = "everyone", id = conversationId) =>
  setTyping(actor, { conversationId: id, isTyping: true, visibility });

describe("typing", () => {
  it("is told to both sides, with who types, and touches no table", async () => {
    const before = await takeStock();
    expect(await type(world.ann)).toEqual({ ok: true, value: { isTyping: true } });
    expect(await takeStock()).toEqual(before);
    expect(heard.map((sign) => sign.readers)).toEqual(["staff", "customer"]);
    expect(heard[1]).toMatchObject({
      ...{ type: "typing.changed", workspaceId: world.workspaceId, conversationId, spaceId: world.spaceId },
      ...{
        contactId: world.hannah.contactId,
        payload: { by: { kind: "agent", id: world.ann.agentId }, isTyping: true },
      },
    });
  });

  it("by the customer names the contact", async () => {
    await type(world.hannah);
    expect(heard[0]!.payload).toMatchObject({ by: { kind: "contact", id: world.hannah.contactId } });
  });

  it("of a private note is told to staff alone", async () => {
    await type(world.ann, "staff");
    expect(heard.map((sign) => sign.readers)).toEqual(["staff"]);
  });

  it("of a private note is refused to a customer", async () => {
    expect(await type(world.hannah, "staff")).toMatchObject({ ok: false, refusal: "not_permitted" });
    expect(heard).toEqual([]);
  });

  it("is refused to an agent whose token may only read", async () => {
    expect(await type({ ...world.ann, mayWrite: false })).toMatchObject({ ok: false, refusal: "not_permitted" });
    expect(heard).toEqual([]);
  });

  it.each(["maria", "ben", "intruder", "stranger"] as const)(
    "is refused to %s, who may not see the conversation",
    async (who) => {
      expect(await type(world[who])).toMatchObject({ ok: false, refusal: "conversation_not_found" });
      expect(heard).toEqual([]);
    },
  );

  it("is refused in a conversation that is not there", async () => {
    expect(await type(world.ann, "everyone", newId())).toMatchObject({ refusal: "conversation_not_found" });
    expect(await type(world.ann, "everyone", "none")).toMatchObject({ refusal: "conversation_not_found" });
  });
});
