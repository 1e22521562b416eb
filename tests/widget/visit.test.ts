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

describe("a visit", () => {
  it("begins only when the chat is opened", async () => {
    device.session.resume();
    await settle();
    expect(far.asked).toEqual([]);
    await device.open();
    expect(far.api.visitsStarted).toHaveLength(1);
    expect(device.session.view).toMatchObject({ phase: "ready", inboxName: "Lumen", thread: null });
  });

  it("is the same visit when its first answer was lost", async () => {
    far.answersToLose = 1;
    await device.open();
    await far.pass(5_000);
    expect(far.api.visitsStarted).toHaveLength(2);
    expect(new Set(far.api.visitsStarted).size).toBe(1);
    expect(device.session.view.phase).toBe("ready");
  });

  it("begins when a server of an earlier release, which does not know its documents, has gone", async () => {
    far.isOld = true;
    await device.open();
    expect(device.session.view.phase).toBe("opening");
    far.isOld = false;
    await far.pass(5_000);
    expect(device.session.view.phase).toBe("ready");
  });

  it("asks for the state once, however often the chat is said to be before the customer", async () => {
    device.session.watch(true);
    await device.open();
    expect(far.count("snapshot")).toBe(1);
  });

  it("is begun once by two tabs opened together", async () => {
    const other = device.newTab();
    device.session.watch(true);
    other.watch(true);
    await settle();
    expect(far.api.visitsStarted).toHaveLength(1);
    expect(other.view.phase).toBe("ready");
  });

  it("is refused in words where the origin is not allowed", async () => {
    far.api.refusals.startVisit = "OriginNotAllowed";
    await device.open();
    expect(device.session.view).toMatchObject({ phase: "refused", refusal: { code: "OriginNotAllowed" } });
  });

  it("renews its token once for two tabs before it expires", async () => {
    await device.open();
    const other = device.newTab();
    await far.pass(15 * 60_000);
    device.session.watch(false);
    device.session.watch(true);
    other.resume();
    await settle();
    expect(far.count("refreshVisit")).toBe(1);
    expect(other.view.phase).toBe("ready");
  });

  it("renews a token that the API turns down and repeats the question", async () => {
    await device.open();
    await far.pass(120_000);
    far.api.expireToken();
    await device.say("hello");
    expect(far.count("refreshVisit")).toBe(1);
    expect(device.shown()).toEqual(["hello"]);
  });

  it("that has ended gives way to a new one, which takes the unsent message along", async () => {
    await device.open();
    await device.say("first");
    far.isReachable = false;
    await device.say("second");
    far.isReachable = true;
    far.api.expireToken();
    far.api.refusals.refreshVisit = "VisitEnded";
    far.api.talks = [];
    await far.pass(10_000);
    expect(far.api.visitsStarted).toHaveLength(2);
    expect(far.asked.filter((asked) => asked.name === "startConversation").at(-1)?.input.body).toBe("second");
    expect(device.session.view.unsent).toEqual([]);
  });
});
