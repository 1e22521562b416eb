import fc from "fast-check";
import { expect, it } from "vitest";
import type { ChatEvent, Conversation, Message } from "../../widget/operations.ts";
import { asleep, type Command, type Held, type Input, type State } from "../../widget/session/machine/state.ts";
import { step } from "../../widget/session/machine/step.ts";
import { threadOf } from "../../widget/session/thread.ts";

function message(seq: number): Message {
  const author = { __typename: "Agent", id: "ann", name: "Ann" } as const;
  return {
    id: `m${seq}`,
    seq,
    author,
    body: `${seq}`,
    sentAt: "2026-11-22T10:00:00Z",
    clientId: null,
    editedAt: null,
    deletedAt: null,
  };
}

function conversation(seq: number): Conversation {
  const edges = Array.from({ length: seq }, (_, index) => ({ node: message(index + 1) }));
  const pageInfo = { hasPreviousPage: false, startCursor: null };
  const lastMessage = edges.at(-1)?.node ?? null;
  const outline = { id: "talk", status: "OPEN" as const, seq, unreadCount: 0, seenSeq: 0, lastMessage };
  return { ...outline, progress: [], messages: { edges, pageInfo } };
}

function sent(seq: number): ChatEvent {
  const common = { cursor: `${seq}`, occurredAt: "2026-11-22T10:00:00Z", seq, conversation: { id: "talk" } };
  return { ...common, __typename: "MessageSent", message: message(seq) };
}

function changed(seq: number, of: number): ChatEvent {
  const __typename = of % 2 ? "MessageEdited" : "MessageDeleted";
  const at = "2026-11-22T10:00:00Z";
  const what =
    of % 2 ? { ...message(of), body: "otherwise", editedAt: at } : { ...message(of), body: "", deletedAt: at };
  return { ...sent(seq), __typename, message: what };
}

function snapshotOf(seq: number): Input {
  const { messages: _, ...outline } = conversation(seq);
  const snapshot = {
    ...{ eventCursor: `${seq}`, conversations: { edges: [{ node: outline }] } },
    ...(seq % 2 && { conversation: conversation(seq) }),
  };
  return { is: "snapshotCame", snapshot };
}

function ended(code: string): Input {
  return { is: "visitRefused", refusal: { code, says: "" } };
}

const inputs: fc.Arbitrary<Input> = fc.oneof(
  fc.constantFrom<Input>(
    { is: "opened", hasVisit: true },
    { is: "watched", isWatching: true },
    { is: "watched", isWatching: false },
    { is: "networkChanged", isOnline: true },
    { is: "networkChanged", isOnline: false },
    { is: "reached", isReachable: false },
    { is: "sentAway", comeBackMs: 3_000 },
    { is: "turned", place: null },
    { is: "turned", place: "talk" },
    { is: "turned", place: "c1" },
    ...[
      "recalled",
      "kept",
      "keptChanged",
      "identified",
      "said",
      "told",
      "tellFailed",
      "turnedDown",
      "connected",
      "lost",
    ].map((is) => ({ is }) as Input),
    { is: "markFailed", conversationId: "talk" },
    ...[
      "snapshotFailed",
      "sendFailed",
      "sendOutdated",
      "fetchDue",
      "connectDue",
      "sendDue",
      "markDue",
      "tellDue",
      "steady",
    ].map((is) => ({ is }) as Input),
    ...["VisitEnded", "OriginNotAllowed"].map(ended),
  ),
  fc.nat(5).map(snapshotOf),
  fc.nat(5).map((seq): Input => ({ is: "begun", conversation: conversation(seq + 1) })),
  fc.nat(5).map((seq): Input => ({ is: "eventCame", event: sent(seq + 1) })),
  fc
    .tuple(fc.nat(6), fc.nat(5))
    .map(([seq, of]): Input => ({ is: "eventCame", event: changed(seq + 2, Math.min(of, seq) + 1) })),
  fc.nat(99).map((n): Input => ({ is: "wrote", clientId: `c${n}`, body: "hello", at: n })),
);

/** An answer comes only to a question. */
function mayCome({ fetch, send, tell }: State, { is }: Input): boolean {
  if (is === "told" || is === "tellFailed") return tell === "asked" || tell === "outdated";
  if (is === "snapshotCame" || is === "snapshotFailed") return fetch === "asked" || fetch === "outdated";
  return (is !== "begun" && is !== "sendFailed" && is !== "sendOutdated") || send === "asked";
}

/** The device has kept by now what it was given to keep. */
function kept({ unsent }: State): Held[] {
  return unsent.map((one) => ({ ...one, isKept: true }));
}

function run(all: readonly Input[]): { state: State; commands: Command[]; input: Input; before: State }[] {
  let state = asleep;
  return all.flatMap((input) => {
    if (!mayCome(state, input)) return [];
    const before = state;
    const after = step(before, input, kept(before));
    state = after.state;
    return [{ ...after, input, before }];
  });
}

