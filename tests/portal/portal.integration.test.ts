import { beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { logEnd } from "../../api/kernel/live/follow.ts";
import { type Api, startApi } from "../support/api.ts";
import { eventually } from "../support/eventually.ts";
import { begin, move, note, say } from "../support/story.ts";
import { addVisitor } from "../support/world.ts";
import { asHtmx, type PortalBrowser, portalBrowser } from "./portal-browser.ts";

let api: Api;
let ann: PortalBrowser;
let irina: PortalBrowser;
let ben: PortalBrowser;
let intruder: PortalBrowser;

beforeAll(async () => {
  api = await startApi();
  const { world, url } = api;
  [ann, irina, ben, intruder] = (await Promise.all(
    [world.ann, world.irina, world.ben, world.intruder].map((agent) => portalBrowser(url, agent)),
  )) as [PortalBrowser, PortalBrowser, PortalBrowser, PortalBrowser];
});

const pageOf = (id: string) => `/portal/conversations/${id}`;
const reply = (body: string, clientId = newId()) => ({ body, clientId, visibility: "everyone" });

/** A conversation of Hannah's with one message, which the log has told everyone already. */
async function conversation(body?: string): Promise<string> {
  const { conversation: begun } = await begin(api.world.hannah, body);
  await eventually(async () => {
    const [log] = await sql<{ waiting: number; position: number }>`
      SELECT (SELECT count(*) FROM outbox) AS waiting, position FROM log_head`;
    return log!.waiting === 0 && logEnd().position === log!.position;
  });
  return begun.id;
}

async function bodies(conversationId: string): Promise<string[]> {
  const rows = await sql<{
    body: string;
  }>`SELECT body FROM message WHERE conversation_id = ${conversationId} ORDER BY staff_seq`;
  return rows.map((row) => row.body);
}

/** What the live stream would go on from, as a page says it. */
function cursorIn(page: string): string {
  return /hx-sse:connect="[^"]*after=([\w-]+)/.exec(page)![1]!;
}

describe("the portal's door", () => {
  it("sends whoever is not signed in to the sign-in, and back to the page they wanted", async () => {
    const answer = await fetch(`${api.url}/portal/inbox?status=resolved`, {
      redirect: "manual",
      headers: { accept: "text/html" },
    });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(
      `/sign-in?returnTo=${encodeURIComponent("/portal/inbox?status=resolved")}`,
    );
  });

  it("tells a script 401 instead", async () => {
    const part = await fetch(`${api.url}/portal/inbox`, { redirect: "manual", headers: asHtmx });
    const stream = await fetch(`${api.url}/portal/stream`, {
      redirect: "manual",
      headers: { accept: "text/event-stream" },
    });
    expect([part.status, stream.status]).toEqual([401, 401]);
  });

  it("lets no page run, load or frame anything but our own files", async () => {
    const policy = (await ann.get("/portal/inbox")).headers.get("content-security-policy")!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  it("takes no form of another site, and writes nothing", async () => {
    const id = await conversation();
    const answer = await ann.post(`${pageOf(id)}/messages`, reply("From elsewhere"), {
      "sec-fetch-site": "cross-site",
    });
    expect(answer.status).toBe(403);
    expect(await bodies(id)).toHaveLength(1);
  });
});

describe("the inbox", () => {
  it("shows the conversations of the agent's own spaces alone", async () => {
    const id = await conversation("Only for the shop's team");
    expect((await ann.get("/portal/inbox")).text).toContain(`row-${id}`);
    for (const other of [ben, intruder]) {
      expect((await other.get("/portal/inbox")).text).not.toContain(`row-${id}`);
      expect((await other.get(pageOf(id))).status).toBe(404);
      expect((await other.get(`${pageOf(id)}/messages?before=9`)).status).toBe(404);
      expect((await other.post(`${pageOf(id)}/messages`, reply("Let me in"))).status).toBe(404);
      expect((await other.post(`${pageOf(id)}/resolution`, {})).status).toBe(404);
    }
    expect(await bodies(id)).toHaveLength(1);
  });

  it("counts what the agent has not read, until it is read", async () => {
    const id = await conversation();
    const isNew = async () =>
      (await ann.get("/portal/inbox")).text.split(`id="row-${id}"`)[1]!.slice(0, 200).includes("cv new");
    expect(await isNew()).toBe(true);
    expect((await ann.post(`${pageOf(id)}/read`, { seq: "2" }, asHtmx)).status).toBe(204);
    expect(await isNew()).toBe(false);
  });

  it("keeps a resolved conversation in its own view", async () => {
    const id = await conversation();
    expect((await ann.post(`${pageOf(id)}/resolution`, {})).status).toBe(303);
    expect((await ann.get("/portal/inbox")).text).not.toContain(`row-${id}`);
    expect((await ann.get("/portal/inbox?status=resolved")).text).toContain(`row-${id}`);
    expect((await ann.post(`${pageOf(id)}/resolution/removal`, {})).status).toBe(303);
    expect((await ann.get("/portal/inbox")).text).toContain(`row-${id}`);
  });
});

describe("a conversation without JavaScript", () => {
  it("takes a reply and goes back to its page", async () => {
    const id = await conversation();
    const answer = await ann.post(`${pageOf(id)}/messages`, reply("Line one\r\nline two"));
    expect([answer.status, answer.headers.get("location")]).toEqual([303, pageOf(id)]);
    expect(await bodies(id)).toEqual(["Is the lamp in stock?", "Line one\nline two"]);
    expect((await ann.get(pageOf(id))).text).toContain("Line one\nline two");
  });

  it("makes one message of a form that is sent twice", async () => {
    const id = await conversation();
    const clientId = /name="clientId" value="([^"]+)"/.exec((await ann.get(pageOf(id))).text)![1]!;
    await Promise.all([1, 2].map(() => ann.post(`${pageOf(id)}/messages`, reply("Once", clientId))));
    expect(await bodies(id)).toEqual(["Is the lamp in stock?", "Once"]);
  });

  it("brings a refused text back with the reason, in the agent's language", async () => {
    const id = await conversation();
    const long = "ё".repeat(10_001);
    const answer = await irina.post(`${pageOf(id)}/messages`, { ...reply(long), visibility: "staff" });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("В сообщении может быть до 10");
    expect(answer.text).toContain(long);
    expect(answer.text).toMatch(/value="staff" checked/);
    expect(await bodies(id)).toHaveLength(1);
  });

  it("offers no composer once it is closed, and refuses what is sent all the same", async () => {
    const id = await conversation();
    await move(api.world.ann, id, "close");
    expect((await ann.get(pageOf(id))).text).not.toContain('id="composer"');
    expect((await ann.post(`${pageOf(id)}/messages`, reply("Too late"))).status).toBe(422);
  });

  it("leads through a long thread part by part", async () => {
    const id = await conversation("Message 0");
    for (let number = 1; number <= 60; number++) await say(api.world.hannah, id, `Message ${number}.`);
    const page = (await ann.get(pageOf(id))).text;
    const older = /href="([^"]*before=[^"]*)"/.exec(page)![1]!;
    expect(page).not.toContain("Message 10.");
    const part = (await ann.get(older, asHtmx)).text;
    expect(part).toContain("Message 10.");
    expect(part).toContain("Message 0<");
    expect(part).not.toContain("Message 11.");
  });
});

