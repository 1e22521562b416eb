import { beforeAll, expect } from "vitest";
import { newId } from "../../api/kernel/id.ts";
import { type Api, startApi } from "./api.ts";
import type { Credentials } from "./bearers.ts";
import { globalId } from "./ids.ts";
import { doors } from "./line.ts";
import { takeStock } from "./rows.ts";
import type { Answer } from "./socket.ts";
import { begin, move } from "./story.ts";

export let api: Api;
export let own: string;
export let closed: string;
export let ids: Record<"foreign" | "elsewhere" | "unknown" | "message", string>;

/** A Beseda for the file, with a conversation of Hannah's own, a closed one, and ids under which she has none. */
export function setScene(): void {
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
}

type Given = Record<string, unknown>;

/** Each mutation with input that would succeed, for Hannah or, where it is staff's, for Ann. */
export const verbs: Record<string, { type: string; selection: string; who: "hannah" | "ann"; input: () => Given }> = {
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

export function document(verb: string): string {
  return `mutation ($input: ${verbs[verb]!.type}!) {
    ${verb}(input: $input) { __typename ... on UserError { code path message } }
  }`;
}

/** Asks through every door; all must answer alike, and nothing may have been written. */
export async function refusal(
  verb: string,
  changes: Given,
  as: Credentials = api.as[verbs[verb]!.who],
): Promise<Answer> {
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

export const refused = (verb: string, type: string, code: string, path: string[]) => ({
  data: { [verb]: { __typename: type, code, path, message: expect.stringMatching(/\w+/) } },
});
