import { describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { ann, api, ben, conversation, intruder, irina, setScene, settled } from "../support/portal-scene.ts";
import { newKey, openProject, openTask } from "../support/tasks.ts";
import { asHtmx, type PortalBrowser } from "./portal-browser.ts";

setScene();

const inNote = { visibility: "staff" };

const suggest = (who: PortalBrowser, id: string, form: { text: string; visibility?: string; caret?: string }) =>
  who.post(`/portal/conversations/${id}/commands/suggestions`, { caret: String(form.text.length), ...form }, asHtmx);
const preview = (who: PortalBrowser, id: string, form: { text: string; visibility?: string; caret?: string }) =>
  who.post(`/portal/conversations/${id}/commands/preview`, { caret: String(form.text.length), ...form }, asHtmx);
const palette = async (who: PortalBrowser, asked: Record<string, string>) =>
  (await who.get(`/portal/palette?${new URLSearchParams({ at: "thread", ...asked })}`, asHtmx)).text;

async function assigneeOf(id: string): Promise<string | null> {
  const [row] = await sql<{ assigneeId: string | null }>`
    SELECT assignee_id AS "assigneeId" FROM ticket WHERE conversation_id = ${id}`;
  return row!.assigneeId;
}

/** What takes the place of what, of each option. */
function replacementsIn(markup: string): string[] {
  return [...markup.matchAll(/data-text="([^"]*)" data-from="(\d+)" data-to="(\d+)"/g)].map((match) =>
    match.slice(1).join(" "),
  );
}

describe("a command that is being written", () => {
  it("is offered what can stand at its caret, in the reader's language, with how it is written", async () => {
    const id = await conversation();
    expect(replacementsIn((await suggest(ann, id, { text: "/res", ...inNote })).text)).toEqual(["/resolve 0 4"]);
    const names = (await suggest(irina, id, { text: "да\n/р", ...inNote })).text;
    expect(replacementsIn(names)).toContain("/решено 3 5");
    const people = (await suggest(irina, id, { text: "/назначить @an", ...inNote })).text;
    expect(people).toContain("<b>@кому</b>");
    expect(replacementsIn(people)[0]).toBe("@ann 11 14");
  });

  it("is told what it would do, or why it would do nothing and what was probably meant, and nothing is done", async () => {
    const id = await conversation();
    const would = (await preview(irina, id, { text: "/назначить @ann\n/решоно", ...inNote })).text;
    expect(would).toContain("Обращение получит Ann Lind.");
    expect(would).toContain("Может быть, /решено?");
    expect(await assigneeOf(id)).toBeNull();
  });

  it("is text in an answer to a customer, and nothing to whoever does not see the conversation or only reads there", async () => {
    const id = await conversation();
    const { projectId, taskId } = await lamps();
    await sql`UPDATE space_member SET role = 'viewer' WHERE agent_id = ${api.world.irina.agentId}
      AND space_id = (SELECT space_id FROM project WHERE id = ${projectId})`;
    const unheard = await Promise.all([
      ...[ann, irina].flatMap((who) => [
        suggest(who, id, { text: "/resolve", visibility: "everyone" }),
        preview(who, id, { text: "/resolve" }),
      ]),
      ...[intruder].flatMap((who) => [
        suggest(who, id, { text: "/r", ...inNote }),
        preview(who, id, { text: "/resolve", ...inNote }),
      ]),
      ...[ben, irina].flatMap((who) => [suggest(who, taskId, { text: "/" }), preview(who, taskId, { text: "/help" })]),
    ]);
    expect(unheard.map(({ status, text }) => `${status}${text}`)).toEqual(unheard.map(() => "200"));
    expect((await preview(ann, taskId, { text: "/help" })).text).not.toBe("");
  });
});

describe("the palette", () => {
  it("runs commands once, where they are given, and tells what came of each", async () => {
    const id = await conversation();
    const offered = await palette(ann, { q: "/resolve", conversation: id, caret: "8" });
    const values = JSON.parse(/hx-vals="([^"]*)"/.exec(offered)![1]!.replaceAll("&quot;", '"')) as Record<
      string,
      string
    >;
    const run = () => ann.post(`/portal/conversations/${id}/commands/runs`, values, asHtmx);
    expect((await run()).text).toContain("Resolved.");
    expect((await run()).text).toContain("Resolved.");
    const [ran] = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM event WHERE type = 'ticket.moved' AND conversation_id = ${id}`;
    expect(ran!.count).toBe(1);
  });

  it("offers no running of what is refused, and no commands where there are none to give", async () => {
    const id = await conversation();
    expect(await palette(ann, { q: "/asign @ben", conversation: id, caret: "11" })).not.toContain("hx-post");
    for (const [who, where] of [
      [ann, {}],
      [intruder, { conversation: id }],
    ] as const) {
      const shown = await palette(who, { q: "/", ...where });
      expect(shown).toContain("Open a conversation or a task first");
      expect(shown).not.toContain("data-text");
    }
    const tried = await intruder.post(
      `/portal/conversations/${id}/commands/runs`,
      { text: "/resolve", clientId: "x" },
      asHtmx,
    );
    expect(tried.text).not.toContain("Resolved.");
  });

  it("finds one's own tasks by key and by words of their titles, and nobody else's", async () => {
    const { key, taskId } = await lamps();
    for (const q of [`${key.toLowerCase()}-1`, "LAMP mend"]) {
      expect(await palette(ann, { q })).toContain(`/portal/conversations/${taskId}`);
      for (const other of [ben, intruder]) expect(await palette(other, { q })).not.toContain(taskId);
    }
    for (const q of [`${key}-2`, "mend chair", "100%", "\\"]) expect(await palette(ann, { q })).not.toContain(taskId);
  });
});

async function lamps() {
  const key = newKey();
  const projectId = await openProject(api.world.ann, { key, members: [api.world.irina] });
  const taskId = await openTask(api.world.ann, projectId);
  await settled();
  return { key, projectId, taskId };
}
