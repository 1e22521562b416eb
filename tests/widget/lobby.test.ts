import { beforeEach, describe, expect, it } from "vitest";
import { tokenOf } from "./customer-scene.ts";
import { Doorway } from "./doorway.ts";
import { FarSide } from "./far-side.ts";
import { settle } from "./settle.ts";

let far: FarSide;
let page: Doorway;
const asked = () => far.asked.map(({ name }) => name);
const stored = (kind: string) => far.near.stored(`beseda:pk_lumen:${kind}:`);

beforeEach(() => {
  far = new FarSide();
  page = new Doorway(far);
});

describe("somebody new", () => {
  it("is greeted by one request, and nothing more is fetched until they write", async () => {
    await settle();
    expect(far.asked).toEqual([]);
    await page.watch();
    page.current.openNew();
    await settle();
    expect(page.current.view).toMatchObject({ phase: "ready", inboxName: "Lumen", turns: 1 });
    expect([asked(), page.fetches]).toEqual([["startVisit"], 0]);
  });

  it("goes on in the session with the first letter, at the same place, with what they have written by then", async () => {
    await page.watch();
    page.current.openNew();
    const { place, turns } = page.current.view;
    page.current.write("H");
    page.current.write("Hi");
    expect(stored("draft")).toEqual(["Hi"]);
    await settle();
    expect([page.isLobby, page.fetches]).toEqual([false, 1]);
    expect(page.current.view).toMatchObject({ place, turns });
    expect(await page.current.draft()).toBe("Hi");
  });

  it("is sent for once and in order, whatever they wrote before the session was there", async () => {
    await page.watch();
    page.isFetchable = false;
    page.current.openNew();
    for (const text of ["one", "two", "three"]) page.current.send(text);
    page.current.write("four");
    await settle();
    expect(page.current.view).toMatchObject({ isReachable: false, unsent: [{ isKept: true }, {}, {}] });
    expect([page.isLobby, stored("outbox").length, stored("draft")]).toEqual([true, 3, ["four"]]);
    page.isFetchable = true;
    await far.pass(10_000);
    expect(far.api.messages.map(({ body }) => body)).toEqual(["one", "two", "three"]);
    expect(far.api.conversations).toBe(1);
    expect(page.current.view).toMatchObject({ unsent: [], thread: { messages: [{}, {}, {}] } });
    expect(await page.current.draft()).toBe("four");
  });

  it("goes on at once when the network is back", async () => {
    await page.watch();
    page.isFetchable = false;
    page.current.write("Hi");
    await settle();
    page.isFetchable = true;
    page.current.connection(true);
    await settle();
    expect(page.isLobby).toBe(false);
  });

  it("is told that nothing is kept where that is so, and has the session for it", async () => {
    page.isKeeping = false;
    page.isFetchable = false;
    await page.watch();
    page.current.send("Hi");
    expect(page.current.view).toMatchObject({ unsent: [{ isKept: false }] });
    page.isFetchable = true;
    await far.pass(10_000);
    expect(far.api.messages.map(({ body }) => body)).toEqual(["Hi"]);
  });

  it("has the session at once where the inbox asks who they are", async () => {
    far.api.preChat = "EMAIL";
    page.isFetchable = false;
    await page.watch();
    page.current.introduce({ email: "bo@mail.example" });
    page.current.send("Hi");
    expect(page.current.view.asks).toBe("NONE");
    page.isFetchable = true;
    await far.pass(10_000);
    expect(asked()).toContain("updateContact");
    expect(far.api.messages.map(({ body }) => body)).toEqual(["Hi"]);
  });
});

describe("the session is fetched at once", () => {
  it("for somebody who has been here before", async () => {
    await page.watch();
    const next = new Doorway(far);
    await settle();
    expect([next.isLobby, next.current.view.phase]).toEqual([false, "ready"]);
  });

  it("for somebody whom the page names", async () => {
    await page.say(tokenOf("X"));
    expect([page.isLobby, far.api.contact]).toEqual([false, "X"]);
  });

  it("where the visit is refused, or has not come about", async () => {
    far.api.refusals.startVisit = "OriginNotAllowed";
    await page.watch();
    expect(page.current.view).toMatchObject({ phase: "refused", refusal: { code: "OriginNotAllowed" } });
  });

  it("when another tab has begun something", async () => {
    await page.watch();
    await page.hear();
    expect(page.isLobby).toBe(false);
  });
});

describe("a customer who signs out in the lobby", () => {
  it("is forgotten at once, and their visit ends when that can be said", async () => {
    await page.watch();
    page.isFetchable = false;
    const before = page.current;
    const { contact } = far.api;
    page.current.send("Mine");
    page.current.signOut();
    expect(page.current).not.toBe(before);
    expect([page.current.view.inbox, page.current.view.unsent]).toEqual([null, []]);
    page.isFetchable = true;
    await far.pass(10_000);
    expect(far.api.writtenBy(contact)).toEqual([]);
  });

  it("in another tab is forgotten here, and what was written here is nobody's", async () => {
    await page.watch();
    page.current.openNew();
    const other = new Doorway(far);
    await settle();
    other.current.signOut();
    page.current.send("Whose?");
    await settle();
    expect(page.current.view).toMatchObject({ place: null, unsent: [] });
  });
});
