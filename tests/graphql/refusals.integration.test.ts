import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../api/kernel/id.ts";
import { type Api, startApi } from "../support/api.ts";
import { doors } from "../support/line.ts";
import { agentBearer, type Credentials } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { takeStock } from "../support/rows.ts";
import type { Answer } from "../support/socket.ts";
import { openSocket } from "../support/socket.ts";
import { begin, move } from "../support/story.ts";

let api: Api;
let own: string;
let closed: string;
let ids: Record<"foreign" | "elsewhere" | "unknown" | "message", string>;

beforeAll(async () => {
  api = await startApi();
  const { hannah, maria, stranger, ann } = api.world;
  const mine = await begin(hannah);
  own = globalId("Conversation", mine.conversation.id);
  const over = await begin(hannah);
  await move(ann, over.conversation.id, "close");
  closed = globalId("Conversation", over.conversation.id);
  ids = {
    foreign: globalId("Conversation", (await begin(maria)).conversation.id),
    elsewhere: globalId("Conversation", (await begin(stranger)).conversation.id),
    unknown: globalId("Conversation", newId()),
    message: globalId("Message", mine.message.id),
  };
});

type Given = Record<string, unknown>;

/** Each mutation with input that would succeed, for Hannah or, where it is staff's, for Ann. */
const verbs: Record<string, { type: string; selection: string; who: "hannah" | "ann"; input: () => Given }> = {
  sendMessage: {
    type: "SendMessageInput",
    selection: "SendMessagePayload",
    who: "hannah",
    input: () => ({ conversationId: own, clientId: newId(), body: "Hello" }),
  },
  startConversation: {
    type: "StartConversationInput",
    selection: "StartConversationPayload",
    who: "hannah",
    input: () => ({ clientId: newId(), body: "Hello" }),
  },
  startVisit: {
    type: "StartVisitInput",
    selection: "StartVisitPayload",
    who: "hannah",
    input: () => ({ inboxKey: api.world.inboxKey, clientId: newId() }),
  },
  markRead: {
    type: "MarkReadInput",
    selection: "MarkReadPayload",
    who: "hannah",
    input: () => ({ conversationId: own, seq: 1 }),
  },
  setTyping: {
    type: "SetTypingInput",
    selection: "SetTypingPayload",
    who: "hannah",
    input: () => ({ conversationId: own, isTyping: true }),
  },
  resolveConversation: {
    type: "MoveConversationInput",
    selection: "ResolveConversationPayload",
    who: "ann",
    input: () => ({ conversationId: own }),
  },
};

function document(verb: string): string {
  return `mutation ($input: ${verbs[verb]!.type}!) {
    ${verb}(input: $input) { __typename ... on UserError { code path message } }
  }`;
}

/** Asks through every door; all must answer alike, and nothing may have been written. */
async function refusal(verb: string, changes: Given, as: Credentials = api.as[verbs[verb]!.who]): Promise<Answer> {
  const before = await takeStock();
  const input = { ...verbs[verb]!.input(), ...changes };
  const [http, ...others] = await Promise.all(doors.map((door) => api.through(door, as, document(verb), { input })));
  for (const other of others) expect(plain(other)).toEqual(plain(http!));
  expect(await takeStock()).toEqual(before);
  return plain(http!);
}

/** What every door can tell of an answer, without what differs from request to request. */
function plain({ data, errors }: Answer): Answer {
  const alike = errors?.map((error) => ({ ...error, extensions: { ...error.extensions, requestId: undefined } }));
  return { data, errors: alike };
}

const refused = (verb: string, type: string, code: string, path: string[]) => ({
  data: { [verb]: { __typename: type, code, path, message: expect.stringMatching(/\w+/) } },
});

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
