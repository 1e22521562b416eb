import { describe, expect, it } from "vitest";
import { assignTask } from "../../api/tasks/actions/assign-task.ts";
import { labelTask } from "../../api/tasks/actions/label-task.ts";
import { linkTasks } from "../../api/tasks/actions/link-tasks.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { watchTask } from "../../api/tasks/actions/watch-task.ts";
import { prisma } from "../../api/kernel/database.ts";
import { granted } from "../support/story.ts";
import { api, asked, setTaskApi } from "../support/task-api.ts";
import { newHandle, openTeam } from "../support/teams.ts";
import { letIntoProject, newKey, openLabel, openProject, openTask } from "../support/tasks.ts";

setTaskApi();

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

/** A project with tasks that differ in all that a filter looks at. */
async function lamps() {
  const { ann, irina } = api.world;
  const key = newKey();
  const projectId = await openProject(ann, { key, members: [irina] });
  const due = (days: number) => ({ due: { at: inDays(days), zone: "Europe/Berlin" } });
  const plain = await openTask(ann, projectId, { title: "Plain 100% lamp" });
  const late = await openTask(ann, projectId, { title: "Late", priority: "urgent", ...due(-1) });
  const soon = await openTask(ann, projectId, { title: "Soon", type: "bug", severity: "major", ...due(3) });
  const far = await openTask(ann, projectId, { title: "Far", type: "epic", priority: "high", ...due(30) });
  const over = await openTask(ann, projectId, { title: "Over", ...due(-9) });
  granted(await moveTask(ann, { taskId: over, moveId: "done" }));
  granted(await moveTask(ann, { taskId: far, moveId: "start" }));
  granted(await assignTask(ann, { taskId: late, add: [irina.agentId], remove: [] }));
  granted(await assignTask(ann, { taskId: soon, add: [ann.agentId], remove: [] }));
  granted(await linkTasks(ann, { taskId: plain, otherId: far, kind: "blocks", isOn: true }));
  granted(await labelTask(ann, { taskId: far, add: [await openLabel(ann, projectId, "To bill")], remove: [] }));
  return { key, projectId, plain };
}

const TITLES = "nodes { title }";
const titlesOf = ({ nodes }: { nodes: { title: string }[] }) => nodes.map(({ title }) => title.split(" ")[0]);

async function found(key: string, filter: string, as = api.as.ann) {
  const query = `query ($filter: String!) { tasks(filter: $filter) { ${TITLES} } }`;
  return titlesOf((await asked(as, query, { filter: `project:${key} ${filter}` })).tasks);
}

async function faultOf(filter: string, as = api.as.ann) {
  const { errors } = await api.ask(as, `query ($filter: String!) { tasks(filter: $filter) { ${TITLES} } }`, { filter });
  return errors?.map(({ message, extensions }) => `${extensions?.code}: ${message}`).join();
}

