import { queryFromInfo } from "@pothos/plugin-prisma";
import { resolveCursorConnection } from "@pothos/plugin-relay";
import type { Project as ProjectRow, SpaceRole, Task as TaskRow } from "../../prisma/generated/client/client.ts";
import { activityCursor, activityPageOf } from "../chat/activity-cursor.ts";
import { LONGEST_PAGE } from "../chat/queries.ts";
import { findRoomMembers, type RoomMember as MemberRow } from "../chat/room-queries.ts";
import { RoomMember, RoomRole } from "../chat/room-schema.ts";
import { loadTeamsIn, RoomTeam } from "../chat/team-schema.ts";
import { actorOf, badCursor, badInput, builder, byId, localId, refusePage } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { perRequest } from "../kernel/loader.ts";
import { loadNode } from "../kernel/schema.ts";
import { FILTER_SAID, givenFilter } from "./filter-schema.ts";
import { roleInProject } from "./policy.ts";
import { findProject, findProjectByKey, findProjectRoles, findTaskIds, projectsPage, type RankKey } from "./queries.ts";
import { Task } from "./schema.ts";
import { WorkflowState } from "./state-schema.ts";
import { workflowOf } from "./workflow.ts";

const loadRole = perRequest<SpaceRole | null>(async (context, ids) => {
  const actor = actorOf(context);
  if (actor.kind !== "agent") return new Map();
  const roles = await findProjectRoles(actor, ids);
  return new Map([...roles].map(([id, role]) => [id, roleInProject(actor, role)]));
}, null);

export const Project = builder.prismaNode("Project", {
  id: { resolve: (project) => project.id },
  findUnique: byId,
  description: "Tasks that are worked on together, under one key and one workflow. Its members alone know of it.",
  fields: (t) => ({
    key: t.exposeString("key", {
      description: "What its tasks' keys begin with: 2 to 10 letters A-Z and digits. No other project's, and for good.",
    }),
    name: t.exposeString("name", { description: "What it is called, 1 to 80 characters." }),
    isArchived: t.boolean({
      description: "Whether it has been put away: no task in it is made or changed.",
      resolve: ({ archivedAt }) => archivedAt !== null,
    }),
    createdAt: t.field({ type: "DateTime", description: "When it was made.", resolve: (project) => project.createdAt }),
    role: t.field({
      type: RoomRole,
      nullable: true,
      description:
        "What the caller may do there; owners and admins of the workspace own every project that they are in.",
      extensions: { perViewer: true },
      resolve: ({ id }, _args, context) => loadRole(context, id),
    }),
    states: t.field({
      type: [WorkflowState],
      description: "The states of its workflow, in the order of the board's columns.",
      extensions: { rows: 10 },
      resolve: (project) => workflowOf(project).states,
    }),
    teams: t.field({
      type: [RoomTeam],
      description: "The teams in it, by name.",
      extensions: { cost: 2, rows: 3 },
      resolve: ({ spaceId }, _args, context) => loadTeamsIn(context, spaceId),
    }),
    members: t.connection(
      {
        type: RoomMember,
        description: `Who sees it, the longest there first. Pages of 50, up to ${LONGEST_PAGE}.`,
        resolve: ({ workspaceId, spaceId }, args) => {
          refusePage(args, LONGEST_PAGE);
          return resolveCursorConnection<Promise<MemberRow[]>>(
            {
              ...{ args, defaultSize: 50, maxSize: LONGEST_PAGE },
              toCursor: ({ joinedAt: at, agent: { id } }: MemberRow) => activityCursor({ at, id }),
            },
            (page) => findRoomMembers({ workspaceId, spaceId }, activityPageOf(page)),
          );
        },
      },
      { name: "ProjectMemberConnection", description: "A page of a project's members." },
      { name: "ProjectMemberEdge", description: "A member in a page." },
    ),
    tasks: t.connection(
      {
        type: Task,
        description: `Its tasks in their order: that of each column, by their ranks. Pages of 50, up to ${LONGEST_PAGE}.`,
        args: {
          state: t.arg.string({ required: false, description: "Only those in the state of this key: a column." }),
          filter: t.arg.string({ required: false, description: FILTER_SAID }),
        },
        // What `me` and `today` of a filter are hangs on who asks.
        extensions: { perViewer: true },
        resolve: async (project, { state, filter, ...args }, context, info) => {
          refusePage(args, LONGEST_PAGE);
          const [actor, { locale }] = [actorOf(context), context];
          const isFiltered = typeof filter === "string" && actor.kind === "agent";
          const where = isFiltered ? (await givenFilter({ actor, locale }, filter, project)).where : undefined;
          return resolveCursorConnection<Promise<TaskRow[]>>(
            {
              ...{ args, defaultSize: 50, maxSize: LONGEST_PAGE },
              toCursor: ({ rank, conversationId }: TaskRow) => `${rank}.${conversationId}`,
            },
            async ({ after, before, limit, inverted }) => {
              const ids = await findTaskIds(project, {
                ...(after !== undefined && { after: rankKeyOf(after) }),
                ...(before !== undefined && { before: rankKeyOf(before) }),
                ...{ limit, inverted, stateId: state ?? undefined, where },
              });
              const query = queryFromInfo({ context, info, paths: [["edges", "node"], ["nodes"]] });
              const found = { workspaceId: project.workspaceId, conversationId: { in: ids } };
              const rows = await prisma().task.findMany({ ...query, where: found });
              return rows.sort((one, other) => ids.indexOf(one.conversationId) - ids.indexOf(other.conversationId));
            },
          );
        },
      },
      { name: "TaskConnection", description: "A page of tasks." },
      { name: "TaskEdge", description: "A task in a page." },
    ),
  }),
});

