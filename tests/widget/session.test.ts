import { beforeEach, describe, expect, it } from "vitest";
import { Session } from "../../widget/session/session.ts";
import { FarSide, settle } from "./far-side.ts";

const settings = { api: "https://chat.example", inboxKey: "pk_lumen", locale: "en", zone: "Europe/Riga" };

let far: FarSide;
let session: Session;

beforeEach(() => {
  far = new FarSide();
  session = newTab();
});

function newTab(): Session {
  return new Session(settings, far.tab(), () => {});
}

async function opened(): Promise<void> {
  session.watch(true);
  await settle();
}

async function says(text: string): Promise<void> {
  session.send(text);
  await settle();
}

function shown(tab: Session = session): string[] {
  return tab.view.thread?.messages.map((message) => message.body) ?? [];
}

describe("a visit", () => {
  it("begins only when the chat is opened", async () => {
    session.resume();
    await settle();
    expect(far.asked).toEqual([]);
    await opened();
    expect(far.visitsStarted).toHaveLength(1);
    expect(session.view).toMatchObject({ phase: "ready", inboxName: "Lumen", thread: null });
  });

  it("is the same visit when its first answer was lost", async () => {
    far.answersToLose = 1;
    await opened();
    await far.pass(5_000);
    expect(far.visitsStarted).toHaveLength(2);
    expect(new Set(far.visitsStarted).size).toBe(1);
    expect(session.view.phase).toBe("ready");
  });

  it("is begun once by two tabs opened together", async () => {
    const other = newTab();
    session.watch(true);
    other.watch(true);
    await settle();
    expect(far.visitsStarted).toHaveLength(1);
    expect(other.view.phase).toBe("ready");
  });

  it("is refused in words where the origin is not allowed", async () => {
    far.refusals.startVisit = "OriginNotAllowed";
    await opened();
    expect(session.view).toMatchObject({ phase: "refused", refusal: { code: "OriginNotAllowed" } });
  });

  it("renews its token once for two tabs before it expires", async () => {
    await opened();
    const other = newTab();
    await far.pass(15 * 60_000);
    session.watch(true);
    other.resume();
    await settle();
    expect(far.count("refreshVisit")).toBe(1);
    expect(other.view.phase).toBe("ready");
  });

  it("renews a token that the API turns down and repeats the question", async () => {
    await opened();
    await far.pass(120_000);
    far.expireToken();
    await says("hello");
    expect(far.count("refreshVisit")).toBe(1);
    expect(shown()).toEqual(["hello"]);
  });

  it("that has ended gives way to a new one, which takes the unsent message along", async () => {
    await opened();
    await says("first");
    far.isReachable = false;
    await says("second");
    far.isReachable = true;
    far.expireToken();
    far.refusals.refreshVisit = "VisitEnded";
    far.conversations = 0;
    far.messages = [];
    await far.pass(10_000);
    expect(far.visitsStarted).toHaveLength(2);
    expect(far.asked.filter((asked) => asked.name === "startConversation").at(-1)?.input.body).toBe("second");
    expect(session.view.unsent).toEqual([]);
  });
});

