import { describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { assignTask } from "../../api/tasks/actions/assign-task.ts";
import { ann, api, ben, intruder, irina, setScene } from "../support/portal-scene.ts";
import { granted } from "../support/story.ts";
import { letIntoProject, newKey, openLabel, openProject, openSavedView, openTask, taskRow } from "../support/tasks.ts";
import { groupWords } from "../../words/workflows.ts";
import { type ShippedWorkflow, shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { updateWorkflow } from "../../api/tasks/actions/update-workflow.ts";
import { taskViewWords } from "../../words/task-views.ts";
import { asHtmx } from "./portal-browser.ts";

setScene();

async function lamps(which: ShippedWorkflow = "kanban") {
  const { ann: owner, irina: member } = api.world;
  const key = newKey();
  const projectId = await openProject(owner, { key, members: [member], which });
  const ids = [
    await openTask(owner, projectId, { title: "First" }),
    await openTask(owner, projectId, { title: "Second", priority: "urgent" }),
    await openTask(owner, projectId, { title: "Third" }),
  ];
  granted(await assignTask(owner, { taskId: ids[1]!, add: [member.agentId], remove: [] }));
  return { key, projectId, ids };
}

const titlesIn = (page: string) => [...page.matchAll(/<bdi>(First|Second|Third)<\/bdi>/g)].map(([, title]) => title);
const q = (text: string) => new URLSearchParams({ q: text });
const backIn = (text: string) =>
  /name="back" value="([^"]*)"/.exec(text)![1]!.replaceAll("&quot;", '"').replaceAll("&#34;", '"');
const saidIn = (text: string) => text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");

describe("tasks by a filter of the address", () => {
  it("are those that it finds, on the board, in the list and in one's own work", async () => {
    const { key } = await lamps();
    const filter = q("priority:urgent -assignee:none");
    for (const path of [`projects/${key}`, `projects/${key}/list`]) {
      expect(titlesIn((await ann.get(`/portal/${path}?${filter}`)).text)).toEqual(["Second"]);
      expect(titlesIn((await ann.get(`/portal/${path}`)).text)).toHaveLength(3);
    }
    const mine = (await irina.get(`/portal/tasks?${q(`project:${key}`)}`)).text;
    expect(titlesIn(mine)).toHaveLength(3);
    const usual = (await irina.get("/portal/tasks")).text;
    expect(titlesIn(usual)).toContain("Second");
    expect(usual).toContain('value="исполнитель:я это:открыта"');
  });

  it("find nothing where it cannot be read, and say so with the nearest right spelling, without harm by what was written", async () => {
    const { key, projectId } = await lamps();
    const { status, text } = await ann.get(`/portal/projects/${key}/list?${q('priority:ugent "<script>')}`);
    expect(status).toBe(200);
    expect(titlesIn(text)).toEqual([]);
    expect(text).toContain("knows nothing of “ugent”. Did you mean “urgent”?");
    expect(text).toContain(`href="/portal/projects/${key}/list?${q('priority:urgent "<script>')}"`);
    expect(text).not.toContain("<script>&quot;");
    // What is told to be right is put where it is wrong, and not where the same word stands before it.
    const twice = (await ann.get(`/portal/projects/${key}/list?${q('ugent "anx" priority:low,"ugent" -label:none')}`))
      .text;
    expect(twice).toContain(`href="/portal/projects/${key}/list?${q('ugent "anx" priority:low,urgent -label:none')}"`);
    await openLabel(api.world.ann, projectId, "to bill");
    const label = (await ann.get(`/portal/projects/${key}?${q('"to bil" label:"to bil"')}`)).text;
    expect(label).toContain(`href="/portal/projects/${key}?${q('"to bil" label:"to bill"')}"`);
    expect((await irina.get(`/portal/projects/${key}?${q("важность:срочна")}`)).text).toContain(
      "Может быть, «срочная»?",
    );
    expect((await irina.get(`/portal/tasks?${q("project:NOSUCH")}`)).text).toContain("не знает «NOSUCH»");
  });

  it("are all of a column where the board shows its first few, by a condition that is taken away like any other", async () => {
    const { key, projectId } = await lamps();
    const { irina: member } = api.world;
    for (let nth = 0; nth <= 20; nth += 1) {
      const taskId = await openTask(member, projectId, { title: nth === 0 ? "First" : "Again", priority: "low" });
      granted(await moveTask(member, { taskId, moveId: "cancel" }));
    }
    const board = (await ann.get(`/portal/projects/${key}?${q("priority:low state:Cancelled,Done")}`)).text;
    const address = `/portal/projects/${key}/list?${q("priority:low state:Cancelled")}`;
    expect(board).toContain(`<a class="more" href="${address}">`);
    const list = (await ann.get(address)).text;
    expect(titlesIn(list)).toEqual(["First"]);
    expect(list).toContain('<bdi class="ell">state:Cancelled</bdi>');
    const russian = (await irina.get(`/portal/projects/${key}`)).text;
    expect(russian).toContain(`/portal/projects/${key}/list?${q("состояние:Отменено")}`);
    expect(titlesIn((await irina.get(`/portal/projects/${key}/list?${q("состояние:Отменено")}`)).text)).toEqual([
      "First",
    ]);
  });
});