it("answers the same to the same, and leaves what it was given as it was", () => {
  fc.assert(
    fc.property(fc.array(inputs, { maxLength: 60 }), (all) => {
      for (const { before, input, state, commands } of run(all)) {
        const copy = structuredClone(before);
        expect(step(before, input, kept(before))).toEqual({ state, commands });
        expect(before).toEqual(copy);
      }
    }),
  );
});

it("has one snapshot, one message and one telling under way at most, and waits after every failure", () => {
  fc.assert(
    fc.property(fc.array(inputs, { maxLength: 60 }), (all) => {
      for (const { before, input, commands } of run(all)) {
        const asks = (what: Command["do"]) => commands.filter((command) => command.do === what).length;
        const waits = commands.flatMap((command) => (command.do === "wait" ? [command.what] : []));
        const isFetching = before.fetch === "asked" || before.fetch === "outdated";
        const isAnswered = input.is === "snapshotCame" || input.is === "snapshotFailed";
        expect(asks("fetchSnapshot")).toBeLessThanOrEqual(isFetching && !isAnswered ? 0 : 1);
        expect(asks("send")).toBeLessThanOrEqual(
          before.send === "asked" && !/^begun$|^sendOutdated$/.test(input.is) ? 0 : 1,
        );
        expect(asks("tell")).toBeLessThanOrEqual(
          /asked|outdated/.test(before.tell) && !/^told$/.test(input.is) ? 0 : 1,
        );
        if (input.is === "tellFailed") expect([asks("tell"), waits]).toEqual([0, ["tellDue"]]);
        if (input.is === "snapshotFailed") expect(asks("fetchSnapshot")).toBe(0);
        if (input.is === "sendFailed") expect([asks("send"), waits]).toEqual([0, ["sendDue"]]);
        if (input.is === "lost" || input.is === "sentAway")
          expect([asks("connect"), waits.at(-1)]).toEqual([0, "connectDue"]);
      }
    }),
  );
});

it("shows no message twice and none out of order, whatever comes", () => {
  fc.assert(
    fc.property(fc.array(inputs, { maxLength: 60 }), (all) => {
      for (const { state } of run(all)) {
        for (const { messages } of state.threads) {
          const shown = messages.map(({ seq }) => seq);
          expect(shown).toEqual([...new Set(shown)].sort((a, b) => a - b));
        }
      }
    }),
  );
});

it("fetches anew what was being fetched when a message changed", () => {
  const threads = [threadOf(conversation(3))];
  const following: State = { ...asleep, phase: "ready", fetch: "asked", line: "up", isFollowing: true, threads };
  const { state } = step(following, { is: "eventCame", event: changed(4, 1) }, []);
  expect([state.fetch, state.threads[0]!.messages[0]!.body]).toEqual(["outdated", "otherwise"]);
});

it("asks how much is unread when something is deleted that it does not hold", () => {
  const { messages: _, ...outline } = conversation(3);
  const threads = [threadOf({ ...outline, unreadCount: 2 })];
  const following: State = { ...asleep, phase: "ready", line: "up", isFollowing: true, threads };
  const { commands } = step(following, { is: "eventCame", event: changed(4, 2) }, []);
  expect(commands).toEqual([{ do: "fetchSnapshot", open: null }]);
});

it("fetches earlier messages anew when one of them changed meanwhile", () => {
  const { messages: _, ...outline } = conversation(3);
  const threads = [{ ...threadOf(outline), isWhole: true, earlier: "m3" }];
  const paging: State = {
    ...asleep,
    phase: "ready",
    place: "talk",
    earlier: "asked",
    line: "up",
    isFollowing: true,
    threads,
  };
  const { state } = step(paging, { is: "eventCame", event: changed(4, 1) }, []);
  const page = { ...conversation(2).messages };
  const { commands } = step(state, { is: "earlierCame", conversationId: "talk", before: "m3", page }, []);
  expect(commands).toEqual([{ do: "fetchEarlier", conversationId: "talk", before: "m3" }]);
});

it("keeps a message before it sends it, and sends it once it is kept", () => {
  const [, , , , wrote, sent] = run([
    { is: "opened", hasVisit: true },
    { is: "recalled" },
    snapshotOf(1),
    { is: "turned", place: "key" },
    { is: "wrote", clientId: "c1", body: "hello", at: 5 },
    { is: "kept" },
  ]);
  const unsent = { clientId: "c1", body: "hello", writtenAt: 5, talk: "key", isBegun: false, refusal: null };
  expect(wrote?.commands).toEqual([{ do: "keep", unsent }]);
  expect(sent?.commands).toEqual([{ do: "send", unsent: { ...unsent, isKept: true } }]);
});
