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

describe("a message the customer sends", () => {
  it("stands there at once and is one message after its acknowledgement and its event", async () => {
    await device.open();
    device.session.send("  hello  ");
    expect(device.session.view.unsent).toMatchObject([{ body: "hello", isKept: null }]);
    await settle();
    expect(device.session.view.unsent).toEqual([]);
    expect(device.shown()).toEqual(["hello"]);
  });

  it("is no message when it is only white space", async () => {
    await device.open();
    await device.say(" \n ");
    expect(device.session.view.unsent).toEqual([]);
    expect(far.api.messages).toEqual([]);
  });

  it("begins one conversation, however often the answer is lost", async () => {
    await device.open();
    far.answersToLose = 3;
    await device.say("hello");
    await far.pass(60_000);
    expect(far.count("startConversation")).toBeGreaterThan(1);
    expect(far.api.conversations).toBe(1);
    expect(device.shown()).toEqual(["hello"]);
    expect(device.session.view.unsent).toEqual([]);
  });

  it("keeps its clientId and its place in the order over retries", async () => {
    await device.open();
    await device.say("hello");
    far.isReachable = false;
    for (const text of ["one", "two", "three"]) await device.say(text);
    expect(device.session.view.isReachable).toBe(false);
    const waiting = device.session.view.unsent.map((unsent) => unsent.clientId);
    far.isReachable = true;
    far.answersToLose = 2;
    await far.pass(60_000);
    expect(device.shown()).toEqual(["hello", "one", "two", "three"]);
    const sent = far.asked.filter((asked) => asked.name === "sendMessage").map((asked) => asked.input.clientId);
    expect([...new Set(sent)]).toEqual(waiting);
  });

  it("survives a reload unsent and is then sent with the same clientId", async () => {
    await device.open();
    far.isReachable = false;
    await device.say("hello");
    const [kept] = device.session.view.unsent;
    device.reload();
    await settle();
    expect(device.session.view.unsent).toEqual([kept]);
    far.isReachable = true;
    await far.pass(5_000);
    expect(far.api.messages.map((message) => message.clientId)).toEqual([kept?.clientId]);
    expect(device.session.view.unsent).toEqual([]);
  });

  it("is known as acknowledged when the page was left before the answer came", async () => {
    await device.open();
    far.answersToLose = 1;
    await device.say("hello");
    device.reload();
    device.session.resume();
    await far.pass(5_000);
    expect(far.count("startConversation")).toBe(1);
    device.session.open("conversation-1");
    await settle();
    expect(device.shown()).toEqual(["hello"]);
    expect(device.session.view.unsent).toEqual([]);
  });

  it("is seen by the other tabs, also where none has been shown yet", async () => {
    await device.open();
    const other = device.newTab();
    await device.say("hello");
    other.open("conversation-1");
    await settle();
    expect(other.view.thread?.messages.map((message) => message.body)).toEqual(["hello"]);
    far.isReachable = false;
    await device.say("one more thing");
    expect(other.view.unsent.map((unsent) => unsent.body)).toEqual(["one more thing"]);
  });

  it("is sent by another tab when its own has died", async () => {
    await device.open();
    const other = device.newTab();
    far.isReachable = false;
    await device.say("hello");
    device.session.close();
    far.isReachable = true;
    await far.pass(60_000);
    expect(far.api.messages.map((message) => message.body)).toEqual(["hello"]);
    expect(other.view.unsent).toEqual([]);
  });

  it("stays with its refusal until it is deleted, and does not hold up the next", async () => {
    await device.open();
    await device.say("hello");
    far.api.refusals.sendMessage = "InvalidInput";
    await device.say("too long");
    delete far.api.refusals.sendMessage;
    await device.say("short");
    expect(device.session.view.unsent).toMatchObject([{ body: "too long", refusal: { code: "InvalidInput" } }]);
    expect(device.shown()).toEqual(["hello", "short"]);
    device.session.discard(device.session.view.unsent[0]!.clientId);
    expect(device.session.view.unsent).toEqual([]);
    await settle();
    expect(far.near.shelved().filter((text) => text.includes("too long"))).toEqual([]);
  });

  it("is not lost when it was refused and is tried again on a device that takes nothing more", async () => {
    await device.open();
    await device.say("hello");
    far.api.refusals.sendMessage = "InvalidInput";
    await device.say("once more");
    delete far.api.refusals.sendMessage;
    far.near.isFull = true;
    far.isReachable = false;
    device.session.tryAgain(device.session.view.unsent[0]!.clientId);
    await settle();
    expect(device.session.view.unsent).toMatchObject([{ body: "once more", refusal: null, isKept: false }]);
    expect(far.near.shelved().filter((text) => text.includes("once more"))).toHaveLength(1);
    far.isReachable = true;
    await far.pass(60_000);
    expect(device.shown()).toEqual(["hello", "once more"]);
    expect(far.near.shelved().filter((text) => text.includes("once more"))).toEqual([]);
  });

  it("begins a new conversation when it is tried again after a closed one refused it", async () => {
    await device.open();
    await device.say("hello");
    far.api.refusals.sendMessage = "ConversationClosed";
    await device.say("one more thing");
    device.session.tryAgain(device.session.view.unsent[0]!.clientId);
    await settle();
    expect(far.api.conversations).toBe(2);
    expect(device.session.view.thread?.conversationId).toBe("conversation-2");
    expect(device.session.view.unsent).toEqual([]);
  });
});
