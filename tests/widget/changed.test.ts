import { describe, expect, it } from "vitest";
import type { ChatEvent, Conversation, Message, Outline } from "../../widget/operations.ts";
import { applyEvent, lastFromTeam, newerOf, type Thread, threadOf, withOwn } from "../../widget/session/thread.ts";

const ann = { __typename: "Agent", id: "ann", name: "Ann" } as const;
const hannah = { __typename: "Contact", id: "hannah", name: null } as const;
const AT = "2026-11-22T10:00:00Z";

function message(seq: number, more: Partial<Message> = {}): Message {
  const said = { author: ann, body: `${seq}`, sentAt: AT, clientId: null, editedAt: null, deletedAt: null };
  return { id: `m${seq}`, seq, ...said, ...more };
}

function conversation(messages: Message[], { seq = messages.length, unreadCount = 0 } = {}): Conversation {
  const edges = messages.map((node) => ({ node }));
  const lastMessage = messages.at(-1) ?? null;
  const page = { edges, pageInfo: { hasPreviousPage: false, startCursor: null } };
  return { id: "talk", status: "OPEN", seq, unreadCount, seenSeq: 0, lastMessage, progress: [], messages: page };
}

function told(__typename: "MessageSent" | "MessageEdited" | "MessageDeleted", seq: number, of: Message): ChatEvent {
  return { cursor: `${seq}`, occurredAt: AT, seq, conversation: { id: "talk" }, __typename, message: of };
}

const edited = (of: Message) => ({ ...of, body: "otherwise", editedAt: AT });
const deleted = (of: Message) => ({ ...of, body: "", deletedAt: AT });
const bodies = ({ messages }: Thread) => messages.map(({ body }) => body);
const three = [message(1), message(2), message(3)];

describe("a message that changes", () => {
  it("takes its own place, and twice is once", () => {
    const event = told("MessageEdited", 4, edited(three[1]!));
    const once = applyEvent(threadOf(conversation(three)), event).thread;
    expect(bodies(once)).toEqual(["1", "otherwise", "3"]);
    expect(applyEvent(once, event).thread).toBe(once);
  });

  it("leaves a thread alone that does not hold it, but for its number", () => {
    const thread = threadOf(conversation(three.slice(1), { seq: 3 }));
    const after = applyEvent(thread, told("MessageEdited", 4, edited(three[0]!))).thread;
    expect(after).toEqual({ ...thread, seq: 4 });
  });

  it("is unread no more when it is deleted, and says nothing when it was before it came", () => {
    const thread = threadOf(conversation(three, { unreadCount: 2 }));
    const less = applyEvent(thread, told("MessageDeleted", 4, deleted(three[2]!))).thread;
    expect([thread.unread, less.unread, lastFromTeam(less)?.seq]).toEqual([2, 1, 2]);
    const again = applyEvent(less, told("MessageEdited", 5, edited(three[1]!))).thread;
    expect(again.unread).toBe(1);
    const late = applyEvent(again, told("MessageSent", 6, deleted(message(6)))).thread;
    expect(late.unread).toBe(1);
    const read = applyEvent(threadOf(conversation(three)), told("MessageDeleted", 4, deleted(three[0]!))).thread;
    expect(read.unread).toBe(0);
  });

  it("does not come back by the answer to its sending", () => {
    const own = message(2, { author: hannah, clientId: "c" });
    const thread = threadOf(conversation([message(1), own]));
    const gone = applyEvent(thread, told("MessageDeleted", 3, deleted(own))).thread;
    expect(bodies(withOwn(gone, own))).toEqual(["1", ""]);
  });

  it("is counted in a list as the list says", () => {
    const { messages: _, ...outline } = conversation([message(1), deleted(message(2))], { seq: 3, unreadCount: 1 });
    expect(threadOf(outline satisfies Outline).unread).toBe(1);
  });
});

describe("a fresh answer", () => {
  const known = threadOf(conversation([message(1), message(2), message(3)]));
  const page = (messages: Message[], seq: number): Conversation => {
    const fresh = conversation(messages, { seq });
    return { ...fresh, messages: { ...fresh.messages, pageInfo: { hasPreviousPage: true, startCursor: "2" } } };
  };

  it("leaves pages from before it where nothing but its own messages came since", () => {
    expect(bodies(newerOf(known, page([message(3), message(4)], 4)))).toEqual(["1", "2", "3", "4"]);
  });

  it("takes their place where something else did: any of them may have changed", () => {
    const after = newerOf(known, page([message(3), message(5)], 5));
    expect([bodies(after), after.earlier]).toEqual([["3", "5"], "2"]);
  });
});

describe("how far the team has come", () => {
  const progressed = (seq: number, id: string, step: "RECEIVED" | "DONE"): ChatEvent => ({
    ...{ cursor: `${seq}`, occurredAt: AT, seq, conversation: { id: "talk" } },
    ...{ __typename: "ProgressChanged", progress: { id, step } },
  });

  it("is told by its events, each in its place, and kept while a list is all that is read", () => {
    let thread = threadOf(conversation([]));
    for (const event of [progressed(1, "a", "RECEIVED"), progressed(2, "b", "RECEIVED"), progressed(3, "a", "DONE")])
      ({ thread } = applyEvent(thread, event));
    const known = [
      { id: "a", step: "DONE" },
      { id: "b", step: "RECEIVED" },
    ];
    expect(thread).toMatchObject({ seq: 3, progress: known });
    const { progress: _, messages: __, ...outline } = conversation([], { seq: 3 });
    expect(threadOf(outline, thread).progress).toEqual(known);
    // An answer that is older than what was told takes nothing back.
    expect(newerOf(thread, conversation([], { seq: 1 })).progress).toEqual(known);
  });
});
