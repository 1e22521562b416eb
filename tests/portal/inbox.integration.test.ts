import { describe, expect, it } from "vitest";
import { assignTicket } from "../../api/helpdesk/actions/assign-ticket.ts";
import { ann, api, conversation, intruder, irina, setScene } from "../support/portal-scene.ts";
import { say } from "../support/story.ts";

setScene();

const row = (id: string) => `id="row-${id}"`;

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
  });

  it("takes a view that it does not know for the usual one", async () => {
    const { status, text } = await ann.get("/portal/inbox?whose=everybody&status=lost");
    expect(status).toBe(200);
    expect(text).toContain('data-whose="all" data-condition="open"');
  });
});

describe("the search", () => {
  it("finds by number, by name and by words of a message, whatever their case", async () => {
    const id = await conversation();
    await say(api.world.hannah, id, "The Örsted shade is 100% cracked");
    const { text } = await ann.get(`/portal/conversations/${id}`);
    const number = /<span class="meta ell">(\d+)/.exec(text)![1]!;
    for (const asked of [number, `#${number}`, "örsted SHADE", "100% cracked", "hannah"]) {
      const found = (await ann.get(`/portal/search?q=${encodeURIComponent(asked)}`)).text;
      expect(found, asked).toContain(row(id));
    }
    expect((await ann.get("/portal/search?q=100_ cracked")).text).not.toContain(row(id));
  });

  it("finds nothing of spaces that the agent is not in, and nothing for no words", async () => {
    const id = await conversation();
    await say(api.world.hannah, id, "A secret lantern");
    expect((await intruder.get("/portal/search?q=secret lantern")).text).not.toContain(row(id));
    expect((await ann.get("/portal/search?q=%20")).text).not.toContain('id="row-');
  });
});

describe("the palette", () => {
  it("offers views and conversations for what is typed, and acts where a conversation is open", async () => {
    const id = await conversation();
    await say(api.world.hannah, id, "A green umbrella");
    const found = (await ann.get("/portal/palette?q=green umbrella&thread=1")).text;
    expect(found).toContain(`href="/portal/conversations/${id}"`);
    expect(found).not.toContain("data-act");
    expect((await ann.get("/portal/palette?q=resolve&thread=1")).text).toContain('data-act="resolve"');
    expect((await ann.get("/portal/palette?q=resolve&thread=0")).text).not.toContain('data-act="resolve"');
    expect((await ann.get("/portal/palette?q=nobody")).text).toContain('href="/portal/inbox?whose=unassigned"');
  });
});
