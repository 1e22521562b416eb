import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { newId } from "../../api/kernel/id.ts";
import { createSavedView } from "../../api/tasks/actions/create-saved-view.ts";
import { deleteSavedView } from "../../api/tasks/actions/delete-saved-view.ts";
import { updateSavedView } from "../../api/tasks/actions/update-saved-view.ts";
import { mayInProject } from "../../api/tasks/policy.ts";
import { findSavedView } from "../../api/tasks/saved-view.ts";
import { SavedViewShape } from "../../prisma/generated/client/enums.ts";
import type { Html } from "../html.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import { fieldOf, fieldsOf, idOf, type Screen, seeOther, type Visit } from "../visit.ts";
import type { OpenProject } from "./queries.ts";
import { readViews } from "./view-queries.ts";
import { viewAddress, type ViewLine, viewsMenu } from "./views.ts";

/** The addresses of saved views: one is saved, changed and deleted by plain forms, and opened at its own address. */
export function viewRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.post(paths.savedViews, signedIn(save));
  router.post(paths.savedView(":id"), signedIn(change));
}

async function save(ctx: Context, visit: Visit): Promise<void> {
  const field = (name: string) => fieldOf(ctx, name);
  const shape = Object.values(SavedViewShape).find((known) => known === field("shape")) ?? "list";
  const saved = await createSavedView(visit.agent, {
    ...{ clientId: field("clientId"), name: field("name"), filter: field("filter"), shape },
    ...{ projectId: field("project") || null, isShared: field("shared") === "yes" },
  });
  if (!saved.ok) return showRefusal(ctx, visit, saved);
  await showView(ctx, visit, saved.value.viewId);
}

async function change(ctx: Context, visit: Visit): Promise<void> {
  const viewId = idOf(ctx);
  const view = await lineOf(visit.agent, viewId);
  const isDeleted = fieldOf(ctx, "act") === "delete";
  const changed = isDeleted
    ? await deleteSavedView(visit.agent, { viewId })
    : await updateSavedView(visit.agent, { viewId, ...changeIn(ctx) });
  if (!changed.ok) return showRefusal(ctx, visit, changed);
  if (!isDeleted) return showView(ctx, visit, viewId);
  seeOther(ctx, view ? viewAddress(view, visit.reader) : paths.tasks);
}

/** What a form says: a filter where it is to be taken, and who sees the view where that was asked. */
function changeIn(ctx: Context) {
  const has = (name: string) => fieldsOf(ctx, name).length > 0;
  return {
    name: fieldOf(ctx, "name"),
    filter: has("filter") ? fieldOf(ctx, "filter") : undefined,
    isShared: has("sharing") ? fieldOf(ctx, "shared") === "yes" : undefined,
  };
}

async function showView(ctx: Context, { agent, reader }: Visit, id: string): Promise<void> {
  const view = await lineOf(agent, id);
  seeOther(ctx, view ? viewAddress(view, reader) : paths.tasks);
}

async function lineOf(agent: AgentActor, id: string): Promise<ViewLine | undefined> {
  return (await findSavedView(agent, id)) ? (await readViews(agent)).find((view) => view.id === id) : undefined;
}

/** Answers the menu of saved views above a project's tasks, or above one's own work. */
export async function viewsBeside(
  { agent, reader }: Visit,
  { text, shape, project }: { text: string; shape: SavedViewShape; project: OpenProject | null },
): Promise<Html> {
  const views = await readViews(agent, project?.id);
  const mayShare = project !== null && !project.isArchived && mayInProject(agent, project.role, "work");
  const place = { text, shape, project, maySave: agent.mayWrite, mayShare, clientId: newId() };
  return viewsMenu(views, place, reader);
}
