import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { newId } from "../../api/kernel/id.ts";
import { createProject } from "../../api/tasks/actions/create-project.ts";
import { createTask } from "../../api/tasks/actions/create-task.ts";
import { printFilter } from "../../api/tasks/filter.ts";
import { shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { snapshotCursor } from "../desk-page.ts";
import { html } from "../html.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import type { Reader } from "../reader.ts";
import { showBeside } from "../room/show.ts";
import { formProblem, type FormProblem } from "../settings/form.ts";
import { isWritable } from "../task/may.ts";
import { wordsOf as taskWordsOf } from "../task/signs.ts";
import { fieldOf, fieldsOf, type Screen, seeOther, type Visit } from "../visit.ts";
import { editWorkflow, showWorkflow } from "../workflow/routes.ts";
import { boardContent } from "./board.ts";
import { newProjectContent, type ProjectForm, readProjectForm } from "./new-project.ts";
import { newTaskContent, readTaskForm, type TaskForm } from "./new-task.ts";
import { listContent, projectChoice, workContent } from "./list.ts";
import { filterBar, nothingFound, viewWordsOf } from "./filter-bar.ts";
import { filteredBy, isUnfiltered } from "./filtered.ts";
import {
  countList,
  MOST_LINES,
  MOST_WORK,
  type OpenProject,
  readBoard,
  readBulkChoices,
  readList,
  readProject,
  readProjects,
  readWork,
  readWritableProjects,
} from "./queries.ts";
import { bulkRoutes } from "./bulk-routes.ts";
import { viewRoutes, viewsBeside } from "./view-routes.ts";
import { saveLabel, saveMember, saveProject, saveTeam, showSettings } from "./settings-routes.ts";
import { showProject } from "./show.ts";
import { wordsOf } from "./words.ts";
import { turnRoutes } from "./turn.ts";

/** The addresses of projects: one's own work, and each project's board, list and new tasks. */
export function projectRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get(paths.tasks, signedIn(showWork));
  router.get("/portal/tasks/new", signedIn(chooseProject));
  router.get(
    paths.newProject,
    signedIn((ctx, visit) => showNewProject(ctx, visit)),
  );
  router.post(paths.projects, signedIn(openProject));
  router.get(paths.board(":key"), signedIn(inProject(showBoard)));
  router.get(paths.taskList(":key"), signedIn(inProject(showList)));
  router.get(paths.newTask(":key"), signedIn(inProject(beginTask)));
  router.get(
    paths.projectSettings(":key"),
    signedIn(inProject((ctx, visit, project) => showSettings(ctx, visit, project))),
  );
  router.post(paths.projectSettings(":key"), signedIn(inProject(saveProject)));
  router.get(paths.projectWorkflow(":key"), signedIn(inProject(showWorkflow)));
  router.post(paths.projectWorkflow(":key"), signedIn(inProject(editWorkflow)));
  router.post(paths.projectMembers(":key"), signedIn(inProject(saveMember)));
  router.post(paths.projectTeams(":key"), signedIn(inProject(saveTeam)));
  router.post(paths.projectLabels(":key"), signedIn(inProject(saveLabel)));
  router.post(paths.newTask(":key"), signedIn(inProject(makeTask)));
  turnRoutes(router, signedIn);
  viewRoutes(router, signedIn);
  bulkRoutes(router, signedIn);
}

/** What is assigned to whoever looks, and not done. */
const OWN_WORK = "assignee:me is:open";

async function showWork(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const cursor = snapshotCursor();
  const filtered = await filteredBy(ctx, visit, { usual: OWN_WORK });
  const [found, projects] = await Promise.all([readWork(agent, filtered), readProjects(agent)]);
  const views = await viewsBeside(visit, { text: filtered.text, shape: "mine", project: null });
  const addressOf = (q: string | null) => paths.work(q === null ? {} : { q });
  const filter = filterBar(filtered, { addressOf, views, count: countSaid(found.length, MOST_WORK, reader) }, reader);
  const isUsual = printFilter(filtered.filter) === OWN_WORK;
  const content = workContent({ found, isUsual, filter, projects, mayCreate: agent.mayWrite }, reader);
  await showBeside(ctx, visit, { title: taskWordsOf(reader).tasks, content, cursor, isInTasks: true, isWide: true });
}

function countSaid(count: number, most: number, reader: Reader): string {
  const words = viewWordsOf(reader);
  return count >= most ? words.foundMost(count) : words.found(count);
}

/** A task of a message belongs to some project: the only one that the agent works in, or one that they choose. */
async function chooseProject(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const from = typeof ctx.query.from === "string" ? ctx.query.from : "";
  const projects = await readWritableProjects(agent);
  if (projects.length === 1) return ctx.redirect(paths.newTask(projects[0]!.key, { from }));
  const content = projectChoice(projects, from, reader);
  await showBeside(ctx, visit, { title: taskWordsOf(reader).newTask, content, isInTasks: true });
}

type OfProject = (ctx: Context, visit: Visit, project: OpenProject) => Promise<void>;

function inProject(screen: OfProject): Screen {
  return async (ctx, visit) => {
    const { key } = (ctx as Context & { params: { key: string } }).params;
    const project = await readProject(visit.agent, key);
    await (project ? screen(ctx, visit, project) : showRefusal(ctx, visit, "project_not_found"));
  };
}

