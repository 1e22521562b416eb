import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { setTyping } from "../../api/chat/actions/set-typing.ts";
import type { VisitorActor } from "../../api/kernel/actor.ts";
import { assignTicket } from "../../api/helpdesk/actions/assign-ticket.ts";
import { setClock } from "../../api/kernel/clock.ts";
import { sql } from "../../api/kernel/database.ts";
import { logEnd } from "../../api/kernel/live/follow.ts";
import type { Message } from "../../prisma/generated/client/client.ts";
import { type Api, startApi } from "../support/api.ts";
import { type Credentials, visitorBearer } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { takeStock } from "../support/rows.ts";
import type { Answer, Following } from "../support/socket.ts";
import { begin, granted, move, note, say } from "../support/story.ts";
import { askFor } from "../support/reminders.ts";
import { openProject, openTask } from "../support/tasks.ts";
import { addAgent, addVisitor } from "../support/world.ts";
import { EVENTS, MESSAGE, STATE } from "./all-a-customer-sees.ts";

/** A customer of one of the two worlds, and all that they are told. */
type Side = {
  visitor: VisitorActor;
  as: Credentials;
  following: Following;
  first: string;
  second: string;
  /** The last message that both could see, in the first conversation. */
  last: Message;
};

let api: Api;
let start: string;
let projectId: string;
let plain: Side;
/** The same, but staff write private notes and assign it in between. */
let noted: Side;
const notes: Message[] = [];
let instant = Date.now();

async function newSide(name: string): Promise<Side> {
  const visitor = await addVisitor(api.world, name);
  const as = await visitorBearer(visitor);
  const socket = await api.connect(as);
  const following = socket.follow(EVENTS);
  await socket.ask("{ eventCursor }");
  return { visitor, as, following, first: "", second: "", last: undefined as never };
}

/** Does the same to both sides at the same instant, and waits until both were told so many things. */
async function both(count: number, step: (side: Side) => Promise<unknown>): Promise<void> {
  instant += 1_000;
  const due = plain.following.answers.length + count;
  for (const side of [plain, noted]) await step(side);
  for (const side of [plain, noted]) await eventually(() => side.following.answers.length >= due);
}

/** Writes a note in the world that has them, makes a task of it and begins with that, and makes the conversation its author's, or nobody's. */
async function secretly(conversation: "first" | "second", by: "ann" | "irina" = "irina"): Promise<Message> {
  instant += 10;
  const agent = api.world[by];
  const written = await note(agent, noted[conversation], `Secret ${notes.length}`);
  const assigneeId = notes.length % 3 > 0 ? agent.agentId : null;
  granted(await assignTicket(agent, { conversationId: noted[conversation], assigneeId }));
  const taskId = await openTask(agent, projectId, { title: written.body, sourceMessageId: written.id });
  granted(await moveTask(agent, { taskId, moveId: "start" }));
  await askFor(agent, noted[conversation], { messageId: written.id, text: written.body });
  notes.push(written);
  instant -= 10;
  return written;
}

const type = (side: Side, visibility: "everyone" | "staff") =>
  setTyping(api.world.ann, { conversationId: side.first, isTyping: true, visibility });
const readUpTo = async (side: Side, seq: number) =>
  granted(await markRead(api.world.irina, { conversationId: side.first, seq }));

beforeAll(async () => {
  api = await startApi();
  setClock(() => instant);
  const { ann, irina } = api.world;
  projectId = await openProject(ann, { members: [irina] });
  start = (await api.ask(api.as.ann, "{ eventCursor }")).data!.eventCursor;
  plain = await newSide("Customer");
  noted = await newSide("Customer");
  await both(2, async (side) => (side.first = (await begin(side.visitor)).conversation.id));
  await secretly("first");
  await both(2, async (side) => (side.second = (await begin(side.visitor, "Another matter")).conversation.id));
  // The older conversation must not come to the top of the list.
  await secretly("first", "ann");
  await type(noted, "staff");
  await both(2, async (side) => (side.last = await say(ann, side.first, "It is")));
  await secretly("first");
  await both(1, (side) => readUpTo(side, side.last.staffSeq));
  const { staffSeq } = await secretly("first");
  await readUpTo(noted, staffSeq);
  await both(1, (side) => type(side, "everyone"));
  await type(noted, "staff");
  await both(1, async (side) => granted(await markRead(side.visitor, { conversationId: side.first, seq: 3 })));
  await both(1, (side) => move(ann, side.first, "resolve"));
  await secretly("first", "ann");
  await both(2, async (side) => (side.last = await say(side.visitor, side.first, "Thank you")));
  for (const _note of [1, 2, 3]) await secretly("second");
  await both(2, (side) => say(ann, side.second, "Yes"));
  await secretly("second");
  // Who answers has read the note too: that is not told, since in the other world there is nothing to read.
  await both(1, (side) => say(ann, side.second, "Gladly"));
  await secretly("second");
  await takeStock();
});
afterAll(() => setClock());

/** What a side was told, byte for byte, with ids by the order of their appearance, and cursors and the ticket's number, which all share, taken out. */
function told(value: unknown): string {
  const names = new Map<string, string>();
  const name = (id: string) => {
    if (!names.has(id)) names.set(id, `#${names.size + 1}`);
    return names.get(id)!;
  };
  const text = JSON.stringify(value, (key, part) => {
    if (key === "number") return "a number";
    if (key === "clientId" && part !== null) return "a client's id";
    return key === "cursor" && typeof part === "string" && part.length > 12 && !part.includes(".") ? "a cursor" : part;
  });
  const withTypes = text.replace(/[\w-]{50,}/g, (id) => Buffer.from(id, "base64url").toString());
  return withTypes.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, name);
}

