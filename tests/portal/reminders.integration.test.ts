import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../api/kernel/id.ts";
import { remindersPage } from "../../api/reminders/queries.ts";
import { prisma } from "../../api/kernel/database.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { eventually } from "../support/eventually.ts";
import { openGroup } from "../support/rooms.ts";
import { remove } from "../support/acts.ts";
import { ann, api, ben, irina, setScene } from "../support/portal-scene.ts";
import { granted, reply, say } from "../support/story.ts";
import { openProject, openTask } from "../support/tasks.ts";
import { asHtmx, type PortalBrowser } from "./portal-browser.ts";

setScene();

let roomId: string;
let messageId: string;

beforeEach(async () => {
  roomId = await openGroup(api.world.ann, api.world.irina);
  ({ id: messageId } = await say(api.world.ann, roomId, "The **lamp** flickers <b>"));
});

const ask = (who: PortalBrowser, form: Record<string, string>, headers: Record<string, string> = asHtmx) =>
  who.post("/portal/reminders", { clientId: newId(), messageId, words: "in 2h", ...form }, headers);
const listOf = async (who: PortalBrowser) => (await who.get("/portal/reminders", asHtmx)).text;
const removalIn = (markup: string) => /\/portal\/reminders\/[\w-]+\/removal/.exec(markup)![0];

function ahead(agent = api.world.ann) {
  return prisma().reminder.findMany(remindersPage(agent, { stage: "ahead", limit: 10, inverted: false }));
}

describe("a task that somebody watches", () => {
  it("tells of its moves and of what others say there, in the list and in the count", async () => {
    const { world } = api;
    const projectId = await openProject(world.irina, { members: [world.ben] });
    const taskId = await openTask(world.irina, projectId, { title: "Mend the <b>lamp</b>" });
    granted(await moveTask(world.ben, { taskId, moveId: "start" }));
    await eventually(async () => (await listOf(irina)).includes("Новое состояние: В работе"));
    expect(await listOf(irina)).toContain("Mend the &lt;b&gt;lamp&lt;/b&gt;");
    expect((await irina.get("/portal/reminders/count", asHtmx)).text).toContain("1");
    expect(await listOf(ben)).not.toContain("lamp");
    const { id } = await say(world.ben, taskId, "The **glass** is here");
    await eventually(async () => (await listOf(irina)).includes("The glass is here"));
    const markup = await listOf(irina);
    expect(markup).toContain(`href="/portal/conversations/${taskId}#m-${id}"`);
    expect(markup).toContain(`<bdi>${world.ben.name}</bdi>`);
    expect(markup).not.toContain("Новое состояние");
  });
});

describe("a reminder of a message", () => {
  it("is asked for at a press or in words, said in passing, and taken back", async () => {
    const answer = await ask(ann, { words: "in 20m" });
    expect(answer.text).toContain("You will be reminded: ");
    expect(await ahead()).toMatchObject([{ messageId, conversationId: roomId, text: "" }]);
    const undone = await ann.post(removalIn(answer.text), { undo: "1" }, asHtmx);
    expect(undone.text).toContain("Undone");
    expect(await ahead()).toEqual([]);
    expect((await ask(irina, { words: "послезавтра в 18:00" })).text).toContain("Напомню вам: ");
    expect(await ahead(api.world.irina)).toHaveLength(1);
  });

  it("leads back to the list without a script, and is one however often it is sent", async () => {
    const form = { clientId: newId() };
    const [first, again] = [await ask(ann, form, {}), await ask(ann, form, {})];
    for (const { status, headers } of [first, again])
      expect([status, headers.get("location")]).toEqual([303, "/portal/reminders"]);
    const markup = await listOf(ann);
    expect(markup).toContain(`href="/portal/conversations/${roomId}#m-${messageId}"`);
    expect(markup.split(`#m-${messageId}`)).toHaveLength(2);
    expect(markup).toContain("The lamp flickers &lt;b&gt;");
  });

  it("leads to a reply in its thread, and says what it can of one that was deleted", async () => {
    const { id } = await reply(api.world.irina, { conversationId: roomId, id: messageId }, { body: "I have another" });
    await ask(irina, { messageId: id });
    const there = `href="/portal/conversations/${roomId}/threads/${messageId}#r-${id}"`;
    expect(await listOf(irina)).toContain(there);
    await remove(api.world.irina, { id });
    const after = await listOf(irina);
    expect(after).toContain("Посмотреть ещё раз");
    expect(after).not.toContain("I have another");
  });

  it("is refused in words for times that are none, and for what one does not see", async () => {
    for (const words of ["", "sometime", "2020-01-01"]) {
      const { status, text } = await ask(ann, { words });
      expect([status, text]).toEqual([422, expect.stringContaining("Say when in the future")]);
    }
    const others = await ask(ben, {});
    expect([others.status, others.text]).toEqual([422, "There is no such message, or it is not yours to see."]);
    expect((await ask(ben, {}, {})).status).toBe(404);
    expect(await ahead(api.world.ben)).toEqual([]);
  });

  it("says, while it is being written, when that would be where the reader is", async () => {
    const foretold = async (who: PortalBrowser, words: string) =>
      (await who.get(`/portal/reminders/time?${new URLSearchParams({ words })}`, asHtmx)).text;
    expect(await foretold(ann, "2031-01-02")).toBe("Thursday, 2 January 2031, 09:00");
    expect(await foretold(irina, "2031-01-02T15:00Z")).toContain("16:00");
    for (const none of ["", "<b>", "2020-01-01"]) expect(await foretold(ann, none)).toContain("Say when: ");
  });
});