describe("a message the customer sends", () => {
  it("stands there at once and is one message after its acknowledgement and its event", async () => {
    await opened();
    session.send("  hello  ");
    expect(session.view.unsent.map((unsent) => unsent.body)).toEqual(["hello"]);
    await settle();
    expect(session.view.unsent).toEqual([]);
    expect(shown()).toEqual(["hello"]);
  });

  it("is no message when it is only white space", async () => {
    await opened();
    await says(" \n ");
    expect(session.view.unsent).toEqual([]);
    expect(far.messages).toEqual([]);
  });

  it("begins one conversation, however often the answer is lost", async () => {
    await opened();
    far.answersToLose = 3;
    await says("hello");
    await far.pass(60_000);
    expect(far.count("startConversation")).toBeGreaterThan(1);
    expect(far.conversations).toBe(1);
    expect(shown()).toEqual(["hello"]);
    expect(session.view.unsent).toEqual([]);
  });

  it("keeps its clientId and its place in the order over retries", async () => {
    await opened();
    await says("hello");
    far.isReachable = false;
    for (const text of ["one", "two", "three"]) await says(text);
    expect(session.view.isReachable).toBe(false);
    const waiting = session.view.unsent.map((unsent) => unsent.clientId);
    far.isReachable = true;
    far.answersToLose = 2;
    await far.pass(60_000);
    expect(shown()).toEqual(["hello", "one", "two", "three"]);
    const sent = far.asked.filter((asked) => asked.name === "sendMessage").map((asked) => asked.input.clientId);
    expect(sent.length).toBeGreaterThan(3);
    expect([...new Set(sent)]).toEqual(waiting);
  });

  it("survives a reload unsent and is then sent with the same clientId", async () => {
    await opened();
    far.isReachable = false;
    await says("hello");
    const [kept] = session.view.unsent;
    session.close();
    far.isReachable = true;
    session = newTab();
    expect(session.view.unsent).toEqual([kept]);
    session.resume();
    await far.pass(5_000);
    expect(far.messages.map((message) => message.clientId)).toEqual([kept?.clientId]);
    expect(session.view.unsent).toEqual([]);
  });

  it("is begun again as the same conversation when the page was left before the answer came", async () => {
    await opened();
    far.answersToLose = 1;
    await says("hello");
    session.close();
    session = newTab();
    session.resume();
    await far.pass(5_000);
    expect(far.asked.filter((asked) => asked.input.body).map((asked) => asked.name)).toEqual([
      "startConversation",
      "startConversation",
    ]);
    expect(far.conversations).toBe(1);
    expect(shown()).toEqual(["hello"]);
    expect(session.view.unsent).toEqual([]);
  });

  it("stays with its refusal until it is deleted, and does not hold up the next", async () => {
    await opened();
    await says("hello");
    far.refusals.sendMessage = "InvalidInput";
    await says("too long");
    delete far.refusals.sendMessage;
    await says("short");
    expect(session.view.unsent).toMatchObject([{ body: "too long", refusal: { code: "InvalidInput" } }]);
    expect(shown()).toEqual(["hello", "short"]);
    session.discard(session.view.unsent[0]!.clientId);
    expect(session.view.unsent).toEqual([]);
    expect(far.store.keys().filter((key) => key.includes("outbox"))).toEqual([]);
  });

  it("begins a new conversation when it is tried again after a closed one refused it", async () => {
    await opened();
    await says("hello");
    far.refusals.sendMessage = "ConversationClosed";
    await says("one more thing");
    session.tryAgain(session.view.unsent[0]!.clientId);
    await settle();
    expect(far.conversations).toBe(2);
    expect(session.view.thread?.conversationId).toBe("conversation-2");
    expect(session.view.unsent).toEqual([]);
  });
});

