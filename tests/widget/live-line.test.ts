import { beforeEach, describe, expect, it } from "vitest";
import { Device } from "./device.ts";
import type { FarSide } from "./far-side.ts";
import { settle } from "./settle.ts";

let device: Device;
let far: FarSide;

beforeEach(() => {
  device = new Device();
  far = device.far;
});

describe("the live line", () => {
  beforeEach(async () => {
    await device.open();
    await device.say("hello");
  });

  it("brings the answer of the team, and what is watched is read", async () => {
    await far.annWrites("good afternoon");
    expect(device.shown()).toEqual(["hello", "good afternoon"]);
    expect(device.session.view.unread).toBe(0);
    expect(far.asked.at(-1)).toMatchObject({ name: "markRead", input: { seq: 2 } });
  });

  it("counts what arrives unwatched", async () => {
    device.session.watch(false);
    await far.annWrites("good afternoon");
    await far.annWrites("are you there?");
    expect(device.session.view.unread).toBe(2);
    device.session.watch(true);
    expect(device.session.view.unread).toBe(0);
  });

  it("resumes after a loss from the last cursor it has seen", async () => {
    await far.annWrites("good afternoon");
    const before = far.subscribedAfter.length;
    await far.dropSockets();
    const missed = await far.annWrites("still there?");
    await far.pass(5_000);
    expect(far.subscribedAfter.slice(before)).toEqual(["after 2"]);
    far.push(missed);
    expect(device.shown()).toEqual(["hello", "good afternoon", "still there?"]);
  });

  it("comes back when a server that stops has told it to, and says nothing of it, however often", async () => {
    for (const message of ["one", "two", "three"]) {
      const before = far.subscribedAfter.length;
      await far.dropSockets(1012, "retry: 4000");
      const missed = await far.annWrites(message);
      await far.pass(1_900);
      expect(far.subscribedAfter).toHaveLength(before);
      await far.pass(2_200);
      expect(far.subscribedAfter).toHaveLength(before + 1);
      far.push(missed);
      expect(device.session.view.isReachable).toBe(true);
    }
    expect(device.shown()).toEqual(["hello", "one", "two", "three"]);
  });

  it("takes a server that stops without saying when to come back for lost", async () => {
    for (let times = 1; times <= 2; times++) {
      await far.dropSockets(1012);
      expect(device.session.view.isReachable).toBe(times === 1);
      await far.pass(5_000);
    }
  });

  it("changes nothing on an event it knows", async () => {
    const known = await far.annWrites("good afternoon");
    await far.annWrites("how can I help?");
    const before = device.session.view.thread;
    far.push(known);
    far.push(known);
    await settle();
    expect(device.session.view.thread).toEqual(before);
  });

  it("fetches everything anew when an event was lost", async () => {
    const before = far.count("snapshot");
    await far.annWrites("lost on its way", { isPushed: false });
    await far.annWrites("arrived");
    expect(far.count("snapshot")).toBe(before + 1);
    expect(device.shown()).toEqual(["hello", "lost on its way", "arrived"]);
    expect(far.subscribedAfter.at(-1)).toBe("after 3");
  });

  it("fetches everything anew when the API asks for it", async () => {
    await far.annWrites("lost on its way", { isPushed: false });
    far.push({ ...far.signal(), conversation: null, cursor: "after 2", __typename: "ReloadRequired" });
    await settle();
    expect(device.shown()).toEqual(["hello", "lost on its way"]);
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

  it("leaves a socket alone in a tab whose timers run late, and replaces one that has fallen silent there", async () => {
    const before = far.subscribedAfter.length;
    far.near.lateMs = 60_000;
    await far.pass(600_000);
    expect(far.subscribedAfter).toHaveLength(before);
    far.muteSockets();
    await far.pass(400_000);
    expect(far.subscribedAfter).toHaveLength(before + 1);
  });

  it("asks once more where the page has slept before the answer to its ping could be heard", async () => {
    const before = far.subscribedAfter.length;
    far.loseNextPings();
    far.near.lateMs = 60_000;
    await far.pass(300_000);
    expect(far.subscribedAfter).toHaveLength(before);
  });

  it("is known to be lost, and comes back at once with the network", async () => {
    const before = far.subscribedAfter.length;
    far.isReachable = false;
    await far.dropSockets();
    await far.pass(60_000);
    expect(device.session.view.isReachable).toBe(false);
    far.isReachable = true;
    device.session.connection(true);
    await settle();
    expect(far.subscribedAfter).toHaveLength(before + 1);
    expect(device.session.view.isReachable).toBe(true);
  });

  it("comes back with a new token when the API ends the socket of an expired one", async () => {
    await far.pass(120_000);
    far.api.expireToken();
    await far.dropSockets(4403);
    await far.pass(5_000);
    expect(far.count("refreshVisit")).toBe(1);
    await far.annWrites("good afternoon");
    expect(device.shown()).toEqual(["hello", "good afternoon"]);
  });

  it("shows who is writing until the message is there, or for seven seconds", async () => {
    const person = { __typename: "Agent", id: "ann", name: "Ann Kowalska" } as const;
    far.push({ ...far.signal(), __typename: "TypingChanged", person, isTyping: true });
    expect(device.session.view.typing).toEqual(person);
    await far.annWrites("good afternoon");
    expect(device.session.view.typing).toBeNull();
    far.push({ ...far.signal(), __typename: "TypingChanged", person, isTyping: true });
    await far.pass(7_000);
    expect(device.session.view.typing).toBeNull();
  });

  it("says that the customer is writing, at most every three seconds, and that they have stopped", async () => {
    for (let second = 0; second < 6; second += 1) {
      device.session.write("Good");
      await far.pass(1_000);
    }
    await far.pass(10_000);
    const told = far.asked.filter((asked) => asked.name === "setTyping").map((asked) => asked.input.isTyping);
    expect(told).toEqual([true, true, false]);
  });

  it("tells how far the team has read, now and after a reload", async () => {
    const person = { __typename: "Agent", id: "ann", name: "Ann Kowalska" } as const;
    far.push({ ...far.signal(), __typename: "ReadMarked", person, readSeq: 1 });
    expect(device.session.view.thread).toMatchObject({ seenSeq: 1, seenAt: far.signal().occurredAt });
    far.api.seenSeq = 1;
    const other = device.newTab();
    other.resume();
    await settle();
    other.open("conversation-1");
    expect(other.view.thread).toMatchObject({ seenSeq: 1, seenAt: null });
  });

  it("shows that the conversation was closed and lets the next message begin another", async () => {
    await far.close();
    expect(device.session.view.thread?.status).toBe("CLOSED");
    device.session.openNew();
    await device.say("something else");
    expect(far.api.conversations).toBe(2);
  });
});
