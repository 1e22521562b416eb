import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { ann, api, ben, conversation, intruder, irina, pageOf, setScene } from "../support/portal-scene.ts";
import { begin, note, say } from "../support/story.ts";
import { addVisitor } from "../support/world.ts";
import { asHtmx, portalBrowser } from "./portal-browser.ts";

setScene();

/** What the live stream would go on from, as a page says it. */
function cursorIn(page: string): string {
  return /hx-sse:connect="[^"]*after=([\w-]+)/.exec(page)![1]!;
}

describe("the live stream", () => {
  it("resumes after the last event that the browser names, without a gap or a repetition", async () => {
    const id = await conversation();
    const cursor = cursorIn((await ann.get("/portal/inbox")).text);
    for (const text of ["one", "two", "three"]) await say(api.world.hannah, id, text);
    const address = `/portal/stream?conversation=${id}&after=${cursor}`;
    const lineOf = (frame: string) => /<div class="prose"[^>]*><p>([^<]*)/.exec(frame)?.[1];
    const all = await ann.stream(address, (frames) => frames.length >= 3);
    const firstId = /^id: (.+)$/m.exec(all[0]!)![1]!;
    const rest = await ann.stream(address, (frames) => frames.length >= 2, { "last-event-id": firstId });
    expect(all.map(lineOf)).toEqual(["one", "two", "three"]);
    expect(rest.map(lineOf)).toEqual(["two", "three"]);
  });

  it("brings the lines of the open conversation and the rows of all", async () => {
    const [here, there] = [await conversation(), await conversation()];
    const cursor = cursorIn((await ann.get(pageOf(here))).text);
    await say(api.world.hannah, there, "Over there");
    await note(api.world.irina, here, "Over here");
    const frames = await ann.stream(`/portal/stream?conversation=${here}&after=${cursor}`, (all) => all.length >= 2);
    expect(frames[0]).toContain(`id="row-${there}"`);
    expect(frames[0]).not.toContain(`#messages-${there}`);
    expect(frames[1]).toContain(`#messages-${here}`);
    expect(frames[1]).toContain("Private note, team only");
  });

  it("tells of a move with its line, its buttons and its row", async () => {
    const id = await conversation();
    const cursor = cursorIn((await irina.get(pageOf(id))).text);
    await ann.post(`${pageOf(id)}/moves`, { move: "resolve" }, asHtmx);
    const [frame] = await irina.stream(`/portal/stream?conversation=${id}&after=${cursor}`, (all) => all.length >= 1);
    expect(frame).toContain("Решено · Ann Lind");
    expect(frame).toContain('value="reopen"');
    expect(frame).toContain('data-status="resolved"');
  });

  it("brings nothing of spaces that the agent is not in", async () => {
    const id = await conversation();
    const wholesaler = await addVisitor(api.world.wholesale, "Wholesaler");
    const pages = await Promise.all([ben, intruder].map((other) => other.get("/portal/inbox")));
    await say(api.world.hannah, id, "Secret of the shop");
    const own = [await begin(wholesaler), await begin(api.world.stranger)];
    for (const [at, other] of [ben, intruder].entries()) {
      const isOwn = (frame: string) => frame.includes(`id="row-${own[at]!.conversation.id}"`);
      const frames = await other.stream(`/portal/stream?after=${cursorIn(pages[at]!.text)}`, (all) => all.some(isOwn));
      expect(frames.some(isOwn)).toBe(true);
      expect(frames.join()).not.toContain("Secret of the shop");
    }
  });

  it("tells a page with a cursor of another log to load itself afresh", async () => {
    const [frame] = await ann.stream(
      `/portal/stream?after=${Buffer.from("00000000.5").toString("base64url")}`,
      (all) => all.length >= 1,
    );
    expect(frame).toMatch(/^event: reload$/m);
  });

  it("does not open again once the session has ended", async () => {
    const visiting = await portalBrowser(api.url, api.world.ann);
    expect((await visiting.get("/portal/inbox")).status).toBe(200);
    await visiting.post("/sign-out", {});
    await eventually(
      async () => (await visiting.get("/portal/stream", { accept: "text/event-stream" })).status === 401,
    );
  });
});