async function showBoard(ctx: Context, visit: Visit, project: OpenProject): Promise<void> {
  const { agent, reader } = visit;
  const cursor = snapshotCursor();
  const filtered = await filteredBy(ctx, visit, { project });
  const q = isUnfiltered(filtered) ? undefined : filtered.text;
  const board = await readBoard(agent, project, q === undefined ? undefined : filtered.where);
  const views = await viewsBeside(visit, { text: filtered.text, shape: "board", project });
  const addressOf = (text: string | null) => paths.board(project.key, text ? { q: text } : {});
  const count = viewWordsOf(reader).found(board.lanes.reduce((sum, lane) => sum + lane.count, 0));
  const filter = filterBar(filtered, { addressOf, views, count }, reader);
  const content = boardContent({ ...board, ...(q !== undefined && { filter: filtered.filter }) }, reader);
  await showProject(ctx, visit, { project, view: "board", mayAdd: board.isWritable, filter, q, content, cursor });
}

async function showList(ctx: Context, visit: Visit, project: OpenProject): Promise<void> {
  const { agent, reader } = visit;
  const cursor = snapshotCursor();
  const after = typeof ctx.query.after === "string" ? ctx.query.after : null;
  const filtered = await filteredBy(ctx, visit, { project });
  const q = isUnfiltered(filtered) ? undefined : filtered.text;
  const mayWork = isWritable(project, agent);
  const [cards, count, bulk, views] = await Promise.all([
    readList(agent, project, { where: filtered.where, after }),
    countList(agent, project, q === undefined ? undefined : filtered.where),
    mayWork ? readBulkChoices(agent, project, reader) : null,
    viewsBeside(visit, { text: filtered.text, shape: "list", project }),
  ]);
  const last = cards.length < MOST_LINES ? null : String(cards.at(-1)!.number);
  const more = last && paths.taskList(project.key, { ...(q !== undefined && { q }), after: last });
  const none =
    q === undefined
      ? html`<p class="hint">${wordsOf(reader).emptyLane}</p>`
      : nothingFound(paths.taskList(project.key), reader);
  const addressOf = (text: string | null) => paths.taskList(project.key, text ? { q: text } : {});
  const filter = filterBar(filtered, { addressOf, views, count: viewWordsOf(reader).found(count) }, reader);
  const content = listContent({ project, cards, more, bulk, none }, reader);
  await showProject(ctx, visit, { project, view: "list", mayAdd: mayWork, filter, q, content, cursor });
}

type Refused<Form> = { form: Form; problems: FormProblem[] };

async function showNewProject(ctx: Context, visit: Visit, refused?: Refused<ProjectForm>): Promise<void> {
  const given = refused ?? { form: readProjectForm(() => "", newId()), problems: [] };
  const content = newProjectContent(given, visit.reader);
  if (refused) ctx.status = 422;
  await showBeside(ctx, visit, { title: wordsOf(visit.reader).newProject, content, isInTasks: true });
}

async function openProject(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const form = readProjectForm((name) => fieldOf(ctx, name));
  const { clientId, key, name } = form;
  const made = await createProject(agent, {
    clientId,
    key,
    name,
    workflow: shippedWorkflow(form.workflow, reader.locale),
  });
  if (made.ok) return seeOther(ctx, paths.board(key.trim().toUpperCase()));
  if (made.refusal === "not_permitted") return showRefusal(ctx, visit, made);
  await showNewProject(ctx, visit, { form, problems: [formProblem(made, reader)] });
}

/** Before anything is written: whoever may not make one is told so at once. */
async function beginTask(ctx: Context, visit: Visit, project: OpenProject): Promise<void> {
  if (isWritable(project, visit.agent)) return showNewTask(ctx, visit, { project });
  showRefusal(ctx, visit, project.isArchived ? "project_archived" : "not_permitted");
}

async function showNewTask(
  ctx: Context,
  visit: Visit,
  { project, refused }: { project: OpenProject; refused?: Refused<TaskForm> },
): Promise<void> {
  const cursor = snapshotCursor();
  const from = typeof ctx.query.from === "string" ? ctx.query.from : "";
  const given = refused ?? { form: { ...readTaskForm(() => [], newId()), sourceMessageId: from }, problems: [] };
  const content = newTaskContent({ ...given, project }, visit.reader);
  if (refused) ctx.status = 422;
  await showProject(ctx, visit, { project, view: "new", mayAdd: false, content, cursor });
}

async function makeTask(ctx: Context, visit: Visit, project: OpenProject): Promise<void> {
  const { agent, reader } = visit;
  const form = readTaskForm((name) => fieldsOf(ctx, name));
  const { clientId, title, description, type, priority, sourceMessageId } = form;
  const given = { clientId, title, description, type, priority };
  const source = sourceMessageId === "" ? {} : { sourceMessageId };
  const made = await createTask(agent, { ...given, ...source, projectId: project.id });
  if (!made.ok) {
    if (made.refusal === "project_not_found") return showRefusal(ctx, visit, made);
    // Also where they may not any more: what they wrote stands there.
    return showNewTask(ctx, visit, { project, refused: { form, problems: [formProblem(made, reader)] } });
  }
  seeOther(ctx, paths.conversation(made.value.taskId));
}
