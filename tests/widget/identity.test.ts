import { describe, expect, it } from "vitest";
import { device, far, found, setScene, tokenOf, write } from "./customer-scene.ts";
import { settle } from "./settle.ts";

setScene();

describe("a customer whom the page names", () => {
  it("has what they wrote before, stays where they are, and is told of once", async () => {
    await write("Where is order 77?", "and an");
    const { session } = device;
    await device.page.say({}, tokenOf("X", 1));
    await device.page.say({}, tokenOf("X", 2));
    expect(device.session).toBe(session);
    expect(device.shown()).toEqual(["Where is order 77?"]);
    expect(await session.draft()).toBe("and an");
    expect(far.count("identifyVisitor")).toBe(1);
    await far.annWrites("In Riga.");
    expect(device.shown()).toEqual(["Where is order 77?", "In Riga."]);
    device.reload();
    device.session.resume();
    await device.page.say({}, tokenOf("X", 3));
    expect(far.count("identifyVisitor")).toBe(1);
  });

  it("keeps what waits to be sent where it belongs", async () => {
    await write("Where is order 77?", "");
    far.isReachable = false;
    await device.say("It is urgent");
    await device.page.say({}, tokenOf("X"));
    far.isReachable = true;
    await far.pass(60_000);
    expect(far.api.contact).toBe("X");
    expect(far.api.conversations).toBe(1);
    expect(device.shown()).toEqual(["Where is order 77?", "It is urgent"]);
  });

  it("is the same in every tab", async () => {
    await write("Where is order 77?", "");
    const other = device.newTab();
    other.resume();
    await settle();
    other.open("conversation-1");
    await device.page.say({}, tokenOf("X"));
    await far.dropSockets(4403);
    await far.pass(5_000);
    await far.annWrites("In Riga.");
    expect(other.view.thread?.messages.map(({ body }) => body)).toEqual(["Where is order 77?", "In Riga."]);
  });

  it("is told of until it has arrived, and the page hears that it has not yet", async () => {
    far.isReachable = false;
    await device.page.say({}, tokenOf("X"));
    expect(device.page.errors).toEqual(["not_identified"]);
    await far.pass(60_000);
    expect(device.page.errors).toEqual(["not_identified"]);
    far.isReachable = true;
    await far.pass(60_000);
    expect(far.api.contact).toBe("X");
  });

  it("is asked for once where the token is no good, and the page hears why", async () => {
    far.api.refusals.identifyVisitor = "IdentityTokenExpired";
    await device.page.say({}, tokenOf("X"));
    await device.open();
    await far.pass(60_000);
    expect(device.page.errors).toEqual(["IdentityTokenExpired"]);
    expect(far.count("identifyVisitor")).toBe(1);
    delete far.api.refusals.identifyVisitor;
    await device.page.say({}, tokenOf("X", 2));
    expect(far.api.contact).toBe("X");
  });

  it("is named again when their visit has ended, and told of anew", async () => {
    await device.page.say({ attributes: { plan: "pro" } }, tokenOf("X"));
    await write("Mine", "");
    far.api.endVisit();
    await far.dropSockets(4403);
    await far.pass(60_000);
    expect(far.api.contact).toBe("X");
    expect(device.session.view.threads).toHaveLength(1);
    expect(far.count("updateContact")).toBe(2);
  });

  it("is named again where the visit ended while no page was open", async () => {
    await device.page.say({}, tokenOf("X"));
    await write("Mine", "");
    far.api.endVisit();
    device.reload();
    device.session.resume();
    await device.page.say({}, tokenOf("X"));
    await far.pass(5_000);
    expect(far.count("identifyVisitor")).toBe(2);
    await device.open();
    expect(far.api.contact).toBe("X");
    expect(device.session.view.threads).toHaveLength(1);
  });

  it("is asked who they are again in a visit of its own, and not before", async () => {
    const asks = () => device.session.view.asks;
    far.api.preChat = "EMAIL";
    await device.open();
    expect(asks()).toBe("EMAIL");
    device.session.introduce({ email: "bo@mail.example" });
    await settle();
    device.reload();
    await device.open();
    expect(asks()).toBe("NONE");
    far.api.endVisit();
    device.reload();
    await device.open();
    await far.pass(5_000);
    expect(asks()).toBe("EMAIL");
  });

  it("has what the page says beside the token", async () => {
    const said = device.page.say({}, tokenOf("X"));
    await device.page.say({ attributes: { plan: "pro" } });
    await said;
    await device.page.say({ name: "Bo" });
    expect(far.api.profiles.X).toMatchObject({ name: "Bo", attributes: { plan: "pro" } });
  });
});

describe("another customer whom the page names", () => {
  it("finds nothing of the one before, whose visit ends", async () => {
    await device.page.say({ attributes: { plan: "pro" } }, tokenOf("X"));
    await write("X's question", "X's secret draft");
    await device.page.say({}, tokenOf("Y"));
    expect(far.api.contact).toBe("Y");
    expect(far.api.visitsEnded).toEqual(["X"]);
    expect(device.session.view).toMatchObject({ threads: [], place: null });
    expect(await found()).toBe("");
    expect(far.near.shelved()).toEqual([]);
    expect(far.api.profiles.Y).toBeUndefined();
  });

  it("finds nothing of the one before while the network is away, and is named when it is back", async () => {
    await device.page.say({}, tokenOf("X"));
    await write("X's question", "X's secret draft");
    far.isReachable = false;
    await device.say("X's unsent message");
    await device.page.say({}, tokenOf("Y"));
    expect(device.session.view).toMatchObject({ threads: [], unsent: [] });
    far.isReachable = true;
    await far.pass(60_000);
    expect(far.api.contact).toBe("Y");
    expect(far.api.visitsEnded).toEqual(["X"]);
    expect(await found()).toBe("");
    expect(far.api.writtenBy("Y")).toEqual([]);
  });
});
