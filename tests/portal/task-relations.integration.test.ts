import { describe, expect, it } from "vitest";
import { linkTasks } from "../../api/tasks/actions/link-tasks.ts";
import { updateTask } from "../../api/tasks/actions/update-task.ts";
import { findLinks } from "../../api/tasks/part-queries.ts";
import { paths } from "../../portal/paths.ts";
import { refusalWords } from "../../words/refusals.ts";
import { ann, api, ben, intruder, irina, pageOf, setScene, settled } from "../support/portal-scene.ts";
import { granted } from "../support/story.ts";
import { letIntoProject, newKey, openProject, openTask, taskRow } from "../support/tasks.ts";
import { asHtmx } from "./portal-browser.ts";

setScene();

/** A project with a lamp and its cable, tasks 1 and 2. */
async function lamps() {
  const { ann: owner, irina: member } = api.world;
  const key = newKey();
  const projectId = await openProject(owner, { key, members: [member] });
  const taskId = await openTask(owner, projectId);
  const otherId = await openTask(owner, projectId, { title: "Order a cable" });
  return { key, projectId, taskId, otherId };
}

const relate = (id: string, form: Record<string, string>, headers = {}) =>
  irina.post(paths.taskRelations(id), form, headers);

async function linksOf(id: string) {
  const links = (await findLinks(api.world.ann, [id])).get(id) ?? [];
  return links.map(({ kind, other }) => [kind, other.conversationId]);
}

