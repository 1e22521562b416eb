import { describe, expect, it } from "vitest";
import { agentBearer } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { api, document, refusal, refused, setScene, verbs } from "../support/refusal-scene.ts";
import { takeStock } from "../support/rows.ts";
import { openSocket } from "../support/socket.ts";

setScene();

describe("what the caller may not do", () => {
  it("is a private note, for a customer", async () => {
    const expected = refused("sendMessage", "NotPermitted", "not_permitted", ["input", "visibility"]);
    expect(await refusal("sendMessage", { visibility: "STAFF" })).toEqual(expected);
  });

  it("is moving a ticket, for a customer", async () => {
    const expected = refused("resolveConversation", "NotPermitted", "not_permitted", []);
    expect(await refusal("resolveConversation", {}, api.as.hannah)).toEqual(expected);
  });

  it("is starting a conversation, for staff", async () => {
    expect(await refusal("startConversation", {}, api.as.ann)).toMatchObject(
      refused("startConversation", "NotPermitted", "not_permitted", []),
    );
  });

  it.each(["sendMessage", "markRead", "setTyping", "resolveConversation"])(
    "is %s, for a token that may only read",
    async (verb) => {
      const reader = await agentBearer(api.world.ann, ["read"]);
      expect(await refusal(verb, {}, reader)).toMatchObject({ data: { [verb]: { code: "not_permitted" } } });
    },
  );
});

describe("a caller without a token", () => {
  it.each(Object.keys(verbs).filter((verb) => verb !== "startVisit"))("may not %s", async (verb) => {
    const { data, errors } = await refusal(verb, {}, api.as.nobody);
    expect([data, errors![0]!.extensions.code]).toEqual([null, "UNAUTHENTICATED"]);
  });
});

describe("a visit from a site that is not on the inbox's list", () => {
  it("is refused over HTTP and SSE, and over WebSocket at the handshake already", async () => {
    const as = { origin: "https://evil.example" };
    const before = await takeStock();
    for (const door of ["HTTP", "SSE"] as const) {
      const { data } = await api.through(door, as, document("startVisit"), { input: verbs.startVisit!.input() });
      expect(data!.startVisit).toMatchObject({ __typename: "OriginNotAllowed", code: "origin_not_allowed" });
    }
    await expect(openSocket(api.socketUrl, as)).rejects.toMatchObject({ status: 403 });
    expect(await takeStock()).toEqual(before);
  });

  it("is refused over each when a program makes it, which sends no origin", async () => {
    expect(await refusal("startVisit", {}, {})).toMatchObject({ data: { startVisit: { code: "origin_not_allowed" } } });
  });
});

describe("the words of a refusal", () => {
  const words = { en: "Write something first.", ru: "Сначала напишите что-нибудь." };

  it("are in the language of the agent who asks", async () => {
    for (const [who, language] of [
      ["ann", "en"],
      ["irina", "ru"],
    ] as const) {
      const { data } = await refusal("sendMessage", { body: "" }, api.as[who]);
      expect(data!.sendMessage.message).toBe(words[language]);
    }
  });

  it("are in the language of the visitor's browser, over HTTP, WebSocket and SSE alike", async () => {
    const headers = { "accept-language": "de;q=0.1, ru-RU, en;q=0.5" };
    const asked = { query: document("sendMessage"), variables: { input: { ...verbs.sendMessage!.input(), body: "" } } };
    const response = await fetch(`${api.url}/graphql`, {
      method: "POST",
      headers: { ...(api.as.hannah as Record<string, string>), ...headers, "content-type": "application/json" },
      body: JSON.stringify(asked),
    });
    expect((await response.json()).data.sendMessage.message).toBe(words.ru);

    const stream = await api.stream(api.as.hannah, asked.query, asked.variables, headers);
    await stream.ended;
    expect(JSON.parse(stream.events()[0]!.data).data.sendMessage.message).toBe(words.ru);

    const socket = await openSocket(api.socketUrl, { origin: api.as.hannah.origin, headers });
    socket.send({ type: "connection_init", payload: { authorization: api.as.hannah.authorization } });
    await eventually(() => socket.received.length > 0);
    expect((await socket.ask(asked.query, asked.variables)).data!.sendMessage.message).toBe(words.ru);
    socket.close();
  });
});