describe("a list of tasks", () => {
  it("says how many there are, whichever of its pages is shown", async () => {
    const { key } = await lamps();
    const { found } = taskViewWords.en;
    const countIn = async (query: string) =>
      /id="found-count">([^<]*)/.exec((await ann.get(`/portal/projects/${key}/list?${query}`)).text)?.[1];
    expect(await countIn("")).toBe(found(3));
    expect(await countIn("after=2")).toBe(found(3));
    expect(await countIn(q("is:started").toString())).toBe(found(0));
    expect(await countIn(q("priority:urgent").toString())).toBe(found(1));
  });
});

describe("one's own work", () => {
  it("stands under what its states mean, by the names that the workflow's editor has for that", async () => {
    await lamps();
    for (const [browser, locale] of [
      [ann, "en"],
      [irina, "ru"],
    ] as const) {
      const path = `/portal/tasks?${q(locale === "en" ? "is:open" : "это:открыта")}`;
      expect((await browser.get(path)).text).toContain(`<h2>${groupWords.unstarted[locale]} <span`);
    }
  });
});

describe("a saved view", () => {
  it("takes the filter that is shown, and is shared and kept to oneself, by whoever may; a project's owner keeps it shared", async () => {
    const { key, projectId } = await lamps();
    const id = await openSavedView(api.world.irina, projectId, { filter: "is:open", isShared: false });
    const address = (text: string) => `/portal/projects/${key}/list?${q(text)}`;
    const dialog = async (browser: typeof ann, text: string) => {
      const page = (await browser.get(address(text))).text;
      const at = page.indexOf(`<dialog class="dlg" id="view-${id}"`);
      return at < 0 ? "" : page.slice(at, page.indexOf("</dialog>", at));
    };
    expect(await dialog(irina, "это:открыта")).not.toContain('name="filter"');
    const offered = await dialog(irina, "важность:срочная");
    expect(offered).toMatch(/<input type="checkbox" name="filter" value="важность:срочная">/);
    expect(offered).toMatch(/<input type="checkbox" name="shared" value="yes" ?>/);
    const form = { act: "change", name: "Late", sharing: "asked" };
    const changed = await irina.post(`/portal/views/${id}`, { ...form, shared: "yes", filter: "важность:срочная" });
    expect([changed.status, changed.headers.get("location")]).toEqual([303, address("важность:срочная")]);
    expect(titlesIn((await ann.get(address("priority:urgent"))).text)).toEqual(["Second"]);
    expect((await ann.get(`/portal/projects/${key}`)).text).toContain(address("priority:urgent"));
    expect(await dialog(irina, "важность:срочная")).toMatch(/name="shared" value="yes" checked/);
    // Whoever owns the project may change what is shared there, but not take it from the others.
    expect(await dialog(ann, "is:open")).not.toContain('name="shared"');
    expect((await ann.post(`/portal/views/${id}`, { act: "change", name: "Late" })).status).toBe(303);
    expect((await ann.post(`/portal/views/${id}`, form)).status).toBe(403);
    expect((await irina.post(`/portal/views/${id}`, form)).status).toBe(303);
    expect(await dialog(ann, "is:open")).toBe("");
  });

  it("is saved, opened, changed and deleted by plain forms, and seen by those with whom it is shared", async () => {
    const { key, projectId } = await lamps();
    const form = { clientId: crypto.randomUUID(), filter: "priority:urgent", shape: "board", project: projectId };
    const saved = await ann.post("/portal/views", { ...form, name: "Now <b>", shared: "yes" });
    expect([saved.status, saved.headers.get("location")]).toEqual([
      303,
      `/portal/projects/${key}?${q("priority:urgent")}`,
    ]);
    const page = (await irina.get(`/portal/projects/${key}/list`)).text;
    expect(page).toContain("<bdi>Now &lt;b&gt;</bdi>");
    expect(page).toContain(`/portal/projects/${key}?${q("важность:срочная")}`);
    const own = (await ann.get(`/portal/projects/${key}`)).text;
    const id = /action="\/portal\/views\/([\w-]+)"/.exec(own)![1]!;
    // Enter in the name's field presses the first button that sends its form.
    const renaming = own.slice(own.indexOf(`id="view-${id}-name"`));
    expect(/<button[^>]*type="submit"[^>]*value="(\w+)"/.exec(renaming)?.[1]).toBe("change");
    expect(page).not.toContain(id);
    expect((await irina.post(`/portal/views/${id}`, { act: "change", name: "Mine" })).status).toBe(403);
    for (const browser of [ben, intruder])
      expect((await browser.post(`/portal/views/${id}`, { act: "delete" })).status).toBe(404);
    expect((await ann.post(`/portal/views/${id}`, { act: "change", name: "Soon" })).status).toBe(303);
    expect((await irina.get(`/portal/projects/${key}`)).text).toContain("<bdi>Soon</bdi>");
    expect((await ann.post(`/portal/views/${id}`, { act: "delete" })).status).toBe(303);
    expect((await irina.get(`/portal/projects/${key}`)).text).not.toContain("<bdi>Soon</bdi>");
    expect((await ann.post("/portal/views", { ...form, name: " " })).status).toBe(422);
    expect((await ben.post("/portal/views", { ...form, clientId: crypto.randomUUID(), name: "x" })).status).toBe(404);
  });

  it("of another's own is nobody else's, in no menu", async () => {
    const { key, projectId } = await lamps();
    await openSavedView(api.world.ann, projectId, { name: "Quite private", isShared: false });
    expect((await ann.get(`/portal/projects/${key}`)).text).toContain("Quite private");
    for (const path of [`projects/${key}`, "tasks"])
      expect((await irina.get(`/portal/${path}`)).text).not.toContain("Quite private");
  });
});

