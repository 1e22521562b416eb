import { beforeEach, describe, expect, it } from "vitest";
import { Device } from "./device.ts";
import type { FarSide } from "./far-side.ts";
import { settle } from "./settle.ts";

let device: Device;
let far: FarSide;

beforeEach(async () => {
  device = new Device();
  far = device.far;
  await device.open();
  await device.say("about a lamp");
  device.session.openNew();
  await device.say("about a parcel");
  device.session.leave();
});

function listed(): string[] {
  return device.session.view.threads.map(({ messages, unread }) => `${messages.at(-1)?.body} (${unread})`);
}

describe("several conversations", () => {
  it("are listed with the newest first, by one subscription", async () => {
    expect(listed()).toEqual(["about a parcel (0)", "about a lamp (0)"]);
    await far.annWrites("It is in Riga.", { into: "conversation-1" });
    expect(listed()).toEqual(["It is in Riga. (1)", "about a parcel (0)"]);
    expect(far.subscribedAfter).toHaveLength(1);
  });

  it("count what is unread over all of them until each is looked at", async () => {
    await far.annWrites("one", { into: "conversation-1" });
    await far.annWrites("two", { into: "conversation-2" });
    await far.annWrites("three", { into: "conversation-2" });
    expect(device.session.view.unread).toBe(3);
    device.session.open("conversation-2");
    expect(device.session.view.unread).toBe(1);
    device.session.open("conversation-1");
    expect(device.session.view.unread).toBe(0);
  });

  it("are listed after a reload, and read whole when they are opened", async () => {
    for (const body of ["one", "two"]) await far.annWrites(body, { into: "conversation-1" });
    device.reload();
    device.session.resume();
    await settle();
    expect(listed()).toEqual(["about a parcel (0)", "two (2)"]);
    device.session.open("conversation-1");
    await settle();
    expect(device.shown()).toEqual(["about a lamp", "one", "two"]);
    await far.annWrites("three", { into: "conversation-1" });
    expect(device.shown()).toEqual(["about a lamp", "one", "two", "three"]);
  });

  it("take each message where the customer saw it go, also with the network away", async () => {
    device.session.open("conversation-1");
    far.isReachable = false;
    await device.say("the lamp again");
    device.session.openNew();
    await device.say("a third thing");
    await device.say("and its second line");
    device.session.leave();
    far.isReachable = true;
    await far.pass(60_000);
    expect(far.api.talks.map(({ messages }) => messages.map(({ body }) => body))).toEqual([
      ["about a lamp", "the lamp again"],
      ["about a parcel"],
      ["a third thing", "and its second line"],
    ]);
  });

  it("know one that another tab has begun", async () => {
    const other = device.newTab();
    other.resume();
    await settle();
    other.send("from the other tab");
    await settle();
    expect(listed()[0]).toBe("from the other tab (0)");
  });
});

describe("what was said before", () => {
  beforeEach(async () => {
    for (let n = 1; n <= 40; n++) await far.annWrites(`${n}`, { into: "conversation-1" });
    device.reload();
    await device.open();
    device.session.open("conversation-1");
    await settle();
  });

  it("comes a page at a time, however often it is asked for", async () => {
    for (let times = 1; times <= 3; times++) device.session.showEarlier();
    await settle();
    expect(far.count("earlier")).toBe(1);
    expect(device.shown()).toHaveLength(41);
    expect(device.session.view.thread?.earlier).toBeNull();
  });

  it("is asked for again after pauses until it comes", async () => {
    far.answersToLose = Number.POSITIVE_INFINITY;
    for (let second = 1; second <= 60; second++) {
      device.session.showEarlier();
      await far.pass(1_000);
    }
    expect(far.count("earlier")).toBeLessThan(10);
    far.answersToLose = 0;
    await far.pass(60_000);
    expect(device.shown()).toHaveLength(41);
  });
});

describe("what the customer has begun to write", () => {
  it("stays with its conversation, over a reload too", async () => {
    device.session.open("conversation-1");
    device.session.write("half a thou");
    device.session.open("conversation-2");
    expect(await device.session.draft()).toBe("");
    await settle();
    device.reload();
    device.session.resume();
    await settle();
    device.session.open("conversation-1");
    expect(await device.session.draft()).toBe("half a thou");
  });

  it("goes along when its conversation begins, and is gone once it is sent", async () => {
    device.session.openNew();
    device.session.write("hello");
    device.session.send("hello");
    device.session.write("and anoth");
    await settle();
    expect(device.session.view.thread?.conversationId).toBe("conversation-3");
    expect(await device.session.draft()).toBe("and anoth");
    device.session.openNew();
    expect(await device.session.draft()).toBe("");
  });
});

describe("where the device keeps nothing more", () => {
  it("a message says so, is sent all the same, and gone with its tab if it was not", async () => {
    far.near.isFull = true;
    far.isReachable = false;
    await device.say("hello");
    expect(device.session.view.unsent).toMatchObject([{ body: "hello", isKept: false }]);
    device.reload();
    await settle();
    expect(device.session.view.unsent).toEqual([]);
    await device.say("hello again");
    far.isReachable = true;
    await far.pass(60_000);
    expect(far.api.messages.map(({ body }) => body)).toEqual(["about a lamp", "about a parcel", "hello again"]);
  });

  it("a message that is kept stays and is sent while the device cannot be read", async () => {
    device.session.open("conversation-1");
    far.isReachable = false;
    await device.say("hello");
    far.near.isUnreadable = true;
    far.isReachable = true;
    await far.pass(60_000);
    expect(device.shown()).toEqual(["about a lamp", "hello"]);
  });

  it("what could not be read at first is sent when it can be", async () => {
    device.session.open("conversation-1");
    far.isReachable = false;
    await device.say("hello");
    far.near.isUnreadable = true;
    device.reload();
    far.isReachable = true;
    await far.pass(60_000);
    far.near.isUnreadable = false;
    await far.pass(60_000);
    expect(far.api.messages.map(({ body }) => body)).toContain("hello");
  });

  it("no tab overtakes with a later message what an earlier one could not keep", async () => {
    device.session.open("conversation-1");
    far.isReachable = false;
    far.near.isFull = true;
    await device.say("first");
    far.near.isFull = false;
    await device.say("second");
    expect(device.session.view.unsent.map(({ isKept }) => isKept)).toEqual([false, false]);
  });
});
