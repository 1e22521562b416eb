import { beforeEach, describe, expect, it } from "vitest";
import { device, far, found, setScene, tokenOf, write } from "./customer-scene.ts";
import { settle } from "./settle.ts";

setScene();

describe("a customer who signs out", () => {
  beforeEach(async () => {
    await device.page.say({}, tokenOf("X"));
    await write("X's question", "X's secret draft");
  });

  it("is forgotten before anything is asked, and what they write next is another visitor's", async () => {
    far.isReachable = false;
    device.session.signOut();
    expect(device.session.view).toMatchObject({ threads: [], place: null, inbox: null });
    expect(far.near.store.read("beseda:pk_lumen:visit")).toBeNull();
    far.isReachable = true;
    await far.pass(5_000);
    await device.open();
    await device.say("Whose is this?");
    await far.pass(60_000);
    expect(far.api.visitsEnded).toEqual(["X"]);
    expect(far.api.contact).not.toBe("X");
    expect(device.shown()).toEqual(["Whose is this?"]);
  });

  it("ends the visit also where its token has expired", async () => {
    far.api.expireToken();
    device.session.signOut();
    await settle();
    expect(far.api.visitsEnded).toEqual(["X"]);
  });

  it("is not brought back by what was still under way", async () => {
    far.api.endVisit();
    const said = device.page.say({}, tokenOf("X", 2));
    await far.dropSockets(4403);
    device.session.signOut();
    await said;
    await far.pass(60_000);
    expect(far.near.store.read("beseda:pk_lumen:visit")).toBeNull();
    expect(device.page.said.token).toBeUndefined();
  });

  it("is forgotten in the other tabs too", async () => {
    const other = device.newPage();
    other.session.resume();
    await settle();
    other.session.open("conversation-1");
    other.session.write("X's other draft");
    await settle();
    device.session.signOut();
    await settle();
    expect(other.session.view).toMatchObject({ threads: [], place: null });
    await far.dropSockets(4403);
    await far.pass(5_000);
    expect(far.near.shelved()).toEqual([]);
    expect(await found()).toBe("");
  });

  it("is forgotten by a tab that heard nothing of it as soon as it does anything", async () => {
    const other = device.newPage();
    other.session.resume();
    await settle();
    other.session.open("conversation-1");
    await settle();
    far.near.isDeaf = true;
    device.session.signOut();
    await settle();
    const { session } = other;
    session.write("X's other draft");
    session.send("X's other message");
    await far.pass(60_000);
    expect(other.session.view).toMatchObject({ threads: [], unsent: [], place: null });
    expect(far.near.shelved()).toEqual([]);
    expect(far.api.writtenBy("X")).toEqual(["X's question"]);
  });

  it("is forgotten also where the page was left before the device had done it", async () => {
    device.session.openNew();
    device.session.write("X's next question");
    await settle();
    far.near.isStuck = true;
    device.session.signOut();
    far.near.isStuck = false;
    expect(far.near.shelved()).toEqual(["X's secret draft", "X's next question"]);
    device.reload();
    expect(await found()).toBe("");
    expect(far.near.shelved()).toEqual([]);
  });
});
