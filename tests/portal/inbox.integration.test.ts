import { describe, expect, it } from "vitest";
import { assignTicket } from "../../api/helpdesk/actions/assign-ticket.ts";
import { ann, api, ben, conversation, intruder, irina, pageOf, setScene } from "../support/portal-scene.ts";
import { newId } from "../../api/kernel/id.ts";
import { move, say } from "../support/story.ts";
import { asHtmx } from "./portal-browser.ts";

setScene();

const row = (id: string) => `id="row-${id}"`;
const numberOf = async (id: string) => /<span class="meta ell">(\d+)/.exec((await ann.get(pageOf(id))).text)![1]!;
const finding = async (agent: typeof ann, asked: string) =>
  (await agent.get(`/portal/search?q=${encodeURIComponent(asked)}`)).text;

describe("the list", () => {
  it("holds what is the agent's, what is nobody's, or all", async () => {
    const [own, free] = [await conversation(), await conversation()];
    await assignTicket(api.world.ann, { conversationId: own, assigneeId: api.world.ann.agentId });
    const [mine, unassigned, all] = await Promise.all(
      ["?whose=mine", "?whose=unassigned", ""].map(async (query) => (await ann.get(`/portal/inbox${query}`)).text),
    );
    expect([mine, unassigned, all].map((page) => [page!.includes(row(own)), page!.includes(row(free))])).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  it("counts what is open in each view", async () => {
    const read = async () => {
      const { text } = await irina.get("/portal/inbox/counts");
      const of = (whose: string) => Number(new RegExp(`#nav-${whose}"[^>]*>(\\d+)`).exec(text)![1]);
      return { mine: of("mine"), unassigned: of("unassigned"), all: of("all") };
    };
    const before = await read();
    const id = await conversation();
    expect(await read()).toEqual({ ...before, unassigned: before.unassigned + 1, all: before.all + 1 });
    await assignTicket(api.world.irina, { conversationId: id, assigneeId: api.world.irina.agentId });
    expect(await read()).toEqual({ ...before, mine: before.mine + 1, all: before.all + 1 });
    await move(api.world.irina, id, "resolve");
    expect(await read()).toEqual(before);
  });

  it("takes a view that it does not know for the usual one", async () => {
    const { status, text } = await ann.get("/portal/inbox?whose=everybody&status=lost");
    expect(status).toBe(200);
    expect(text).toContain('data-whose="all" data-condition="open"');
  });

  it("tells in which conversations the agent has begun to write, and nobody else", async () => {
    const [begun, other] = [await conversation(), await conversation()];
    const draftedIn = async (browser: typeof ann) => {
      const { text } = await browser.get("/portal/inbox");
      return [begun, other].map((id) => /class="(cv[^"]*)"/.exec(text.split(row(id))[1]!)![1]!.includes("drafted"));
    };
    const draft = { body: "Not yet", clientId: newId(), visibility: "staff" };
    await ann.post(`${pageOf(begun)}/draft`, draft);
    expect([await draftedIn(ann), await draftedIn(irina)]).toEqual([
      [true, false],
      [false, false],
    ]);
    await ann.post(`${pageOf(begun)}/messages`, draft);
    expect(await draftedIn(ann)).toEqual([false, false]);
  });

  it("is answered alone to htmx that puts it into its place, as it stands in the page of the same address", async () => {
    await assignTicket(api.world.ann, { conversationId: await conversation(), assigneeId: api.world.ann.agentId });
    const intoList = { ...asHtmx, "HX-Target": "section#list" };
    const still = (text: string) => text.replace(/data-read-at="\d+"/, "");
    for (const address of ["/portal/inbox?whose=mine", "/portal/search?q=lamp"]) {
      const [page, part] = [await ann.get(address), await ann.get(address, intoList)];
      const [title, list] = part.text.split(/(?<=<\/title>)/) as [string, string];
      expect(list).toMatch(/^<section class="pane list" id="list".*<\/section>$/s);
      expect(still(page.text)).toContain(still(list));
      expect(page.text).toContain(title);
      expect(part.headers.get("vary")).toContain("HX-Target");
    }
  });

  it("gives way to nothing where htmx closes the conversation beside it", async () => {
    const part = (await ann.get("/portal/inbox?whose=mine", { ...asHtmx, "HX-Target": "div#conversation" })).text;
    expect(part).toContain("Choose a conversation");
    expect(part).not.toContain('id="list"');
  });

  it("stands beside a conversation as its address asks, else with all of the same condition", async () => {
    const id = await conversation();
    const listIn = async (query: string) =>
      /data-address="([^"]*)"/.exec((await ann.get(`/portal/conversations/${id}${query}`)).text)![1];
    expect(await listIn("?whose=mine")).toBe("/portal/inbox?whose=mine");
    expect(await listIn("?whose=unassigned&status=any")).toBe("/portal/inbox?whose=unassigned&amp;status=any");
    expect(await listIn("?q=green lamp")).toBe("/portal/search?q=green+lamp");
    expect(await listIn("")).toBe("/portal/inbox");
    await move(api.world.ann, id, "resolve");
    expect(await listIn("")).toBe("/portal/inbox?status=resolved");
  });
});

describe("the search", () => {
  it("finds by number, by name and by words of a message, whatever their case", async () => {
    const id = await conversation();
    await say(api.world.hannah, id, "The Örsted shade is 100% cracked");
    const number = await numberOf(id);
    for (const asked of [number, `#${number}`, "örsted SHADE", "100% cracked", "hannah"])
      expect(await finding(ann, asked), asked).toContain(row(id));
    expect(await finding(ann, "100_ cracked")).not.toContain(row(id));
  });

  it("finds nothing of spaces that the agent is not in, by words or by number", async () => {
    const id = await conversation();
    await say(api.world.hannah, id, "A secret lantern");
    for (const stranger of [ben, intruder])
      for (const asked of ["secret lantern", await numberOf(id)])
        expect(await finding(stranger, asked), asked).not.toContain(row(id));
  });

  it("looks one search of an agent after another, and each finds its own", async () => {
    const id = await conversation("Three blue lanterns");
    const found = await Promise.all(["three", "blue", "lanterns", "four lanterns"].map((asked) => finding(ann, asked)));
    expect(found.map((page) => page.includes(row(id)))).toEqual([true, true, true, false]);
  });

  it("finds nothing for no words, and for what no text can hold", async () => {
    await conversation();
    for (const asked of ["%20", "%00"]) {
      const { status, text } = await ann.get(`/portal/search?q=${asked}`);
      expect(status, asked).toBe(200);
      expect(text, asked).not.toContain('id="row-');
    }
  });
});

describe("the palette", () => {
  it("offers views and conversations for what is typed, and acts where a conversation is open", async () => {
    const id = await conversation();
    await say(api.world.hannah, id, "A green umbrella");
    const found = (await ann.get("/portal/palette?q=green umbrella&at=thread")).text;
    expect(found).toContain(`href="/portal/conversations/${id}"`);
    expect(found).not.toContain("data-act");
    expect((await ann.get("/portal/palette?q=resolve&at=thread")).text).toContain('data-act="resolve"');
    expect((await ann.get("/portal/palette?q=resolve&at=list")).text).not.toContain('data-act="resolve"');
    expect((await ann.get("/portal/palette?q=nobody")).text).toContain('href="/portal/inbox?whose=unassigned"');
  });
});