function rankKeyOf(cursor: string): RankKey {
  const [, rank, id] = /^([0-9A-Za-z]+)\.(.+)$/.exec(cursor) ?? [];
  if (rank && id && isId(id)) return { rank, id };
  throw badCursor();
}

loadNode("Project", findProject);

builder.prismaObjectField("Task", "project", (t) => t.relation("project", { description: "Where it stands." }));

builder.queryFields((t) => ({
  project: t.field({
    type: Project,
    nullable: true,
    description: "The project with this id or key; null if there is none or it is not the caller's to see.",
    args: {
      id: t.arg.id({ required: false, description: "The project's id." }),
      key: t.arg.string({ required: false, description: "Or its key, such as OPS, in any case." }),
    },
    resolve: (_root, { id, key }, context): Promise<ProjectRow | null> => {
      const actor = actorOf(context);
      if (typeof id === "string" && typeof key !== "string") return findProject(actor, localId("Project", id));
      if (typeof key === "string" && typeof id !== "string") return findProjectByKey(actor, key);
      throw badInput("Give `id` or `key`, one of them.");
    },
  }),
  projects: t.connection(
    {
      type: Project,
      description: `The projects that the caller is in, by key; archived ones too. Empty to customers. Pages of 50, up to ${LONGEST_PAGE}.`,
      resolve: (_root, args, context, info) => {
        refusePage(args, LONGEST_PAGE);
        return resolveCursorConnection<Promise<ProjectRow[]>>(
          { args, defaultSize: 50, maxSize: LONGEST_PAGE, toCursor: ({ key }: ProjectRow) => key },
          ({ after, before, limit, inverted }) =>
            prisma().project.findMany({
              ...queryFromInfo({ context, info, paths: [["edges", "node"], ["nodes"]] }),
              ...projectsPage(actorOf(context), {
                ...(after !== undefined && { after: projectKeyOf(after) }),
                ...(before !== undefined && { before: projectKeyOf(before) }),
                ...{ limit, inverted },
              }),
            }),
        );
      },
    },
    { name: "ProjectConnection", description: "A page of projects." },
    { name: "ProjectEdge", description: "A project in a page." },
  ),
}));

function projectKeyOf(cursor: string): string {
  if (/^[A-Z0-9]{1,10}$/.test(cursor)) return cursor;
  throw badCursor();
}
