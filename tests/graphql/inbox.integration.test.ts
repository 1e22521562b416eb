import { beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { type Api, startApi } from "../support/api.ts";
import type { Credentials } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { begin } from "../support/story.ts";
import { addAgent } from "../support/world.ts";

let api: Api;

beforeAll(async () => {
  api = await startApi();
  await sql`
    UPDATE inbox SET greetings = ${{ ru: "Добрый день" }}, accent_color = '#ffd400', pre_chat = 'name_and_email'
    WHERE id = ${api.world.inboxId}`;
});

async function inboxAs(as: Credentials, selection: string, inboxId = api.world.inboxId) {
  const id = globalId("Inbox", inboxId);
  const { data } = await api.ask(as, `query ($id: ID!) { node(id: $id) { ... on Inbox { ${selection} } } }`, { id });
  return data!.node;
}

describe("an inbox, as its visitors see it", () => {
  it("greets in the language that is asked for, in the house's words where nobody wrote any", async () => {
    const greetings = 'greeting ru: greeting(locale: "ru-RU") de: greeting(locale: "de")';
    const house = "What can we help you with?";
    expect(await inboxAs(api.as.hannah, greetings)).toEqual({ greeting: house, ru: "Добрый день", de: house });
    expect(await inboxAs(api.as.irina, "greeting")).toEqual({ greeting: "Добрый день" });
  });

  it("has its colour with the ink that goes on it, and says what is asked before a first message", async () => {
    const look = { accentColor: "#ffd400", accentInk: "#201e1a", preChat: "NAME_AND_EMAIL" };
    expect(await inboxAs(api.as.hannah, "accentColor accentInk preChat")).toEqual(look);
    const plain = { accentColor: null, accentInk: null, preChat: "NONE" };
    expect(await inboxAs(api.as.ben, "accentColor accentInk preChat", api.world.wholesale.inboxId)).toEqual(plain);
  });

  it("is told to nobody of another inbox", async () => {
    expect(await inboxAs(api.as.stranger, "greeting")).toBeNull();
    expect(await inboxAs(api.as.hannah, "greeting", api.world.wholesale.inboxId)).toBeNull();
  });

  it("is greeted for in the follower's own language, though both follow by the same document", async () => {
    const query = "subscription { events { ... on ConversationStarted { conversation { inbox { greeting } } } } }";
    const follow = async (as: Credentials) => {
      const socket = await api.connect(as);
      socket.send({ id: "1", type: "subscribe", payload: { query } });
      return () => eventually(() => socket.received.find((message) => JSON.stringify(message).includes("greeting")));
    };
    const [ann, irina] = [await follow(api.as.ann), await follow(api.as.irina)];
    await begin(api.world.hannah);
    expect(JSON.stringify(await ann())).toContain("What can we help you with?");
    expect(JSON.stringify(await irina())).toContain("Добрый день");
  });
});

describe("the team of an inbox", () => {
  const team = async (as: Credentials) => (await inboxAs(as, "team { id name email }")).team;

  it("is up to three who have come and are not shut out, the longest there first; customers learn names alone", async () => {
    const { world } = api;
    const [dora, emil, fred] = [
      await addAgent(world, { name: "Dora", role: "agent", locale: "en" }),
      await addAgent(world, { name: "Emil", role: "agent", locale: "en" }),
      await addAgent(world, { name: "Fred", role: "agent", locale: "en" }),
    ];
    const names = async () => (await team(api.as.hannah)).map(({ name }: { name: string }) => name);
    expect(await names()).toEqual(["Ann Lind", "Ирина Смирнова", "Dora"]);
    await sql`UPDATE agent SET disabled_at = now() WHERE id = ${dora.agentId}`;
    await sql`UPDATE agent SET invited_at = now() WHERE id = ${emil.agentId}`;
    expect(await names()).toEqual(["Ann Lind", "Ирина Смирнова", "Fred"]);
    expect((await team(api.as.hannah))[0]).toMatchObject({ email: null });
    expect(await find(fred.agentId)).toEqual({ name: "Fred" });
    expect(await find(emil.agentId)).toBeNull();
  });

  /** What Hannah, who met nobody, finds under an agent's id. */
  async function find(agentId: string) {
    const id = globalId("Agent", agentId);
    const { data } = await api.ask(api.as.hannah, "query ($id: ID!) { node(id: $id) { ... on Agent { name } } }", {
      id,
    });
    return data!.node;
  }
});