describe("the live line", () => {
  beforeEach(async () => {
    await opened();
    await says("hello");
  });

  it("brings the answer of the team, and what is watched is read", async () => {
    await far.annWrites("good afternoon");
    expect(shown()).toEqual(["hello", "good afternoon"]);
    expect(session.view.unread).toBe(0);
    expect(far.asked.at(-1)).toMatchObject({ name: "markRead", input: { seq: 2 } });
  });

  it("counts what arrives unwatched", async () => {
    session.watch(false);
    await far.annWrites("good afternoon");
    await far.annWrites("are you there?");
    expect(session.view.unread).toBe(2);
    session.watch(true);
    expect(session.view.unread).toBe(0);
  });

  it("resumes after a loss from the last cursor it has seen", async () => {
    await far.annWrites("good afternoon");
    const before = far.subscribedAfter.length;
    await far.dropSockets();
    const missed = await far.annWrites("still there?");
    await far.pass(5_000);
    expect(far.subscribedAfter.slice(before)).toEqual(["after 2"]);
    far.push(missed);
    expect(shown()).toEqual(["hello", "good afternoon", "still there?"]);
  });

  it("changes nothing on an event it knows", async () => {
    const known = await far.annWrites("good afternoon");
    await far.annWrites("how can I help?");
    const before = session.view.thread;
    far.push(known);
    far.push(known);
    await settle();
    expect(session.view.thread).toEqual(before);
  });

  it("fetches everything anew when an event was lost", async () => {
    const before = far.count("snapshot");
    await far.annWrites("lost on its way", { isPushed: false });
    await far.annWrites("arrived");
    expect(far.count("snapshot")).toBe(before + 1);
    expect(shown()).toEqual(["hello", "lost on its way", "arrived"]);
    expect(far.subscribedAfter.at(-1)).toBe("after 3");
  });

  it("fetches everything anew when the API asks for it", async () => {
    await far.annWrites("lost on its way", { isPushed: false });
    far.push({ ...far.signal(), cursor: "after 2", __typename: "ReloadRequired" });
    await settle();
    expect(shown()).toEqual(["hello", "lost on its way"]);
    expect(far.subscribedAfter.at(-1)).toBe("after 2");
  });

  it("leaves a socket that answers its pings alone, and replaces one that has fallen silent", async () => {
    const before = far.subscribedAfter.length;
    await far.pass(300_000);
    expect(far.subscribedAfter).toHaveLength(before);
    far.muteSockets();
    await far.pass(60_000);
    expect(far.subscribedAfter).toHaveLength(before + 1);
  });

  it("is known to be lost, and comes back at once with the network", async () => {
    const before = far.subscribedAfter.length;
    far.isReachable = false;
    await far.dropSockets();
    await far.pass(60_000);
    expect(session.view.isReachable).toBe(false);
    far.isReachable = true;
    session.connection(true);
    await settle();
    expect(far.subscribedAfter).toHaveLength(before + 1);
    expect(session.view.isReachable).toBe(true);
  });

  it("comes back with a new token when the API ends the socket of an expired one", async () => {
    await far.pass(120_000);
    far.expireToken();
    await far.dropSockets(4403);
    await far.pass(5_000);
    expect(far.count("refreshVisit")).toBe(1);
    await far.annWrites("good afternoon");
    expect(shown()).toEqual(["hello", "good afternoon"]);
  });

  it("shows who is writing until the message is there, or for seven seconds", async () => {
    const person = { __typename: "Agent", id: "ann", name: "Ann Kowalska" } as const;
    far.push({ ...far.signal(), __typename: "TypingChanged", person, isTyping: true });
    expect(session.view.typing).toEqual(person);
    await far.annWrites("good afternoon");
    expect(session.view.typing).toBeNull();
    far.push({ ...far.signal(), __typename: "TypingChanged", person, isTyping: true });
    await far.pass(7_000);
    expect(session.view.typing).toBeNull();
  });

  it("says that the customer is writing, at most every three seconds, and that they have stopped", async () => {
    for (let second = 0; second < 6; second += 1) {
      session.write(false);
      await far.pass(1_000);
    }
    await far.pass(10_000);
    const told = far.asked.filter((asked) => asked.name === "setTyping").map((asked) => asked.input.isTyping);
    expect(told).toEqual([true, true, false]);
  });

  it("remembers how far the team has read", async () => {
    const person = { __typename: "Agent", id: "ann", name: "Ann Kowalska" } as const;
    far.push({ ...far.signal(), __typename: "ReadMarked", person, readSeq: 1 });
    expect(session.view.thread?.seenSeq).toBe(1);
  });

  it("shows that the conversation was closed and lets the next message begin another", async () => {
    await far.close();
    expect(session.view.thread?.status).toBe("CLOSED");
    session.startOver();
    await says("something else");
    expect(far.conversations).toBe(2);
  });
});