describe("several tasks at once", () => {
  it("are as many as a list shows: all of them can be selected", async () => {
    const { key, projectId } = await lamps();
    for (let made = 3; made < 204; made += 50)
      await Promise.all(
        Array.from({ length: Math.min(50, 204 - made) }, () => openTask(api.world.ann, projectId, { title: "Again" })),
      );
    const { text } = await ann.get(`/portal/projects/${key}/list`);
    const form = new URLSearchParams({ priority: "high" });
    for (const [, value] of text.matchAll(/name="task" value="([^"]*)"/g)) form.append("task", value!);
    const changed = await ann.post(`/portal/projects/${key}/bulk`, form, asHtmx);
    expect([changed.status, saidIn(changed.text)]).toEqual([200, expect.stringContaining("200 tasks changed.")]);
    expect(titlesIn((await ann.get(`/portal/projects/${key}/list?after=5`)).text)).toHaveLength(3);
  });

  it("have what the moves have brought with them still when they are put back, which is said", async () => {
    const { key, ids } = await lamps();
    const [first, , third] = ids as [string, string, string];
    const { ann: owner } = api.world;
    granted(await assignTask(owner, { taskId: third, add: [owner.agentId], remove: [] }));
    const undo = async (all: readonly string[]) => {
      const form = new URLSearchParams({ state: "doing" });
      for (const id of all) form.append("task", `${id} todo`);
      const back = backIn((await ann.post(`/portal/projects/${key}/bulk`, form, asHtmx)).text);
      return saidIn((await ann.post(`/portal/projects/${key}/bulk`, { back }, asHtmx)).text);
    };
    expect(await undo([third])).not.toContain(taskViewWords.en.staying.assignees);
    expect(await undo([first, third])).toContain(`${key}-1: ${taskViewWords.en.staying.assignees}`);
    expect((await taskRow(owner, first)).stateId).toBe("todo");
  });

  it("have the priority that they had before, whatever the moves back make of it", async () => {
    const { key, projectId, ids } = await lamps();
    const { ann: owner } = api.world;
    const kanban = shippedWorkflow("kanban", "en");
    const effects = [{ kind: "set_priority", priority: "low" } as const];
    const moves = kanban.moves.map((move) => (move.to === "todo" ? { ...move, effects } : move));
    granted(await updateWorkflow(owner, { projectId, workflow: { ...kanban, moves }, version: 1, map: [] }));
    const undo = async (change: Record<string, string>) => {
      const form = new URLSearchParams({ state: "doing", task: `${ids[0]} todo`, ...change });
      const back = backIn((await ann.post(`/portal/projects/${key}/bulk`, form, asHtmx)).text);
      return saidIn((await ann.post(`/portal/projects/${key}/bulk`, { back }, asHtmx)).text);
    };
    const { priority } = taskViewWords.en.staying;
    expect(await undo({ priority: "high" })).not.toContain(priority);
    expect(await taskRow(owner, ids[0]!)).toMatchObject({ stateId: "todo", priority: "none" });
    expect(await undo({})).toContain(`${key}-1: ${priority}`);
    expect(await taskRow(owner, ids[0]!)).toMatchObject({ stateId: "todo", priority: "low" });
  });

  it("may be 200, however a form is taken apart; of more none is changed, which is said", async () => {
    const { key, projectId } = await lamps();
    const { workspaceId } = api.world.ann;
    const ids = await Promise.all(Array.from({ length: 25 }, () => openTask(api.world.ann, projectId)));
    const change = (all: readonly string[]) => {
      const form = new URLSearchParams({ priority: "high" });
      for (const id of all) form.append("task", `${id} todo`);
      return ann.post(`/portal/projects/${key}/bulk`, form, asHtmx);
    };
    const changed = async () => {
      const [row] = await sql<{ count: number }>`
        SELECT count(*)::int AS count FROM task
        WHERE workspace_id = ${workspaceId} AND project_id = ${projectId} AND priority = 'high'`;
      return row!.count;
    };
    const refused = await change(Array.from({ length: 201 }, (_, nth) => ids[nth % ids.length]!));
    expect([refused.status, saidIn(refused.text).trim(), await changed()]).toEqual([
      422,
      "At most 200 tasks are changed at once.",
      0,
    ]);
    expect((await change(ids)).status).toBe(200);
    expect(await changed()).toBe(25);
  });

  it("are each changed by itself; who was refused and why is told, and the rest is put back by Undo", async () => {
    const { key, projectId, ids } = await lamps();
    const [first, second, third] = ids as [string, string, string];
    const labelId = await openLabel(api.world.ann, projectId, "brass");
    granted(await moveTask(api.world.ann, { taskId: third, moveId: "cancel" }));
    const form = new URLSearchParams({ state: "doing", label: labelId, priority: "high" });
    for (const id of ids) form.append("task", `${id} todo`);
    const changed = await irina.post(`/portal/projects/${key}/bulk`, form, asHtmx);
    const rows = () => Promise.all(ids.map((id) => taskRow(api.world.ann, id)));
    expect((await rows()).map(({ stateId, priority }) => `${stateId} ${priority}`)).toEqual([
      "doing high",
      "doing high",
      "cancelled high",
    ]);
    expect(saidIn(changed.text)).toContain(`Изменено: 3`);
    expect(saidIn(changed.text)).toContain(`${key}-3: Задачу тем временем переместили: теперь она в «Отменено»`);

    granted(await moveTask(api.world.ann, { taskId: second, moveId: "done" }));
    const undone = await irina.post(`/portal/projects/${key}/bulk`, { back: backIn(changed.text) }, asHtmx);
    expect((await rows()).map(({ stateId, priority }) => `${stateId} ${priority}`)).toEqual([
      "todo none",
      "done urgent",
      "cancelled none",
    ]);
    expect(saidIn(undone.text)).toContain(`${key}-2: С тех пор её изменили.`);
    expect(undone.text).not.toContain('name="back"');
    expect((await irina.get(`/portal/projects/${key}/list?${q("label:brass")}`)).text).toContain("Таких задач нет");
    expect(first).toBeTruthy();
  });

  it("are not changed by who only reads or does not see them, whatever is sent", async () => {
    const { key, projectId, ids } = await lamps();
    await letIntoProject(api.world.ann, projectId, api.world.ben, "viewer");
    expect((await ben.get(`/portal/projects/${key}/list`)).text).not.toContain('id="bulk"');
    const form = new URLSearchParams({ state: "doing", priority: "low", assignee: api.world.ben.agentId });
    for (const id of [...ids, crypto.randomUUID(), "x", ""]) form.append("task", `${id} todo`);
    const back = JSON.stringify([{ id: ids[0], kind: "priority", from: "low", to: "none" }]);
    for (const browser of [ben, intruder]) {
      const { text } = await browser.post(`/portal/projects/${key}/bulk`, form, asHtmx);
      expect(text).toContain("Nothing was changed.");
      await browser.post(`/portal/projects/${key}/bulk`, { back }, asHtmx);
    }
    await ann.post(`/portal/projects/${key}/bulk`, { back: "{" }, asHtmx);
    for (const id of ids)
      expect(await taskRow(api.world.ann, id)).toMatchObject({ stateId: "todo", version: expect.any(Number) });
    expect(await taskRow(api.world.ann, ids[0]!)).toMatchObject({ priority: "none", version: 1 });
  });

  it("are moved where a move leads alone: of the others it is told why not", async () => {
    const { key, ids } = await lamps("engineering");
    const form = new URLSearchParams({ state: "done" });
    form.append("task", `${ids[0]} triage`);
    const { text } = await irina.post(`/portal/projects/${key}/bulk`, form, asHtmx);
    expect(saidIn(text)).toContain("Ничего не изменилось.");
    expect((await taskRow(api.world.ann, ids[0]!)).stateId).not.toBe("done");
    const plain = await irina.post(`/portal/projects/${key}/bulk`, form);
    expect(plain.status).toBe(303);
  });
});
