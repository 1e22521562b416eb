import type { SavedView, SpaceRole } from "../../prisma/generated/client/client.ts";
import type { Actor, AgentActor } from "../kernel/actor.ts";
import { prisma, type Transaction } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { done, type Outcome, type Refused, refuse } from "../kernel/outcome.ts";
import { printFilter } from "./filter.ts";
import { lockProject } from "./lock-project.ts";
import { mayInProject, refuseInProject } from "./policy.ts";
import { readProjectName } from "./project.ts";
import { LONGEST_FILTER, readFilter } from "./read-filter.ts";

/** So many views may one have made. */
export const MOST_VIEWS = 100;

/** A view's name as it is kept: 1 to 80 characters, with single spaces inside. */
export function readViewName(text: string): Outcome<string, "saved_view_name_invalid"> {
  const read = readProjectName(text);
  return read.ok ? read : refuse("saved_view_name_invalid", ["input", "name"]);
}

/** A view's filter as it is kept: as it is written best, in English. Names in it may come to stand for nothing later. */
export function readViewFilter(text: string): Outcome<string, "saved_view_filter_invalid"> {
  const { filter, problems } = readFilter(text);
  const printed = printFilter(filter);
  // As somebody opens it, in either language, it has to be one that can be read.
  const isFit = problems.length === 0 && Math.max(printed.length, printFilter(filter, "ru").length) <= LONGEST_FILTER;
  return isFit ? done(printed) : refuse("saved_view_filter_invalid", ["input", "filter"]);
}

/** Refuses a board without a project, and a view that is shared without one. */
export function refusePlace({
  shape,
  isShared,
  projectId,
}: Pick<SavedView, "shape" | "isShared" | "projectId">): Refused<"saved_view_place_invalid"> | undefined {
  if (projectId !== null || (shape !== "board" && !isShared)) return undefined;
  return refuse("saved_view_place_invalid", ["input", "projectId"]);
}

/** So many are told. */
export const MOST_LISTED = 500;

/** The views that the agent has made or that are shared with them, of projects that they are in; by name. */
export async function findSavedViews({ workspaceId, agentId }: AgentActor): Promise<SavedView[]> {
  return prisma().savedView.findMany({
    where: { workspaceId, ...visibleTo(agentId) },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MOST_LISTED,
  });
}

/** The view, if the actor may see it. */
export async function findSavedView(actor: Actor, id: string): Promise<SavedView | null> {
  if (actor.kind !== "agent" || !isId(id)) return null;
  return prisma().savedView.findFirst({ where: { workspaceId: actor.workspaceId, id, ...visibleTo(actor.agentId) } });
}

function visibleTo(agentId: string) {
  const isIn = { space: { members: { some: { agentId } } } };
  return {
    AND: [{ OR: [{ ownerId: agentId }, { isShared: true }] }, { OR: [{ projectId: null }, { project: isIn }] }],
  };
}

/** Whether the agent may change a view that they see: their own, and those that are shared in projects that they own. */
export function mayChangeView(
  agent: AgentActor,
  view: Pick<SavedView, "ownerId" | "isShared">,
  role: SpaceRole | null,
): boolean {
  if (!agent.mayWrite) return false;
  return view.ownerId === agent.agentId || (view.isShared && role !== null && mayInProject(agent, role, "govern"));
}

/** A view that this transaction has locked and that the agent may change, with what they are in its project. */
export async function lockSavedView(
  tx: Transaction,
  agent: AgentActor,
  viewId: string,
): Promise<Outcome<SavedView, "not_permitted" | "saved_view_not_found">> {
  const notFound = refuse("saved_view_not_found" as const, ["input", "viewId"]);
  if (!isId(viewId)) return notFound;
  const [view] = await tx.sql<SavedView>`
    SELECT workspace_id AS "workspaceId", id, owner_id AS "ownerId", project_id AS "projectId", name, query, shape,
      is_shared AS "isShared", created_at AS "createdAt"
    FROM saved_view WHERE workspace_id = ${agent.workspaceId} AND id = ${viewId} FOR UPDATE`;
  if (!view || (view.ownerId !== agent.agentId && !view.isShared)) return notFound;
  const { projectId } = view;
  const project = projectId === null ? null : await lockProject(tx, agent, { projectId, lock: "none" });
  if (project === undefined) return notFound;
  return mayChangeView(agent, view, project?.role ?? null) ? done(view) : refuse("not_permitted");
}

/** Why the agent may not have this view in its project; undefined: they may. Whoever sees one may; to share it takes a member. */
export async function refuseViewIn(
  tx: Transaction,
  agent: AgentActor,
  { projectId, isShared }: Pick<SavedView, "projectId" | "isShared">,
): Promise<Refused<"project_not_found" | "not_permitted" | "project_archived"> | undefined> {
  if (projectId === null) return undefined;
  const project = await lockProject(tx, agent, { projectId, lock: "none" });
  if (!project) return refuse("project_not_found", ["input", "projectId"]);
  return isShared ? refuseInProject(agent, project, "work") : undefined;
}