describe("a conversation by htmx", () => {
  it("answers its own address with the pane alone", async () => {
    const id = await conversation();
    const part = await ann.get(pageOf(id), asHtmx);
    expect(part.text).toContain(`data-conversation="${id}"`);
    expect(part.text).not.toContain("<html");
    expect(part.headers.get("vary")).toContain("HX-Request");
  });

  it("answers a reply with its line and its row", async () => {
    const id = await conversation();
    const answer = await ann.post(`${pageOf(id)}/messages`, reply("By htmx"), asHtmx);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`hx-target="#messages-${id}"`);
    expect(answer.text).toContain(`id="row-${id}"`);
    expect(answer.text).not.toContain("<html");
  });

  it("answers 409 when the client id has been used for another text", async () => {
    const id = await conversation();
    const clientId = newId();
    await ann.post(`${pageOf(id)}/messages`, reply("First", clientId), asHtmx);
    expect((await ann.post(`${pageOf(id)}/messages`, reply("Second", clientId), asHtmx)).status).toBe(409);
  });
});

describe("the live stream", () => {
  it("resumes after the last event that the browser names, without a gap or a repetition", async () => {
    const id = await conversation();
    const cursor = cursorIn((await ann.get("/portal/inbox")).text);
    for (const text of ["one", "two", "three"]) await say(api.world.hannah, id, text);
    const address = `/portal/stream?conversation=${id}&after=${cursor}`;
    const lineOf = (frame: string) => /<div class="prose"[^>]*>([^<]*)/.exec(frame)?.[1];
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
    await ann.post(`${pageOf(id)}/resolution`, {}, asHtmx);
    const [frame] = await irina.stream(`/portal/stream?conversation=${id}&after=${cursor}`, (all) => all.length >= 1);
    expect(frame).toContain("Решено · Ann Lind");
    expect(frame).toContain("resolution/removal");
    expect(frame).toContain('data-status="resolved"');
  });

  it("brings nothing of spaces that the agent is not in", async () => {
    const id = await conversation();
    const wholesaler = await addVisitor(api.world.wholesale, "Wholesaler");
    const pages = await Promise.all([ben, intruder].map((other) => other.get("/portal/inbox")));
    await say(api.world.hannah, id, "Secret of the shop");
    const own = [await begin(wholesaler), await begin(api.world.stranger)];
    for (const [at, other] of [ben, intruder].entries()) {
      const frames = await other.stream(`/portal/stream?after=${cursorIn(pages[at]!.text)}`, (all) => all.length >= 1);
      expect(frames[0]).toContain(`id="row-${own[at]!.conversation.id}"`);
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