describe("a task among others", () => {
  it("is linked by a key, however it is written, or by a title that one task alone has, and is seen so from both", async () => {
    const { key, taskId, otherId } = await lamps();
    const linked = await relate(taskId, { side: "blocked_by", link: ` ${key.toLowerCase()}-2 ` });
    expect([linked.status, linked.headers.get("location")]).toEqual([303, pageOf(taskId)]);
    expect(await linksOf(taskId)).toEqual([["blocked_by", otherId]]);
    expect((await relate(taskId, { side: "relates", link: "order a CABLE" }, asHtmx)).status).toBe(204);
    const { text } = await irina.get(pageOf(otherId));
    expect(text).toContain('<h3 class="meta">Блокирует</h3>');
    await relate(taskId, { unlink: `blocked_by ${otherId}` });
    await relate(otherId, { unlink: `relates ${taskId}` });
    expect(await linksOf(taskId)).toEqual([]);
  });

  it("becomes a part of one of its project, is one of none again, and is given parts of its own", async () => {
    const { key, taskId, otherId } = await lamps();
    await relate(taskId, { parent: `${key}-2` });
    expect((await taskRow(api.world.ann, taskId)).parentId).toBe(otherId);
    expect((await irina.get(pageOf(taskId))).text).toContain(`Больше не считать частью ${key}-2`);
    await relate(taskId, { noParent: otherId });
    expect((await taskRow(api.world.ann, taskId)).parentId).toBeNull();
    await relate(taskId, { subtask: "Buy a bulb" });
    expect((await irina.get(pageOf(taskId))).text).toContain("Buy a bulb");
  });

  it("is found by its title behind however many others with that word, and is not where two are called so", async () => {
    const { projectId, taskId } = await lamps();
    const word = newKey();
    const only = await openTask(api.world.ann, projectId, { title: word });
    for (let nth = 1; nth <= 20; nth += 1) await openTask(api.world.ann, projectId, { title: `${word} ${nth}` });
    expect((await relate(taskId, { side: "relates", link: word.toLowerCase() }, asHtmx)).status).toBe(204);
    expect(await linksOf(taskId)).toEqual([["relates", only]]);
    await relate(taskId, { unlink: `relates ${only}` });
    await openTask(api.world.ann, projectId, { title: word.toLowerCase() });
    const told = await relate(taskId, { side: "relates", link: word }, asHtmx);
    expect([told.status, told.text]).toEqual([422, expect.stringContaining(`Задач «${word}» несколько`)]);
    expect(await linksOf(taskId)).toEqual([]);
  });

  it("becomes a part of the one of its project that is called so, whatever others are called", async () => {
    const { key, projectId, taskId } = await lamps();
    const elsewhere = await lamps();
    const word = newKey();
    for (const title of [word, `${word} abroad`]) await openTask(api.world.ann, elsewhere.projectId, { title });
    const above = await openTask(api.world.ann, projectId, { title: word });
    expect((await relate(taskId, { parent: word }, asHtmx)).status).toBe(204);
    expect((await taskRow(api.world.ann, taskId)).parentId).toBe(above);
    const told = await relate(taskId, { parent: `${word} abroad` }, asHtmx);
    expect([told.status, told.text]).toEqual([422, expect.stringContaining(`${elsewhere.key}-4 — из другого проекта`)]);
    await openTask(api.world.ann, projectId, { title: word });
    expect((await relate(taskId, { parent: word }, asHtmx)).text).toContain(`Задач «${word}» несколько`);
    expect((await relate(taskId, { parent: `${key}-3` }, asHtmx)).status).toBe(204);
  });

  it("says beside the field why not, and without a script with what was written there", async () => {
    const { key, taskId, otherId } = await lamps();
    granted(await updateTask(api.world.ann, { taskId: otherId, parentId: taskId }));
    granted(await linkTasks(api.world.ann, { taskId: otherId, otherId: taskId, kind: "blocks", isOn: true }));
    const secret = newKey();
    await openTask(api.world.ann, await openProject(api.world.ann, { key: secret }));
    const shared = newKey();
    await openTask(api.world.ann, await openProject(api.world.ann, { key: shared, members: [api.world.irina] }));
    for (const [form, sentence] of [
      [{ side: "blocks", link: `${key}-99` }, `Задачи «${key}-99» нет, или она вам не видна.`],
      [{ side: "blocks", link: `${secret}-1` }, `Задачи «${secret}-1» нет, или она вам не видна.`],
      [{ side: "blocks", link: "Mend the lamp" }, "Задач «Mend the lamp» несколько: укажите ключ нужной."],
      [{ side: "blocks", link: `${key}-2` }, "Задача ждала бы саму себя или повторяла бы саму себя."],
      [{ parent: `${key}-2` }, "Задача не может быть частью самой себя или собственной подзадачи."],
      [{ parent: `${shared}-1` }, `${shared}-1 — из другого проекта`],
      [{ subtask: " " }, "В заголовке от 1 до 200 знаков."],
    ] as const) {
      const told = await relate(taskId, form, asHtmx);
      expect([told.status, told.text]).toEqual([422, expect.stringContaining(sentence)]);
      const page = await relate(taskId, form);
      expect(page.status).toBe(422);
      const open = /<details [^>]* open>.*?<\/details>/s.exec(page.text)![0];
      expect(open).toContain(sentence);
      expect(open).toContain(`value="${Object.values(form).at(-1)}"`);
    }
  });

  it("is offered those of which the key or the title is written; as a whole, those of its project", async () => {
    const { taskId, otherId, key } = await lamps();
    const elsewhere = await openProject(api.world.ann, { members: [api.world.irina] });
    const word = newKey();
    granted(await updateTask(api.world.ann, { taskId: otherId, title: `Order <${word}>` }));
    await openTask(api.world.ann, elsewhere, { title: `Sell ${word}` });
    const found = async (query: string) =>
      (await irina.get(`${paths.taskRelatable(taskId)}?${query}`)).text.match(/<option/g)?.length ?? 0;
    expect(await found(`link=${word}`)).toBe(2);
    expect(await found(`parent=${word}`)).toBe(1);
    expect(await found(`link=${key}-2`)).toBe(1);
    expect(await found(`link=${key}-1`)).toBe(0);
    const { text } = await irina.get(`${paths.taskRelatable(taskId)}?parent=${word}`);
    expect(text).toBe(`<option value="${key}-2">${key}-2 · Order &lt;${word}&gt;</option>`);
  });

  it("is put among them by nobody who may not change it, who is shown no form for it", async () => {
    const { key, projectId, taskId } = await lamps();
    const form = { side: "blocks", link: `${key}-2` };
    for (const browser of [ben, intruder])
      for (const sent of [form, { parent: `${key}-2` }, { subtask: "Mine" }, { noParent: taskId }] as Record<
        string,
        string
      >[])
        expect((await browser.post(paths.taskRelations(taskId), sent, asHtmx)).status).not.toBe(204);
    await letIntoProject(api.world.ann, projectId, api.world.irina, "viewer");
    expect((await irina.get(pageOf(taskId))).text).not.toContain(paths.taskRelations(taskId));
    const told = await relate(taskId, form, asHtmx);
    expect([told.status, told.text]).toEqual([422, expect.stringContaining(refusalWords.not_permitted.ru)]);
    expect(await linksOf(taskId)).toEqual([]);
  });

  it("tells the page of what it becomes a part of that there is something new", async () => {
    const { taskId, otherId } = await lamps();
    await settled();
    const cursor = /after=([\w-]+)/.exec((await ann.get(pageOf(otherId))).text)![1]!;
    await relate(otherId, { subtask: "Measure it" });
    granted(await updateTask(api.world.irina, { taskId, parentId: otherId }));
    const told = await ann.stream(
      `/portal/stream?conversation=${otherId}&after=${cursor}`,
      (frames) => frames.filter((frame) => frame.includes(`event: task\ndata: ${otherId}`)).length >= 2,
    );
    expect(told.filter((frame) => frame.includes(`event: task\ndata: ${otherId}`))).toHaveLength(2);
  });
});
