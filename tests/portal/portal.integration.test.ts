import { describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { ann, api, ben, conversation, intruder, irina, pageOf, setScene } from "../support/portal-scene.ts";
import { move, say } from "../support/story.ts";
import { asHtmx } from "./portal-browser.ts";

setScene();

const reply = (body: string, clientId = newId()) => ({ body, clientId, visibility: "everyone" });

async function bodies(conversationId: string): Promise<string[]> {
  const rows = await sql<{
    body: string;
  }>`SELECT body FROM message WHERE conversation_id = ${conversationId} ORDER BY staff_seq`;
  return rows.map((row) => row.body);
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
      expect((await other.post(`${pageOf(id)}/moves`, { move: "resolve" })).status).toBe(404);
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
    expect((await ann.post(`${pageOf(id)}/moves`, { move: "resolve" })).status).toBe(303);
    expect((await ann.get("/portal/inbox")).text).not.toContain(`row-${id}`);
    expect((await ann.get("/portal/inbox?status=resolved")).text).toContain(`row-${id}`);
    expect((await ann.post(`${pageOf(id)}/moves`, { move: "reopen" })).status).toBe(303);
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
