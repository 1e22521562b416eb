import { describe, expect, it } from "vitest";
import { globalId } from "../support/ids.ts";
import { api, closed, document, ids, own, refusal, refused, setScene, verbs } from "../support/refusal-scene.ts";

setScene();

describe("every mutation", () => {
  it.each(Object.keys(verbs))("%s would do what is refused below, were it not for the reason", async (verb) => {
    const { who, input, selection } = verbs[verb]!;
    const answer = await api.ask(api.as[who], document(verb), { input: input() });
    expect(answer).toMatchObject({ status: 200, data: { [verb]: { __typename: selection } } });
    if (verb === "resolveConversation")
      await api.ask(api.as.ann, document(verb).replace("resolve", "reopen"), { input: input() });
  });
});

describe("a body", () => {
  const cases = ["sendMessage", "startConversation"].flatMap((verb) => [
    [verb, "that is empty", "", "body_empty"],
    [verb, "that is blank", " \u00a0\n", "body_empty"],
    [verb, "of 10,001 characters", "a".repeat(10_001), "body_too_long"],
    [verb, "with a NUL", "a\0b", "body_has_nul"],
    [verb, "with a lone surrogate", "a\ud800b", "body_not_unicode"],
  ]);

  it.each(cases)(
    "for %s %s is refused by name, over HTTP, WebSocket and SSE alike, and nothing is written",
    async (verb, _what, body, code) => {
      expect(await refusal(verb!, { body })).toEqual(refused(verb!, "InvalidInput", code!, ["input", "body"]));
    },
  );
});

describe("a conversation's id", () => {
  const named = ["sendMessage", "markRead", "setTyping", "resolveConversation"];
  const wrong = [
    ["that is unknown", () => ids.unknown],
    ["of another workspace", () => ids.elsewhere],
    ["of a message", () => ids.message],
    ["that is empty", () => ""],
    ["that is malformed", () => "no id at all"],
    ["that is no UUID inside", () => globalId("Conversation", "1")],
    ["that is a bare UUID", () => Buffer.from(own, "base64url").toString().slice(13)],
    ["with a NUL inside", () => globalId("Conversation", "\0")],
    ["with SQL inside", () => globalId("Conversation", "' OR 1=1 --")],
    ["of a prototype's name", () => Buffer.from("__proto__:x").toString("base64url")],
  ] as const;
  const cases = named.flatMap((verb) => wrong.map(([what, id]) => [verb, what, id] as const));

  it.each(cases)("for %s %s is answered as not found, and nothing is written", async (verb, _what, id) => {
    const expected = refused(verb, "NotFound", "conversation_not_found", ["input", "conversationId"]);
    expect(await refusal(verb, { conversationId: id() })).toEqual(expected);
  });

  it.each(["sendMessage", "markRead", "setTyping"])(
    "of another visitor's for %s is answered as not found",
    async (verb) => {
      const expected = refused(verb, "NotFound", "conversation_not_found", ["input", "conversationId"]);
      expect(await refusal(verb, { conversationId: ids.foreign })).toEqual(expected);
    },
  );

  it.each(named)("for %s is answered as not found to staff of another space and of another workspace", async (verb) => {
    const expected = refused(verb, "NotFound", "conversation_not_found", ["input", "conversationId"]);
    for (const as of [api.as.ben, api.as.intruder]) expect(await refusal(verb, {}, as)).toEqual(expected);
  });

  it.each([[1], [[own]], [{ id: own }], [null], [1.5], [true]])(
    "that is no text but %j is refused before anything is asked",
    async (conversationId) => {
      const { data, errors } = await refusal("sendMessage", { conversationId });
      // A number is an ID to GraphQL; it finds nothing.
      if (typeof conversationId === "number" && Number.isInteger(conversationId))
        expect(data!.sendMessage.code).toBe("conversation_not_found");
      else expect(errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
    },
  );
});

describe("a closed conversation", () => {
  it("takes no message", async () => {
    const expected = refused("sendMessage", "ConversationClosed", "conversation_closed", ["input", "conversationId"]);
    expect(await refusal("sendMessage", { conversationId: closed })).toEqual(expected);
    expect(await refusal("sendMessage", { conversationId: closed }, api.as.ann)).toEqual(expected);
  });

  it("is not resolved", async () => {
    const expected = refused("resolveConversation", "IllegalMove", "illegal_move", ["input", "conversationId"]);
    expect(await refusal("resolveConversation", { conversationId: closed })).toEqual(expected);
  });
});
