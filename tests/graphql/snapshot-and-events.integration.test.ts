import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { schema } from "../../api/schema.ts";
import { type Api, type Credentials, startApi, visitorBearer } from "../support/api.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import type { Following, Sent } from "../support/socket.ts";
import { begin, move, note, say } from "../support/story.ts";
import { addVisitor } from "../support/world.ts";
import type { Move } from "../../api/helpdesk/ticket.ts";
import type { VisitorActor } from "../../api/kernel/actor.ts";

const MESSAGE = "id seq body visibility sentAt clientId author { __typename id name }";
/** Everything of a conversation that events keep true; unread counts are the reader's own arithmetic. */
const CONVERSATION = `id number status seq startedAt lastActivityAt contact { id name } inbox { id name } lastMessage { ${MESSAGE} }`;
const SNAPSHOT = `{ eventCursor conversations(first: 20) { nodes { ${CONVERSATION} messages(first: 50) { nodes { ${MESSAGE} } } } } }`;
const EVENTS = `subscription ($after: String) { events(after: $after) { __typename cursor seq conversation { ${CONVERSATION} }
  ... on MessageSent { message { ${MESSAGE} } } } }`;

let api: Api;

beforeAll(async () => {
  api = await startApi();
});

/** What a client keeps: conversations by id, each with its messages by id. */
type Kept = { cursor: string; conversations: Map<string, Sent>; messages: Map<string, Map<string, Sent>> };

async function snapshot(as: Credentials): Promise<Kept> {
  const { data } = await api.ask(as, SNAPSHOT);
  const kept: Kept = { cursor: data!.eventCursor, conversations: new Map(), messages: new Map() };
  for (const { messages, ...conversation } of data!.conversations.nodes as Sent[]) {
    kept.conversations.set(conversation.id, conversation);
    kept.messages.set(conversation.id, new Map(messages.nodes.map((message: Sent) => [message.id, message])));
  }
  return kept;
}

/** Applies an event as the documentation says: what it names is put in place of what was known. Twice changes nothing. */
function apply(kept: Kept, { conversation, message }: Sent): void {
  const known = kept.conversations.get(conversation.id);
  if (!known || conversation.seq >= known.seq) kept.conversations.set(conversation.id, conversation);
  if (!kept.messages.has(conversation.id)) kept.messages.set(conversation.id, new Map());
  if (message) kept.messages.get(conversation.id)!.set(message.id, message);
}

type Step = "start" | "ask" | "answer" | "note" | "read" | Move;

/** One step of a story; a refusal of it is as good as any other. */
async function walk(step: Step, visitor: VisitorActor, id: string): Promise<void> {
  const { ann } = api.world;
  const steps: Partial<Record<Step, () => Promise<unknown>>> = {
    start: () => begin(visitor),
    ask: () => say(visitor, id),
    answer: () => say(ann, id),
    note: () => note(ann, id),
    read: () => markRead(ann, { conversationId: id, seq: 2 }),
  };
  await (steps[step] ?? (() => move(ann, id, step as Move)))().catch(() => {});
}

/** Whether the events have come to where the fresh query is, in every conversation. */
function isSettled(following: Following, kept: Kept, fresh: Kept): boolean {
  const seqs = new Map([...kept.conversations.values()].map(({ id, seq }): [string, number] => [id, seq]));
  for (const { data } of following.answers) {
    const { seq, conversation } = data!.events;
    seqs.set(conversation.id, Math.max(seq ?? 0, seqs.get(conversation.id) ?? 0));
  }
  return [...fresh.conversations.values()].every(({ id, seq }) => (seqs.get(id) ?? 0) >= seq);
}

describe("a client that has read a snapshot and applied every event after its cursor", () => {
  const stories = fc.array(
    fc.constantFrom<Step>("start", "ask", "answer", "note", "read", "wait", "resolve", "close", "reopen"),
    { minLength: 2, maxLength: 8 },
  );

  it("knows what a fresh query tells, as customer and as staff, after any story", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(stories, fc.nat(8), async (story, early) => {
        const visitor = await addVisitor(api.world, "Passing");
        const { conversation } = await begin(visitor);
        for (const as of [await visitorBearer(visitor), api.as.ann]) {
          for (const step of story.slice(0, early)) await walk(step, visitor, conversation.id);
          const kept = await snapshot(as);
          for (const step of story) await walk(step, visitor, conversation.id);
          const socket = await api.connect(as);
          const following = socket.follow(EVENTS, { after: kept.cursor });
          const fresh = await snapshot(as);
          await eventually(() => isSettled(following, kept, fresh));
          // Everything twice, since something may come twice.
          for (const { data } of [...following.answers, ...following.answers]) apply(kept, data!.events);
          socket.close();
          const id = globalId("Conversation", conversation.id);
          expect(kept.conversations.get(id)).toEqual(fresh.conversations.get(id));
          expect(bySeq(kept.messages.get(id)!)).toEqual(bySeq(fresh.messages.get(id)!));
          expect([...fresh.conversations.keys()].filter((known) => !kept.conversations.has(known))).toEqual([]);
        }
      }),
      { numRuns: 12 },
    );
  });
});

function bySeq(messages: Map<string, Sent>): Sent[] {
  return [...messages.values()].toSorted((one, other) => one.seq - other.seq);
}

describe("every mutation", () => {
  /** What it changes of a snapshot comes as events; or why it changes nothing there. */
  const covered: Record<string, string> = {
    startConversation: "start",
    sendMessage: "ask, answer, note",
    setConversationPending: "wait",
    resolveConversation: "resolve",
    closeConversation: "close",
    reopenConversation: "reopen",
    markRead: "moves the reader's own mark and gives a sign",
    setTyping: "gives a sign",
    startVisit: "makes a visitor without conversations",
    refreshVisit: "changes tokens",
  };

  it("is walked in the stories above, or changes nothing of a snapshot", () => {
    expect(Object.keys(schema.getMutationType()!.getFields()).sort()).toEqual(Object.keys(covered).sort());
  });
});