/** What a side is sent when it comes back with a cursor. */
async function resumed(side: Side, after: string, conversationId?: string): Promise<Answer[]> {
  const socket = await api.connect(side.as);
  const following = socket.follow(EVENTS, { after, conversationId });
  await eventually(() => following.answers.some((answer) => JSON.stringify(answer).includes("Gladly")));
  socket.close();
  return following.answers;
}

describe("a customer of a world with private notes, their tasks and assignments is told, to the byte, what one of a world without them is", () => {
  it("of the state of everything, in every field", async () => {
    const [without, withNotes] = [await api.ask(plain.as, STATE), await api.ask(noted.as, STATE)];
    expect(without.errors).toBeUndefined();
    expect(told(withNotes)).toBe(told(without));
    expect(without.data!.newest.edges).toHaveLength(2);
  });

  it("live, in events, signs, their number and their order", () => {
    expect(plain.following.answers).toHaveLength(15);
    // A sign and the event that it comes with go two ways: which is first is chance in either world.
    const apart = ({ following: { answers } }: Side) =>
      Object.values(Object.groupBy(answers, ({ data }) => (data!.events.cursor ? "events" : "signs")));
    expect(told(apart(noted))).toBe(told(apart(plain)));
  });

  it("after coming back with the cursor of the beginning", async () => {
    const [without, withNotes] = [await resumed(plain, start), await resumed(noted, start)];
    expect(without.length).toBe(10);
    expect(told(withNotes)).toBe(told(without));
  });

  it("after coming back with any cursor that it was given on the way", async () => {
    const cursors = (side: Side) =>
      side.following.answers
        .map((answer) => answer.data!.events.cursor)
        .filter(Boolean)
        .slice(0, -1);
    const [ofPlain, ofNoted] = [cursors(plain), cursors(noted)];
    expect(ofNoted.length).toBe(ofPlain.length);
    for (const [index, cursor] of ofPlain.entries()) {
      expect(told(await resumed(noted, ofNoted[index]))).toBe(told(await resumed(plain, cursor)));
    }
  });

  it("of one conversation alone", async () => {
    const [without, withNotes] = await Promise.all(
      [plain, noted].map((side) => resumed(side, start, globalId("Conversation", side.second))),
    );
    expect(without!.length).toBe(4);
    expect(told(withNotes)).toBe(told(without));
  });

  it("of what it writes next", async () => {
    const query = `mutation ($id: ID!) { sendMessage(input: { conversationId: $id, clientId: "next", body: "One more" }) {
      ... on SendMessagePayload { sentMessage { ${MESSAGE} } } } }`;
    const [without, withNotes] = await Promise.all(
      [plain, noted].map((side) => api.ask(side.as, query, { id: globalId("Conversation", side.first) })),
    );
    expect(told(withNotes)).toBe(told(without));
    expect(without!.data!.sendMessage.sentMessage.seq).toBe(7);
  });
});

type Place = { position: number };

describe("the end of the log", () => {
  it("stays where it was for a customer when staff write a private note, and moves for staff", async () => {
    const end = async (as: Credentials) => (await api.ask(as, "{ eventCursor }")).data!.eventCursor;
    await takeStock();
    await eventually(async () => logEnd().position === (await sql<Place>`SELECT position FROM log_head`)[0]!.position);
    const [customers, staffs] = [await end(plain.as), await end(api.as.ann)];
    await secretly("second");
    await eventually(async () => (await end(api.as.ann)) !== staffs);
    expect(await end(plain.as)).toBe(customers);
  });
});

describe("staff", () => {
  it("see the notes of the other world: the comparison above is not empty", async () => {
    const { data } = await api.ask(
      api.as.ann,
      "query ($id: ID!) { conversation(id: $id) { messages { nodes { visibility } } } }",
      {
        id: globalId("Conversation", noted.first),
      },
    );
    const staffs = data!.conversation.messages.nodes.filter(
      (message: { visibility: string }) => message.visibility === "STAFF",
    );
    expect(staffs).toHaveLength(5);
    expect(notes.length).toBeGreaterThanOrEqual(9);
  });
});

describe("a customer who guesses", () => {
  it("finds no note by its id, nor who wrote nothing but notes and had the conversation", async () => {
    // The three who are longest there are shown to every visitor of the inbox.
    await addAgent(api.world, { name: "Dora", role: "agent", locale: "en" });
    const emil = await addAgent(api.world, { name: "Emil", role: "agent", locale: "en" });
    const secret = await note(emil, noted.first);
    granted(await assignTicket(emil, { conversationId: noted.first, assigneeId: emil.agentId }));
    const ids = [...[...notes, secret].map(({ id }) => globalId("Message", id)), globalId("Agent", emil.agentId)];
    const { data } = await api.ask(noted.as, "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids });
    expect(data!.nodes).toEqual(ids.map(() => null));
  });

  it("may not mark as read a number that only staff have come to", async () => {
    const query = `mutation ($id: ID!, $seq: Int!) { markRead(input: { conversationId: $id, seq: $seq }) { __typename ... on UserError { code } } }`;
    const ask = ({ as, second }: typeof plain) => api.ask(as, query, { id: globalId("Conversation", second), seq: 5 });
    for (const { data } of await Promise.all([plain, noted].map(ask)))
      expect(data!.markRead).toEqual({ __typename: "InvalidInput", code: "seq_invalid" });
  });

  it("meets no conflict with the clientId of a note", async () => {
    const query = `mutation ($id: ID!, $clientId: String!) {
      sendMessage(input: { conversationId: $id, clientId: $clientId, body: "Mine" }) { __typename } }`;
    const taken = { id: globalId("Conversation", noted.second), clientId: notes[0]!.clientId };
    expect((await api.ask(noted.as, query, taken)).data!.sendMessage.__typename).toBe("SendMessagePayload");
  });
});
