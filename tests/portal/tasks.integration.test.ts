import { describe, expect, it } from "vitest";
import { assignTask } from "../../api/tasks/actions/assign-task.ts";
import { linkTasks } from "../../api/tasks/actions/link-tasks.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { updateWorkflow } from "../../api/tasks/actions/update-workflow.ts";
import { shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { updateTask } from "../../api/tasks/actions/update-task.ts";
import { findStandings } from "../../api/tasks/move-queries.ts";
import { ann, api, ben, conversation, intruder, irina, setScene, settled } from "../support/portal-scene.ts";
import { granted, say } from "../support/story.ts";
import { letIntoProject, newKey, openItem, openProject, openTask, taskRow } from "../support/tasks.ts";
import { asHtmx } from "./portal-browser.ts";

setScene();

async function lamps(which: "kanban" | "engineering" = "kanban") {
  const key = newKey();
  const projectId = await openProject(api.world.ann, { key, members: [api.world.irina], which });
  return { key, projectId, taskId: await openTask(api.world.ann, projectId) };
}

/** The titles in a column of a board, in order. */
function titlesIn(page: string, state: string): string[] {
  const column = page.split('<section class="lane"').find((one) => one.includes(`data-state="${state}"`)) ?? "";
  return [...column.matchAll(/<a class="card-title"[^>]*><bdi>([^<]*)/g)].map(([, title]) => title!);
}

describe("a project in the portal", () => {
  it("is opened by a form, with a board by its workflow; what cannot be taken is said beside its field", async () => {
    const key = newKey();
    const form = { clientId: crypto.randomUUID(), name: "Lamps", key, workflow: "engineering" };
    const opened = await ann.post("/portal/projects", form);
    expect([opened.status, opened.headers.get("location")]).toEqual([303, `/portal/projects/${key}`]);
    expect((await ann.get(`/portal/projects/${key}`)).text).toContain("Triage");
    const again = await ann.post("/portal/projects", { ...form, clientId: crypto.randomUUID() });
    expect(again.status).toBe(422);
    expect(again.text).toContain("Another project has this key already.");
  });

  it("is nothing to whoever is not in it: its board, its tasks and whatever is done to them", async () => {
    const { key, taskId } = await lamps();
    for (const browser of [ben, intruder])
      for (const path of [
        `projects/${key}`,
        `projects/${key}/list`,
        `conversations/${taskId}`,
        `tasks/${taskId}/place`,
      ])
        expect((await browser.get(`/portal/${path}`)).status).toBe(404);
    const tries = await Promise.all([
      ben.post(`/portal/tasks/${taskId}/moves`, { move: "start" }),
      ben.post(`/portal/tasks/${taskId}/place`, { state: "doing", seen: "todo" }),
      ben.post(`/portal/tasks/${taskId}/fields`, { title: "Mine" }),
    ]);
    expect(tries.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(await taskRow(api.world.ann, taskId)).toMatchObject({ stateId: "todo", title: "Mend the lamp" });
  });

  it("shows each one the moves that they may make now, those that they may not with the reason, and no others", async () => {
    const { taskId } = await lamps("engineering");
    granted(await moveTask(api.world.ann, { taskId, moveId: "start" }));
    granted(await assignTask(api.world.ann, { taskId, add: [api.world.ann.agentId], remove: [] }));
    const { text } = await irina.get(`/portal/conversations/${taskId}`);
    expect(text).toContain('name="move" value="stop"');
    expect(text).not.toContain('name="move" value="submit"');
    expect(text).toContain("Это может сделать только исполнитель задачи.");
    expect(text).not.toContain('value="reopen"');
  });
});

describe("a card of a board", () => {
  it("goes where it is put: into a column by the move that leads there, and between others", async () => {
    const { key, projectId, taskId } = await lamps();
    const [second, third] = [
      await openTask(api.world.ann, projectId, { title: "Second" }),
      await openTask(api.world.ann, projectId, { title: "Third" }),
    ];
    const put = (id: string, form: Record<string, string>) => irina.post(`/portal/tasks/${id}/place`, form, asHtmx);
    expect((await put(third, { state: "todo", seen: "todo", before: taskId })).status).toBe(200);
    expect(titlesIn((await ann.get(`/portal/projects/${key}`)).text, "todo")).toEqual([
      "Third",
      "Mend the lamp",
      "Second",
    ]);
    expect((await put(second, { state: "doing", seen: "todo" })).status).toBe(200);
    expect((await put(taskId, { state: "doing", seen: "todo", end: "top" })).status).toBe(200);
    expect(titlesIn((await ann.get(`/portal/projects/${key}`)).text, "doing")).toEqual(["Mend the lamp", "Second"]);
  });

  it("tells of keys only where they move it", async () => {
    const { key, projectId } = await lamps();
    const told = async () => (await irina.get(`/portal/projects/${key}`)).text.includes('id="board-keys"');
    expect(await told()).toBe(true);
    await letIntoProject(api.world.ann, projectId, api.world.irina, "viewer");
    expect(await told()).toBe(false);
  });

  it("is offered to each one where they may put it, with what asks for a comment", async () => {
    const { taskId } = await lamps("engineering");
    granted(await moveTask(api.world.ann, { taskId, moveId: "start" }));
    const { text } = await ann.get(`/portal/tasks/${taskId}/place`, asHtmx);
    const options = [...text.matchAll(/data-state="([\w-]+)" (data-comment)?/g)].map(([, state, why]) => [
      state,
      !!why,
    ]);
    expect(Object.fromEntries(options)).toEqual({
      ...{ backlog: false, doing: false, waiting: true, review: false, cancelled: true },
    });
  });

  it("that somebody else has moved meanwhile stays there, and who came too late is told where that is", async () => {
    const { taskId } = await lamps();
    granted(await moveTask(api.world.ann, { taskId, moveId: "cancel" }));
    const late = await irina.post(`/portal/tasks/${taskId}/place`, { state: "doing", seen: "todo" }, asHtmx);
    expect(late.status).toBe(422);
    expect(late.text).toContain("теперь она в «Отменено»");
    expect((await taskRow(api.world.ann, taskId)).stateId).toBe("cancelled");
  });

  it("whose neighbour has left stands beside the other one, and where both have, who put it there is told so", async () => {
    const { key, projectId, taskId } = await lamps();
    const [second, third] = [
      await openTask(api.world.ann, projectId, { title: "Second" }),
      await openTask(api.world.ann, projectId, { title: "Third" }),
    ];
    granted(await moveTask(api.world.ann, { taskId: second, moveId: "start" }));
    const put = (form: Record<string, string>) =>
      irina.post(`/portal/tasks/${taskId}/place`, { state: "todo", seen: "todo", ...form }, asHtmx);
    const placed = await put({ after: third, before: second });
    expect(placed.text).toContain(`id="card-${taskId}"`);
    expect(titlesIn((await ann.get(`/portal/projects/${key}`)).text, "todo")).toEqual(["Third", "Mend the lamp"]);
    const refused = await put({ after: second, before: second });
    expect([refused.status, refused.text.includes("card-")]).toEqual([422, false]);
  });

  it("is pushed to every board of its project as it stands there, and its line to its page", async () => {
    const { key, projectId, taskId } = await lamps();
    await settled();
    const cursor = /after=([\w-]+)/.exec((await irina.get(`/portal/projects/${key}`)).text)![1]!;
    granted(await moveTask(api.world.ann, { taskId, moveId: "start" }));
    const isMoved = (frames: string[]) => frames.join("").includes('data-state="doing"');
    const told = (await irina.stream(`/portal/stream?conversation=${taskId}&after=${cursor}`, isMoved)).join("");
    expect(told).toContain(`hx-target="#arrivals-${projectId}"`);
    expect(told).toContain("К выполнению → В работе · Ann Lind");
    const pushed = /<li class="card" id="card-.*?<\/li>/s.exec(told.replace(/^data: /gm, ""))![0];
    expect((await irina.get(`/portal/projects/${key}`)).text).toContain(pushed.replace(/\n$/, ""));
  });
});

describe("a task in the portal", () => {
  it("tells after a change of the workflow what its states were called, and which mean something else", async () => {
    const { projectId, taskId } = await lamps();
    granted(await moveTask(api.world.ann, { taskId, moveId: "start" }));
    const { states, moves, ...rest } = shippedWorkflow("kanban", "en");
    const rename = (id: string) => (id === "todo" ? "state-5" : id);
    const workflow = {
      ...{ ...rest, start: "state-5" },
      states: states.map((state) => {
        if (state.id === "todo") return { ...state, id: "state-5", name: "Next" };
        return state.id === "doing" ? { ...state, group: "unstarted" } : state;
      }),
      moves: moves.map((move) => ({
        ...{ ...move, to: rename(move.to), from: move.from === "any" ? move.from : move.from.map(rename) },
      })),
    };
    granted(await updateWorkflow(api.world.ann, { projectId, workflow, version: 1, map: [] }));
    await settled();
    const told = async (browser: typeof ann) => (await browser.get(`/portal/conversations/${taskId}`)).text;
    expect(await told(ann)).toContain("Ann Lind moved To do → In progress");
    expect(await told(ann)).toContain("Ann Lind changed what “In progress” means");
    expect(await told(irina)).toContain("Состояние «В работе» теперь значит другое · Ann Lind");
    expect(await told(ann)).not.toContain("In progress → In progress");
  });

  it("says once what somebody does several times in a row", async () => {
    const { taskId } = await lamps();
    for (const text of ["Screws", "Wire", "Shade"]) await openItem(api.world.ann, taskId, text);
    granted(await updateTask(api.world.ann, { taskId, priority: "high" }));
    await openItem(api.world.ann, taskId, "Bulb");
    await openItem(api.world.irina, taskId, "Carton");
    await settled();
    const { text } = await ann.get(`/portal/conversations/${taskId}`);
    expect(text.match(/changed the checklist/g)).toHaveLength(3);
  });

  it("is made of a message, leads back to it, and is told beside its conversation to whoever may see it", async () => {
    const { key } = await lamps();
    const id = await conversation();
    const message = await say(api.world.hannah, id, "The lamp flickers");
    const form = {
      clientId: crypto.randomUUID(),
      title: "PWM falls back",
      type: "bug",
      priority: "urgent",
      description: "",
      sourceMessageId: message.id,
    };
    const made = await ann.post(`/portal/projects/${key}/new`, form);
    const page = (await ann.get(made.headers.get("location")!)).text;
    expect(page).toContain(`/portal/conversations/${id}#m-${message.id}`);
    expect((await ann.get(`/portal/conversations/${id}`)).text).toContain("PWM falls back");
    expect((await ben.get(`/portal/conversations/${id}`)).text).not.toContain("PWM falls back");
  });

  it("names no task of another project in its history, which not everyone who reads it may know", async () => {
    const { taskId } = await lamps();
    const secret = newKey();
    const otherId = await openTask(api.world.ann, await openProject(api.world.ann, { key: secret }));
    granted(await linkTasks(api.world.ann, { taskId, otherId, kind: "blocks", isOn: true }));
    await settled();
    const { text } = await irina.get(`/portal/conversations/${taskId}`);
    expect(text).toContain("Связь: блокирует задачу другого проекта");
    expect(text).not.toContain(secret);
  });

  it("loses nobody whom a form did not show: of the others, whoever is not ticked", async () => {
    const { taskId } = await lamps();
    const { ann: annActor, irina: irinaActor } = api.world;
    const both = [annActor.agentId, irinaActor.agentId];
    granted(await assignTask(annActor, { taskId, add: both, remove: [] }));
    const save = (shown: string) => ann.post(`/portal/tasks/${taskId}/fields`, { assignees: "", shown });
    const assigned = async () => [...(await findStandings(annActor, [taskId])).get(taskId)!.standing.assigneeIds];
    await save(crypto.randomUUID());
    expect((await assigned()).toSorted()).toEqual(both.toSorted());
    await save(irinaActor.agentId);
    expect(await assigned()).toEqual([annActor.agentId]);
  });

  it("keeps what a colleague has written since a form was shown: what its writer left stays theirs, and over it nothing goes", async () => {
    const { taskId } = await lamps();
    const shown = { shownTitle: "Mend the lamp", shownDescription: "" };
    const save = (form: Record<string, string>) =>
      irina.post(`/portal/tasks/${taskId}/fields`, { ...shown, ...form }, asHtmx);
    granted(await updateTask(api.world.ann, { taskId, description: "One\n\nTwo" }));
    expect((await save({ title: "Mend both lamps", description: "" })).status).toBe(204);
    const refused = await save({ title: "Mend the lamp", description: "Mine" });
    expect([refused.status, refused.text.includes("Этот текст тем временем переписали.")]).toEqual([422, true]);
    const both = { title: "Mend both lamps", description: "One\n\nTwo" };
    expect(await taskRow(api.world.ann, taskId)).toMatchObject(both);
    const [title, description] = Object.values(both);
    const { text } = await irina.get(`/portal/tasks/${taskId}/about`);
    expect(text).toContain(`name="shownTitle" value="${title}"`);
    expect(text).toContain(`name="shownDescription" value="${description}"`);
    expect(
      (await save({ shownDescription: "One\r\n\r\nTwo", title: shown.shownTitle, description: "Three" })).status,
    ).toBe(204);
    expect(await taskRow(api.world.ann, taskId)).toMatchObject({ title, description: "Three" });
  });

  it("is changed by plain forms: a day is a day, a time is where one is, a blank one is none", async () => {
    const { taskId } = await lamps();
    const change = (form: Record<string, string>) => ann.post(`/portal/tasks/${taskId}/fields`, form);
    expect((await change({ dueDate: "2026-12-01", dueTime: "" })).status).toBe(303);
    expect(await taskRow(api.world.ann, taskId)).toMatchObject({ dueKind: "date" });
    await change({ dueDate: "2026-12-01", dueTime: "18:00" });
    expect(await taskRow(api.world.ann, taskId)).toMatchObject({ dueKind: "instant" });
    const alone = await change({ dueDate: "", dueTime: "18:00" });
    expect([alone.status, alone.text.includes("A task is due on a date")]).toEqual([422, true]);
    expect(await taskRow(api.world.ann, taskId)).toMatchObject({ dueKind: "instant" });
    await change({ dueDate: "", dueTime: "" });
    expect(await taskRow(api.world.ann, taskId)).toMatchObject({ dueAt: null, dueKind: null });
    await change({ addItem: "Ask three customers" });
    await change({ assignees: api.world.irina.agentId });
    const { text } = await irina.get(`/portal/conversations/${taskId}`);
    expect(text).toContain("Ask three customers");
    expect((await irina.get("/portal/tasks")).text).toContain("Mend the lamp");
    expect((await change({ title: " " })).status).toBe(422);
  });
});
