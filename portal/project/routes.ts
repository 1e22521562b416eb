import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { newId } from "../../api/kernel/id.ts";
import { createProject } from "../../api/tasks/actions/create-project.ts";
import { createTask } from "../../api/tasks/actions/create-task.ts";
import { shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { snapshotCursor } from "../desk-page.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import { showBeside } from "../room/show.ts";
import { formProblem, type FormProblem } from "../settings/form.ts";
import { wordsOf } from "../task/signs.ts";
import { fieldOf, fieldsOf, type Screen, seeOther, type Visit } from "../visit.ts";
import { editWorkflow, showWorkflow } from "../workflow/routes.ts";
import { boardContent } from "./board.ts";
import { newProjectContent, type ProjectForm, readProjectForm } from "./new-project.ts";
import { newTaskContent, readTaskForm, type TaskForm } from "./new-task.ts";
import { listContent, projectChoice, workContent } from "./list.ts";
import {
  isWritable,
  type OpenProject,
  readBoard,
  readList,
  readOwnWork,
  readProject,
  readProjects,
} from "./queries.ts";
import { saveLabel, saveMember, saveProject, showSettings } from "./settings-routes.ts";
import { showProject } from "./show.ts";

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
  router.get(paths.newTask(":key"), signedIn(inProject((ctx, visit, project) => showNewTask(ctx, visit, { project }))));
  router.get(
    paths.projectSettings(":key"),
    signedIn(inProject((ctx, visit, project) => showSettings(ctx, visit, project))),
  );
  router.post(paths.projectSettings(":key"), signedIn(inProject(saveProject)));
  router.get(paths.projectWorkflow(":key"), signedIn(inProject(showWorkflow)));
  router.post(paths.projectWorkflow(":key"), signedIn(inProject(editWorkflow)));
  router.post(paths.projectMembers(":key"), signedIn(inProject(saveMember)));
  router.post(paths.projectLabels(":key"), signedIn(inProject(saveLabel)));
  router.post(paths.newTask(":key"), signedIn(inProject(makeTask)));
}

async function showWork(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const [own, projects] = await Promise.all([readOwnWork(agent), readProjects(agent)]);
  const content = workContent({ own, projects, mayCreate: agent.mayWrite }, reader);
  await showBeside(ctx, visit, { title: wordsOf(reader).tasks, content, isInTasks: true, isWide: true });
}

/** A task of a message belongs to some project: the only one that the agent works in, or one that they choose. */
async function chooseProject(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const from = typeof ctx.query.from === "string" ? ctx.query.from : "";
  const projects = (await readProjects(agent)).filter(({ isArchived }) => !isArchived);
  if (projects.length === 1) return ctx.redirect(paths.newTask(projects[0]!.key, { from }));
  const content = projectChoice(projects, from, reader);
  await showBeside(ctx, visit, { title: wordsOf(reader).newTask, content, isInTasks: true });
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
  const cursor = snapshotCursor();
  const board = await readBoard(visit.agent, project);
  const content = boardContent(board, visit.reader);
  await showProject(ctx, visit, { project, view: "board", mayAdd: board.isWritable, content, cursor });
}

async function showList(ctx: Context, visit: Visit, project: OpenProject): Promise<void> {
  const cursor = snapshotCursor();
  const state = typeof ctx.query.state === "string" ? ctx.query.state : null;
  const content = listContent(await readList(visit.agent, project, state), visit.reader);
  await showProject(ctx, visit, { project, view: "list", mayAdd: isWritable(project, visit.agent), content, cursor });
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
    if (made.refusal === "not_permitted" || made.refusal === "project_not_found") return showRefusal(ctx, visit, made);
    return showNewTask(ctx, visit, { project, refused: { form, problems: [formProblem(made, reader)] } });
  }
  seeOther(ctx, paths.conversation(made.value.taskId));
}
