import { describe, expect, it } from "vitest";
import { updateContact } from "../../api/helpdesk/actions/update-contact.ts";
import { assignTicket } from "../../api/helpdesk/actions/assign-ticket.ts";
import { retireAgent } from "../../api/helpdesk/actions/retire-agent.ts";
import { eventually } from "../support/eventually.ts";
import { ann, api, ben, conversation, intruder, irina, pageOf, setScene, settled } from "../support/portal-scene.ts";
import { begin, granted, move, note, say } from "../support/story.ts";
import { addAgent, addVisitor } from "../support/world.ts";
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
    await say(api.world.hannah, id, "one");
    const address = `/portal/stream?conversation=${id}&after=${cursor}`;
    // What comes close together is one frame.
    const linesIn = (frames: string[]) =>
      [...frames.join("").matchAll(/<div class="prose"[^>]*><p>([^<]*)/g)].map(([, line]) => line);
    const first = await ann.stream(address, (frames) => linesIn(frames).length >= 1);
    const firstId = /^id: (.+)$/m.exec(first.at(-1)!)![1]!;
    for (const text of ["two", "three"]) await say(api.world.hannah, id, text);
    const rest = await ann.stream(address, (frames) => linesIn(frames).length >= 2, { "last-event-id": firstId });
    expect(linesIn(first)).toEqual(["one"]);
    expect(linesIn(rest)).toEqual(["two", "three"]);
  });

  it("brings the lines of the open conversation and the rows of all", async () => {
    const [here, there] = [await conversation(), await conversation()];
    const cursor = cursorIn((await ann.get(pageOf(here))).text);
    await say(api.world.hannah, there, "Over there");
    await note(api.world.irina, here, "Over here");
    const isWhole = (frames: string[]) => frames.join("").includes(`#messages-${here}`);
    const told = (await ann.stream(`/portal/stream?conversation=${here}&after=${cursor}`, isWhole)).join("");
    expect(told).toContain(`id="row-${there}"`);
    expect(told).not.toContain(`#messages-${there}`);
    expect(told).toContain(`#messages-${here}`);
    expect(told).toContain("Private note, team only");
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

  it("tells that a conversation is nobody's, where the customer opens it again and whose it was is gone", async () => {
    const id = await conversation();
    const dora = await addAgent(api.world, { name: "Dora", role: "agent", locale: "en" });
    granted(await assignTicket(dora, { conversationId: id, assigneeId: dora.agentId }));
    await move(dora, id, "resolve");
    granted(await retireAgent(api.world.ann, dora));
    await settled();
    const cursor = cursorIn((await ann.get(pageOf(id))).text);
    await say(api.world.hannah, id, "Once more");
    const line = "who had this is no longer here";
    const address = `/portal/stream?conversation=${id}&after=${cursor}`;
    const told = (await ann.stream(address, (frames) => frames.join("").includes(line))).join("");
    expect(told).toContain('data-assignee=""');
    expect(told).toContain(line);
    expect((await ann.get(pageOf(id))).text).toContain(line);
  });

  it("tells whose conversation it is once the customer has said more, where it is open; elsewhere its row alone", async () => {
    const visitor = await addVisitor(api.world, "Otto");
    const { conversation: begun } = await begin(visitor);
    await settled();
    const cursor = cursorIn((await ann.get(pageOf(begun.id))).text);
    granted(await updateContact(visitor, { name: "Ottilie Ek", email: "otto@mail.example" }));
    const read = async (open: string) =>
      (await ann.stream(`/portal/stream?${open}after=${cursor}`, (all) => all.length >= 1)).at(-1)!;
    const [here, elsewhere] = [await read(`conversation=${begun.id}&`), await read("")];
    const page = (await ann.get(pageOf(begun.id))).text;
    const markup = here.replace(/^(?:id|event): .*\n/gm, "").replace(/^data: /gm, "");
    for (const id of ["page-title", "thread-title", "contact", "addressee", "close-consequence"]) {
      const [, pushed] = new RegExp(`#${id}" hx-swap="innerHTML">(.*?)</hx-partial>`, "s").exec(markup)!;
      expect(pushed).toContain("Ottilie");
      expect(page).toContain(pushed);
    }
    expect(here).toContain("otto@mail.example");
    expect(elsewhere).toContain(`id="row-${begun.id}"`);
    expect(elsewhere).not.toContain("otto@mail.example");
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
