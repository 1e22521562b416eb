import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { saveDraft } from "../../api/chat/actions/save-draft.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { drafts } from "../../api/chat/queries.ts";
import type { Actor, AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openWorld } from "../support/open-world.ts";
import { takeStock } from "../support/rows.ts";
import { hearSignals } from "../support/signals.ts";
import { begin, granted } from "../support/story.ts";
import type { World } from "../support/world.ts";

const heard = hearSignals();
let world: World;
let conversationId: string;
let clientId: string;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  conversationId = (await begin(world.hannah)).conversation.id;
  clientId = newId();
  await sql`DELETE FROM outbox`;
});

type Change = Partial<Parameters<typeof saveDraft>[1]>;

const save = (actor: Actor, change: Change = {}) =>
  saveDraft(actor, { conversationId, clientId, body: "Have you tried", visibility: "everyone", ...change });

async function draftOf(agent: AgentActor): Promise<string | undefined> {
  return (await drafts(agent, [conversationId])).get(conversationId)?.body;
}

describe("a draft", () => {
  it("is kept for its writer alone, the last one in place of those before", async () => {
    granted(await save(world.ann));
    granted(await save(world.ann, { body: "Have you tried turning it off", visibility: "staff" }));
    expect((await drafts(world.ann, [conversationId])).get(conversationId)).toMatchObject({
      ...{ body: "Have you tried turning it off", visibility: "staff", clientId },
    });
    expect(await draftOf(world.irina)).toBeUndefined();
  });

  it("is told to nobody", async () => {
    granted(await save(world.ann));
    expect(heard).toEqual([]);
  });

  it("is forgotten when it is blank", async () => {
    granted(await save(world.ann));
    expect(granted(await save(world.ann, { body: " \n" }))).toBeNull();
    expect(await draftOf(world.ann)).toBeUndefined();
  });

  it("stays when what is blank is something that another device had begun before", async () => {
    granted(await save(world.ann));
    granted(await save(world.ann, { clientId: newId(), body: "From the phone" }));
    granted(await save(world.ann, { body: "" }));
    expect(await draftOf(world.ann)).toBe("From the phone");
  });

  it("is gone with the message that it became, even if it is saved once more after", async () => {
    granted(await save(world.ann));
    const sending = { conversationId, clientId, body: "Have you tried it?", visibility: "everyone" as const };
    granted(await sendMessage(world.ann, sending));
    expect(await draftOf(world.ann)).toBeUndefined();
    granted(await save(world.ann));
    expect(await draftOf(world.ann)).toBeUndefined();
    granted(await save(world.ann, { clientId: newId(), body: "And then" }));
    expect(await draftOf(world.ann)).toBe("And then");
  });

  it("stays when its message is refused, or when another one is sent", async () => {
    granted(await save(world.ann));
    const sending = { conversationId, clientId: newId(), body: "Meanwhile", visibility: "staff" as const };
    granted(await sendMessage(world.ann, sending));
    await sendMessage(world.ann, { ...sending, clientId, body: " " });
    expect(await draftOf(world.ann)).toBe("Have you tried");
  });
});

describe("saving a draft is refused", () => {
  async function refusalOf(actor: Actor, change: Change = {}): Promise<string> {
    const before = await takeStock();
    const outcome = await save(actor, change);
    expect(await takeStock()).toEqual(before);
    return outcome.ok ? "granted" : outcome.refusal;
  }

  it.each([
    ["a text of more than 10,000 characters", { body: "x".repeat(10_001) }, "body_too_long"],
    ["a text with a NUL", { body: "a\0" }, "body_has_nul"],
    ["a lone surrogate", { body: "a\ud800" }, "body_not_unicode"],
    ["a client id with a space", { clientId: "a b" }, "client_id_invalid"],
    ["a conversation that is not there", { conversationId: newId() }, "conversation_not_found"],
    ["a blank text for a conversation that is none", { conversationId: "x", body: "" }, "conversation_not_found"],
  ])("for %s", async (_what, change, refusal) => {
    expect(await refusalOf(world.ann, change)).toBe(refusal);
  });

  it.each(["ben", "intruder"] as const)("to %s, who may not see the conversation", async (who) => {
    expect(await refusalOf(world[who])).toBe("conversation_not_found");
    expect(await refusalOf(world[who], { body: "" })).toBe("conversation_not_found");
  });

  it("to customers, and to an agent whose token may only read", async () => {
    expect(await refusalOf(world.hannah)).toBe("not_permitted");
    expect(await refusalOf({ ...world.ann, mayWrite: false })).toBe("not_permitted");
  });
});
