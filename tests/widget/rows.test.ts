import { expect, it } from "vitest";
import { rowsOf } from "../../widget/elements/rows.ts";
import type { Message, Person } from "../../widget/operations.ts";
import type { Thread } from "../../widget/session/thread.ts";
import type { View } from "../../widget/session/view.ts";

const now = new Date("2026-11-22T12:00:00Z");
const eyes = { locale: "en", zone: "UTC" } as const;
const ann: Person = { __typename: "Agent", id: "ann", name: "Ann" };
const customer: Person = { __typename: "Contact", id: "customer", name: null };

function message(seq: number, author: Person, sentAt: string): Message {
  return {
    id: `m${seq}`,
    seq,
    author,
    body: `${seq}`,
    sentAt,
    clientId: author === customer ? `c${seq}` : null,
    editedAt: null,
    deletedAt: null,
  };
}

function view(messages: Message[], rest: Partial<View> = {}, seenSeq = 0): View {
  const thread: Thread = {
    conversationId: "1",
    status: "OPEN",
    seq: 9,
    messages,
    progress: [],
    isWhole: true,
    earlier: null,
    readSeq: 0,
    unread: 0,
    seenSeq,
    seenAt: null,
  };
  return {
    phase: "ready",
    refusal: null,
    isReachable: true,
    threads: [thread],
    place: "1",
    turns: 0,
    inbox: null,
    asks: "NONE",
    inboxName: null,
    thread,
    unsent: [],
    typing: null,
    unread: 0,
    ...rest,
  };
}

function told(given: View): string[] {
  return rowsOf(given, now, eyes).map((row) =>
    row.kind === "day"
      ? row.name
      : `${row.body}${row.isFirst ? " first" : ""}${row.isLast ? " last" : ""} ${row.delivery ?? ""}`.trim(),
  );
}

it("names each day once and groups what one person wrote within five minutes", () => {
  const messages = [
    message(1, ann, "2026-11-21T10:00:00Z"),
    message(2, ann, "2026-11-22T10:00:00Z"),
    message(3, ann, "2026-11-22T10:02:00Z"),
    message(4, ann, "2026-11-22T10:30:00Z"),
  ];
  expect(told(view(messages))).toEqual(["Yesterday", "1 first last", "Today", "2 first", "3 last", "4 first last"]);
});

it("says of the customer's messages only which was the last sent and the last seen", () => {
  const at = "2026-11-22T10:00:00Z";
  const messages = [1, 2, 3].map((seq) => message(seq, customer, at));
  expect(told(view(messages, {}, 2))).toEqual(["Today", "1 first", "2 seen", "3 last sent"]);
  expect(told(view(messages, {}, 3))).toEqual(["Today", "1 first", "2", "3 last seen"]);
});

it("knows a message by the same key before and after it is acknowledged", () => {
  const unsent = { clientId: "c2", body: "2", writtenAt: now.getTime(), refusal: null, isKept: true };
  const before = rowsOf(view([], { unsent: [{ ...unsent, talk: "1", isBegun: true }] }), now, eyes);
  const after = rowsOf(view([message(2, customer, now.toISOString())]), now, eyes);
  expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
});

it("says that a message is under way only once it is kept, and that it is not where nothing can be kept", () => {
  const unsent = { clientId: "c2", body: "2", writtenAt: now.getTime(), talk: "1", isBegun: true, refusal: null };
  const last = (isKept: boolean | null) => told(view([], { unsent: [{ ...unsent, isKept }] })).at(-1);
  expect([null, true, false].map(last)).toEqual([
    "2 first last keeping",
    "2 first last sending",
    "2 first last unkept",
  ]);
});

it("shows an unsent message once, also while its event has overtaken its acknowledgement", () => {
  const unsent = [2, 3].map((n) => ({
    clientId: `c${n}`,
    body: `${n}`,
    writtenAt: now.getTime(),
    talk: "1",
    isBegun: true,
    refusal: null,
    isKept: true,
  }));
  const messages = [message(2, customer, now.toISOString())];
  expect(told(view(messages, { unsent }))).toEqual(["Today", "2 first sent", "3 last sending"]);
  expect(told(view(messages, { unsent, isReachable: false }))).toEqual(["Today", "2 first sent", "3 last waiting"]);
});