describe("a filter of tasks", () => {
  it("finds tasks by all that they have, the newest first", async () => {
    const { key, plain } = await lamps();
    const [ann, irina] = await Promise.all(
      [api.world.ann, api.world.irina].map(({ workspaceId, agentId: id }) =>
        prisma().agent.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId, id } } }),
      ),
    );
    granted(await watchTask(api.world.irina, { taskId: plain, isWatching: true }));
    const handle = newHandle();
    await openTeam(api.world.ann, { handle, members: [api.world.irina] });
    for (const [filter, titles] of [
      ["", ["Over", "Far", "Soon", "Late", "Plain"]],
      ["is:open", ["Far", "Soon", "Late", "Plain"]],
      ["is:closed", ["Over"]],
      ["-is:open", ["Over"]],
      ["is:started,completed", ["Over", "Far"]],
      ["is:overdue", ["Late"]],
      ["is:blocked", ["Far"]],
      ['state:"In progress",done', ["Over", "Far"]],
      ["состояние:готово", ["Over"]],
      ["assignee:me", ["Far", "Soon"]],
      [`assignee:@${irina!.handle}`, ["Late"]],
      ["assignee:none", ["Over", "Plain"]],
      ["-assignee:none", ["Far", "Soon", "Late"]],
      [`assignee:@${irina!.handle},@${ann!.handle}`, ["Far", "Soon", "Late"]],
      [`team:@${handle}`, ["Late"]],
      [`watcher:@${irina!.handle} -team:${handle}`, ["Plain"]],
      ["priority:high,urgent", ["Far", "Late"]],
      ["priority:none", ["Over", "Soon", "Plain"]],
      ["severity:major", ["Soon"]],
      ["-severity:major", ["Over", "Far", "Late", "Plain"]],
      ["severity:none type:bug", []],
      ["type:bug,epic", ["Far", "Soon"]],
      ['label:"to BILL"', ["Far"]],
      ["label:none is:open", ["Soon", "Late", "Plain"]],
      ["due:<7d", ["Over", "Soon", "Late"]],
      ["due:>1w", ["Far"]],
      ["due:none", ["Plain"]],
      ["-due:any", ["Plain"]],
      [`due:>${inDays(10).toISOString().slice(0, 10)}`, ["Far"]],
      [`due:<${inDays(-5).toISOString().slice(0, 10)}`, ["Over"]],
      ["late", ["Late"]],
      ["100%", ["Plain"]],
      ["1_0", []],
      [`${key}-2`, ["Late"]],
      [`-${key}-2`, ["Over", "Far", "Soon", "Plain"]],
      ["-lamp is:open due:<7d -assignee:none type:task", ["Late"]],
    ] as const)
      expect([filter, await found(key, filter)]).toEqual([filter, titles]);
  });

  it("is the same in a project, in the order of its columns, and comes by pages", async () => {
    const { key } = await lamps();
    const query = `query ($key: String!, $after: String) { project(key: $key) {
      tasks(filter: "is:unstarted", first: 2, after: $after) { ${TITLES} pageInfo { endCursor hasNextPage } } } }`;
    const first = (await asked(api.as.irina, query, { key })).project.tasks;
    const rest = (await asked(api.as.irina, query, { key, after: first.pageInfo.endCursor })).project.tasks;
    expect([titlesOf(first), titlesOf(rest)]).toEqual([["Plain", "Late"], ["Soon"]]);
    const all = `query ($filter: String!, $after: String) { tasks(filter: $filter, first: 2, after: $after) {
      ${TITLES} pageInfo { endCursor hasNextPage } } }`;
    const page = (await asked(api.as.ann, all, { filter: `project:${key}` })).tasks;
    const next = await asked(api.as.ann, all, { filter: `project:${key}`, after: page.pageInfo.endCursor });
    expect([...titlesOf(page), ...titlesOf(next.tasks)]).toEqual(["Over", "Far", "Soon", "Late"]);
  });

  it("goes by days as people count them: a time at midnight is the new day's, and a date its own", async () => {
    const { ann } = api.world;
    const key = newKey();
    const projectId = await openProject(ann, { key });
    const zone = "Europe/Berlin";
    await openTask(ann, projectId, { title: "Date", due: { date: "2026-11-26", zone } });
    await openTask(ann, projectId, { title: "Midnight", due: { at: new Date("2026-11-26T23:00:00Z"), zone } });
    for (const [filter, titles] of [
      ["due:2026-11-26", ["Date"]],
      ["due:2026-11-27", ["Midnight"]],
      ["due:<2026-11-27", ["Date"]],
      ["due:>2026-11-26", ["Midnight"]],
      ["due:<2026-11-28", ["Midnight", "Date"]],
    ] as const)
      expect([filter, await found(key, filter)]).toEqual([filter, titles]);
  });

  it("of another project finds nothing in this one, by whatever names this one has", async () => {
    const { key } = await lamps();
    const other = newKey();
    await openProject(api.world.ann, { key: other });
    const query = `query ($key: String!, $filter: String!) { project(key: $key) { tasks(filter: $filter) { ${TITLES} } } }`;
    const { project } = await asked(api.as.ann, query, { key, filter: `project:${other} label:"to bill"` });
    expect(titlesOf(project.tasks)).toEqual([]);
  });

  it("finds nothing of projects that one is not in, to customers nothing at all; viewers read", async () => {
    const { key, projectId } = await lamps();
    expect(await faultOf(`project:${key}`, api.as.ben)).toContain(`“project:” knows nothing of “${key}”.`);
    expect(await faultOf(`project:${key}`, api.as.intruder)).toContain("knows nothing");
    const open = `{ tasks(filter: "lamp") { ${TITLES} } }`;
    expect(titlesOf((await asked(api.as.intruder, open)).tasks)).toEqual([]);
    expect(titlesOf((await asked(api.as.hannah, open)).tasks)).toEqual([]);
    expect((await asked(api.as.hannah, `{ checkTaskFilter(filter: "x:y") { written } }`)).checkTaskFilter).toBeNull();
    await letIntoProject(api.world.ann, projectId, api.world.ben, "viewer");
    expect(await found(key, "is:started", api.as.ben)).toEqual(["Far"]);
  });

  it("that cannot be read, or names nothing, is an error with the nearest right spelling, in the caller's language", async () => {
    const { key } = await lamps();
    expect(await faultOf("asignee:me")).toBe(
      "BAD_USER_INPUT: There is no filter “asignee:”. Did you mean “assignee:”? A word with a colon is looked for in quotes.",
    );
    expect(await faultOf(`project:${key} label:"to bil"`)).toContain("Did you mean “to bill”?");
    expect(await faultOf("assignee:@nobody.of.this.name")).toContain(
      "“assignee:” knows nothing of “@nobody.of.this.name”.",
    );
    const query = `query ($filter: String!) { checkTaskFilter(filter: $filter) { written problems { word nearest message } } }`;
    const filter = `проект:${key} важность:высокая состояние:готвоо`;
    const { checkTaskFilter } = await asked(api.as.irina, query, { filter });
    expect(checkTaskFilter).toEqual({
      written: `project:${key} priority:high state:готвоо`,
      problems: [
        {
          word: "готвоо",
          nearest: "готово",
          message: "«состояние:» не знает «готвоо». Может быть, «готово»?",
        },
      ],
    });
  });
});
