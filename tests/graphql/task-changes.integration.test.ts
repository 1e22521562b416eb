import { describe, expect, it } from "vitest";
import { newId } from "../../api/kernel/id.ts";
import type { Credentials } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { api, asked, run, setTaskApi } from "../support/task-api.ts";
import type { Sent } from "../support/socket.ts";
import { letIntoProject, openProject, openTask } from "../support/tasks.ts";

setTaskApi();

describe("tasks", () => {
  it("of an archived project are watched by nobody more or less", async () => {
    const projectId = await openProject(api.world.ann);
    const taskId = globalId("Task", await openTask(api.world.ann, projectId));
    await run(
      api.as.ann,
      "updateProject",
      { projectId: globalId("Project", projectId), isArchived: true },
      "project { id }",
    );
    for (const name of ["watchTask", "unwatchTask"])
      expect(await run(api.as.ann, name, { taskId }, "task { id }")).toMatchObject({ code: "project_archived" });
  });

  it("are changed by mutations that tell all of what became of them, and their history tells how", async () => {
    const { ann, irina } = api.as;
    const projectId = await openProject(api.world.ann);
    await letIntoProject(api.world.ann, projectId, api.world.irina);
    const [local, otherId] = [await openTask(api.world.irina, projectId), await openTask(api.world.irina, projectId)];
    const [taskId, other] = [globalId("Task", local), globalId("Task", otherId)];
    const tell = (name: string, input: object, fields: string) =>
      run(irina, name, { taskId, ...input }, `task { ${fields} }`).then(({ task }) => task);

    const { label } = await run(
      ann,
      "createLabel",
      { clientId: newId(), projectId: globalId("Project", projectId), name: "Brass", colour: "RED" },
      "label { id name colour }",
    );
    expect(label).toMatchObject({ name: "Brass", colour: "RED" });
    const blue = await run(ann, "updateLabel", { labelId: label.id, colour: "BLUE" }, "label { name colour }");
    expect(blue.label).toEqual({ name: "Brass", colour: "BLUE" });
    expect(await tell("labelTask", { add: [label.id] }, "labels { name }")).toEqual({ labels: [{ name: "Brass" }] });
    const due = { instant: { at: "2026-11-27T17:00:00.000Z", zone: "Asia/Tokyo" } };
    expect(
      await tell(
        "updateTask",
        { title: "Polish", type: "EPIC", due, parentId: other },
        "title type due { date zone } parent { id }",
      ),
    ).toEqual({ title: "Polish", type: "EPIC", due: { date: null, zone: "Asia/Tokyo" }, parent: { id: other } });
    expect(
      await tell("updateTask", { due: null, estimateMinutes: 5 }, "due { at } estimateMinutes parent { id }"),
    ).toEqual({ due: null, estimateMinutes: 5, parent: { id: other } });
    const me = globalId("Agent", api.world.ann.agentId);
    expect(await tell("assignTask", { add: [me] }, "assignees { id } watchers { name }")).toEqual({
      assignees: [{ id: me }],
      watchers: [{ name: "Ирина Смирнова" }, { name: "Ann Lind" }],
    });
    expect(await tell("unwatchTask", {}, "watchers { name }")).toEqual({ watchers: [{ name: "Ann Lind" }] });
    const listed = await tell(
      "addChecklistItem",
      { clientId: newId(), text: "Screw" },
      "checklist { id text isDone position }",
    );
    const [item] = listed.checklist;
    expect(item).toMatchObject({ text: "Screw", isDone: false, position: 1 });
    const ticked = await run(
      irina,
      "updateChecklistItem",
      { itemId: item.id, isDone: true },
      "task { checklist { isDone } }",
    );
    expect(ticked.task.checklist).toEqual([{ isDone: true }]);
    expect(await run(irina, "removeChecklistItem", { itemId: item.id }, "task { checklist { id } }")).toEqual({
      task: { checklist: [] },
    });
    const links = "links { kind task { id } }";
    expect(await tell("linkTasks", { kind: "BLOCKED_BY", otherId: other }, links)).toEqual({
      links: [{ kind: "BLOCKED_BY", task: { id: other } }],
    });
    expect(await tell("unlinkTasks", { kind: "BLOCKED_BY", otherId: other }, links)).toEqual({ links: [] });
    const before = await tell("rankTask", { beside: { after: other } }, "rank");
    expect(
      (await asked(irina, "query ($id: ID!) { task(id: $id) { rank } }", { id: other })).task.rank < before.rank,
    ).toBe(true);

    const read = `query ($id: ID!, $other: ID!) {
      task(id: $id) { seq history { nodes { __typename seq by { name }
        ... on TaskChanged { what } ... on TaskAssigned { added { id } } ... on TaskLinked { kind isOn other { id } } } } }
      parent: task(id: $other) { progress { total completed } subtasks { id } } }`;
    const told = await eventually(async () => {
      const state = await asked(irina, read, { id: taskId, other });
      return state.task.history.nodes.length === 12 && state;
    });
    expect(told.task.seq).toBe(12);
    expect(told.parent).toEqual({ progress: { total: 1, completed: 0 }, subtasks: [{ id: taskId }] });
    const kinds = told.task.history.nodes.map(({ __typename, what }: { __typename: string; what?: string[] }) =>
      [__typename.slice(4), ...(what ?? [])].join(" "),
    );
    expect(kinds).toEqual([
      ...["Created", "Changed LABELS", "Changed TITLE TYPE DUE PARENT", "Changed DUE ESTIMATE", "Assigned"],
      ...[
        "Changed WATCHERS",
        "Changed CHECKLIST",
        "Changed CHECKLIST",
        "Changed CHECKLIST",
        "Linked",
        "Linked",
        "Ranked",
      ],
    ]);
    expect(await run(ann, "deleteLabel", { labelId: label.id }, "labelId")).toEqual({ labelId: label.id });
  });

  it("changed twice by one document are told each time as they are then", async () => {
    const { ann } = api.world;
    const taskId = globalId("Task", await openTask(ann, await openProject(ann)));
    const parts = "task { seq state { key } assignees { name } watchers { name } labels { name } moves { key } }";
    const document = (inner: string) => `mutation ($taskId: ID!, $me: ID!) { ${inner} }`;
    const assign = (alias: string, change: string) =>
      `${alias}: assignTask(input: { taskId: $taskId, ${change}: [$me] }) { ... on AssignTaskPayload { ${parts} } }`;
    const move = `moved: moveTask(input: { taskId: $taskId, moveId: "start" }) { ... on MoveTaskPayload { ${parts} } }`;
    const told = await asked(
      api.as.ann,
      document([assign("given", "add"), move, assign("taken", "remove")].join(" ")),
      { taskId, me: globalId("Agent", ann.agentId) },
    );
    const keys = ({ task }: Sent) => task.moves.map(({ key }: Sent) => key);
    expect(told.given.task.assignees).toEqual([{ name: "Ann Lind" }]);
    expect(keys(told.given)).toContain("start");
    expect(told.moved.task.assignees).toEqual([{ name: "Ann Lind" }]);
    expect(keys(told.moved)).not.toContain("start");
    expect(told.taken.task).toMatchObject({ seq: told.moved.task.seq + 1, assignees: [] });
  });

  it("that are linked to tasks of projects which one does not see tell nothing of these", async () => {
    const { ann, irina } = api.world;
    const [mine, shared] = [await openProject(ann), await openProject(ann)];
    await letIntoProject(ann, shared, irina);
    const [hidden, seen] = [await openTask(ann, mine), await openTask(ann, shared)];
    await run(
      api.as.ann,
      "linkTasks",
      { taskId: globalId("Task", seen), kind: "BLOCKS", otherId: globalId("Task", hidden) },
      "task { id }",
    );
    const query = `query ($id: ID!) { task(id: $id) { links { task { id } } history { nodes { ... on TaskLinked { other { id } } } } } }`;
    const asOf = async (as: Credentials) => (await asked(as, query, { id: globalId("Task", seen) })).task;
    const toAnn = await eventually(async () => {
      const task = await asOf(api.as.ann);
      return task.history.nodes.length === 2 && task;
    });
    const there = { id: globalId("Task", hidden) };
    expect(toAnn).toEqual({ links: [{ task: there }], history: { nodes: [{}, { other: there }] } });
    expect(await asOf(api.as.irina)).toEqual({ links: [], history: { nodes: [{}, { other: null }] } });
  });
});
