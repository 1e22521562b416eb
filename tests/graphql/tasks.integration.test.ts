import { describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { begin, say } from "../support/story.ts";
import { api, asked, run, setTaskApi } from "../support/task-api.ts";
import { letIntoProject, newKey, openProject, openTask } from "../support/tasks.ts";

const PROJECT = "id key name isArchived role states { key name group limit } members { nodes { role agent { name } } }";
const TASK = `id key number seq type title description state { key name group } group priority severity due { at date zone }
  estimateMinutes createdBy { name } completedAt project { key } conversation { kind task { number } } source { id }`;

setTaskApi();

describe("projects and tasks", () => {
  it("are made and read by mutations and queries that tell all of them", async () => {
    const { ann, irina } = api.as;
    const key = newKey();
    const { project } = await run(
      ann,
      "createProject",
      { clientId: newId(), key, name: "Lamps" },
      `project { ${PROJECT} }`,
    );
    expect(project).toMatchObject({ key, name: "Lamps", isArchived: false, role: "OWNER" });
    expect(project.states[0]).toEqual({ key: "todo", name: "To do", group: "UNSTARTED", limit: null });
    const member = { projectId: project.id, agentId: globalId("Agent", api.world.irina.agentId) };
    const put = await run(
      ann,
      "setProjectMember",
      { ...member, role: "MEMBER" },
      "project { members { nodes { role } } }",
    );
    expect(put.project.members.nodes).toEqual([{ role: "OWNER" }, { role: "MEMBER" }]);
    const { message, conversation } = await begin(api.world.hannah);
    const input = {
      ...{
        clientId: newId(),
        projectId: project.id,
        title: "Mend it",
        type: "BUG",
        priority: "HIGH",
        severity: "MAJOR",
      },
      ...{
        due: { date: { date: "2026-11-27" } },
        estimateMinutes: 30,
        sourceMessageId: globalId("Message", message.id),
      },
    };
    const { task } = await run(irina, "createTask", input, `task { ${TASK} }`);
    expect(task).toEqual({
      ...{ id: task.id, key: `${key}-1`, number: 1, seq: 1, type: "BUG", title: "Mend it", description: "" },
      ...{ state: { key: "todo", name: "To do", group: "UNSTARTED" }, group: "UNSTARTED", priority: "HIGH" },
      ...{ severity: "MAJOR", estimateMinutes: 30, createdBy: { name: "Ирина Смирнова" }, completedAt: null },
      ...{ due: { at: "2026-11-27T23:00:00.000Z", date: "2026-11-27", zone: "Europe/Berlin" }, project: { key } },
      ...{ conversation: { kind: "TASK", task: { number: 1 } }, source: { id: globalId("Message", message.id) } },
    });
    const read = await asked(
      ann,
      `query ($id: ID!, $key: String!, $project: String!, $talk: ID!) {
        byId: task(id: $id) { id } byKey: task(key: $key) { id } node(id: $id) { id }
        project(key: $project) { tasks(state: "todo") { nodes { key } } }
        projects { nodes { key } } conversation(id: $talk) { task { id } tasks { id } } }`,
      { id: task.id, key: `${key}-1`, project: key.toLowerCase(), talk: globalId("Conversation", conversation.id) },
    );
    expect(read).toMatchObject({ byId: { id: task.id }, byKey: { id: task.id }, node: { id: task.id } });
    expect(read.project.tasks.nodes).toEqual([{ key: `${key}-1` }]);
    expect(read.projects.nodes).toContainEqual({ key });
    expect(read.conversation).toEqual({ task: null, tasks: [{ id: task.id }] });
    const gone = await run(ann, "removeProjectMember", member, "projectId");
    expect(gone).toEqual({ projectId: project.id });
    expect(await asked(irina, "query ($id: ID!) { task(id: $id) { id } }", { id: task.id })).toEqual({ task: null });
    const archived = await run(
      ann,
      "updateProject",
      { projectId: project.id, isArchived: true },
      "project { isArchived }",
    );
    expect(archived.project).toEqual({ isArchived: true });
  });

  it("are nothing to customers, whose own conversation tells of none that was made from it, but how far it has come", async () => {
    const { message, conversation } = await begin(api.world.hannah);
    const projectId = await openProject(api.world.irina);
    const taskId = await openTask(api.world.irina, projectId, { sourceMessageId: message.id });
    await say(api.world.irina, taskId, "A difficult customer");
    const STEPS = "query ($id: ID!) { conversation(id: $id) { progress { step } } }";
    const id = globalId("Conversation", conversation.id);
    await eventually(async () => (await asked(api.as.hannah, STEPS, { id })).conversation.progress.length > 0);
    const told = await asked(
      api.as.hannah,
      `query ($project: ID!, $task: ID!, $talk: ID!, $own: ID!) {
        projects { nodes { id } } project(id: $project) { id } task(id: $task) { id }
        nodes(ids: [$project, $task, $talk]) { id } talk: conversation(id: $talk) { id }
        own: conversation(id: $own) { seq task { id } tasks { id } progress { step } } }`,
      {
        project: globalId("Project", projectId),
        task: globalId("Task", taskId),
        talk: globalId("Conversation", taskId),
        own: id,
      },
    );
    expect(told).toEqual({
      ...{ projects: { nodes: [] }, project: null, task: null, nodes: [null, null, null], talk: null },
      own: { seq: 3, task: null, tasks: [], progress: [{ step: "RECEIVED" }] },
    });
  });

  it("are told live to whoever is in the project, and to nobody else", async () => {
    const { irina, hannah } = api.world;
    const projectId = await openProject(irina);
    const mine = await api.connect(api.as.irina);
    const customers = await api.connect(api.as.hannah);
    const query = `subscription { events { __typename ... on TaskCreated { task { title } by { name } parent { id } } } }`;
    const told = mine.follow(query);
    const toCustomers = customers.follow(query);
    await eventually(async () => {
      await openTask(irina, projectId, { title: "Heard" });
      return told.answers.length > 0;
    });
    expect(told.answers[0]!.data).toEqual({
      events: { __typename: "TaskCreated", task: { title: "Heard" }, by: { name: irina.name }, parent: null },
    });
    await begin(hannah);
    await eventually(async () => toCustomers.answers.length > 0);
    expect(JSON.stringify(toCustomers.answers)).not.toContain("Task");
  });

  it("refuse to be asked for by both id and key, or by none", async () => {
    for (const query of ["{ task { id } }", '{ project(id: "x", key: "OPS") { id } }']) {
      const { errors } = await api.ask(api.as.ann, query);
      expect(errors![0]!.extensions!.code).toBe("BAD_USER_INPUT");
    }
  });

  it("come in pages that follow one another, in both directions", async () => {
    const projectId = await openProject(api.world.ann);
    await letIntoProject(api.world.ann, projectId, api.world.irina);
    const made: string[] = [];
    for (let round = 0; round < 5; round++) made.push(globalId("Task", await openTask(api.world.irina, projectId)));
    // Where one place was taken over and over before there was a limit, ranks are long.
    await sql`UPDATE task SET rank = rank || ${`${"0".repeat(300)}1`} WHERE project_id = ${projectId} AND number IN (2, 3)`;
    const page = async (args: string) => {
      const query = `query ($id: ID!) { project(id: $id) { tasks(${args}) { nodes { id } pageInfo { endCursor startCursor } } } }`;
      return (await asked(api.as.irina, query, { id: globalId("Project", projectId) })).project.tasks;
    };
    const first = await page("first: 2");
    const second = await page(`first: 2, after: "${first.pageInfo.endCursor}"`);
    expect([...first.nodes, ...second.nodes].map(({ id }: { id: string }) => id)).toEqual(made.slice(0, 4));
    const back = await page(`last: 2, before: "${second.pageInfo.startCursor}"`);
    expect(back.nodes).toEqual(first.nodes);
    await expect(page('first: 2, after: "none"')).rejects.toThrow("BAD_USER_INPUT");
  });
});
