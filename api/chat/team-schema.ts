import { resolveCursorConnection } from "@pothos/plugin-relay";
import type { Team as TeamRow } from "../../prisma/generated/client/client.ts";
import { actorOf, builder, byId, refusePage, workspaceOf } from "../kernel/builder.ts";
import { perRequest } from "../kernel/loader.ts";
import { loadNode } from "../kernel/schema.ts";
import { Agent } from "../people/schema.ts";
import { activityCursor, activityPageOf } from "./activity-cursor.ts";
import { LONGEST_PAGE } from "./queries.ts";
import { Room, RoomRole } from "./room-schema.ts";
import {
  countTeamMembers,
  findAllTeams,
  findTeam,
  findTeamMembers,
  findTeamsIn,
  findTeamsOf,
  type TeamMember as TeamMemberRow,
  type TeamThere,
} from "./team-queries.ts";

const loadMemberCount = perRequest((context, ids) => countTeamMembers(workspaceOf(context), ids), 0);
const loadTeamsOf = perRequest<TeamRow[]>((context, agentIds) => findTeamsOf(workspaceOf(context), agentIds), []);

/** The teams in a space. */
export const loadTeamsIn = perRequest<TeamThere[]>(
  (context, spaceIds) => findTeamsIn(workspaceOf(context), spaceIds),
  [],
);

const TeamMember = builder.objectRef<TeamMemberRow>("TeamMember").implement({
  description: "Someone in a team.",
  fields: (t) => ({
    agent: t.field({ type: Agent, description: "Who.", resolve: ({ agent }) => agent }),
    isLead: t.exposeBoolean("isLead", { description: "Whether they set and remove its members." }),
    joinedAt: t.field({ type: "DateTime", description: "Since when.", resolve: ({ joinedAt }) => joinedAt }),
  }),
});

export const Team = builder.prismaNode("Team", {
  id: { resolve: (team) => team.id },
  findUnique: byId,
  description: "Staff who are mentioned together, and let into rooms and inboxes together.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "What it is called, 1 to 80 characters." }),
    handle: t.exposeString("handle", {
      description: "What follows the @ where it is mentioned, in lower case; no other team's and nobody's own.",
    }),
    memberCount: t.int({
      description: "How many are in it, up to 500.",
      extensions: { cost: 5 },
      resolve: ({ id }, _args, context) => loadMemberCount(context, id),
    }),
    members: t.connection(
      {
        type: TeamMember,
        description: `Who is in it, the longest there first; disabled ones too. Pages of 50, up to ${LONGEST_PAGE}.`,
        resolve: ({ workspaceId, id: teamId }, args) => {
          refusePage(args, LONGEST_PAGE);
          return resolveCursorConnection<Promise<TeamMemberRow[]>>(
            {
              args,
              defaultSize: 50,
              maxSize: LONGEST_PAGE,
              toCursor: ({ joinedAt: at, agent: { id } }: TeamMemberRow) => activityCursor({ at, id }),
            },
            (page) => findTeamMembers({ workspaceId, teamId }, activityPageOf(page)),
          );
        },
      },
      { name: "TeamMemberConnection", description: "A page of a team's members." },
      { name: "TeamMemberEdge", description: "A member in a page." },
    ),
  }),
});

loadNode("Team", findTeam);

export const RoomTeam = builder.objectRef<TeamThere>("RoomTeam").implement({
  description: "A team whose members see a room, or a project, as long as they are in it.",
  fields: (t) => ({
    team: t.field({ type: Team, description: "Which.", resolve: ({ team }) => team }),
    role: t.field({
      type: RoomRole,
      description: "What they may do there, unless they have a role of their own: MEMBER or VIEWER.",
      resolve: ({ role }) => role,
    }),
  }),
});

/** Lists that are told whole: counted as so many rows. */
const whole = { extensions: { cost: 5, rows: 20 } };
const few = { extensions: { cost: 2, rows: 5 } };

builder.objectField(Room, "teams", (t) =>
  t.field({
    ...few,
    type: [RoomTeam],
    description: "The teams in it, by name.",
    resolve: ({ conversation: { spaceId } }, _args, context) => loadTeamsIn(context, spaceId),
  }),
);

builder.prismaObjectField("Agent", "teams", (t) =>
  t.field({
    ...few,
    type: [Team],
    description: "The teams that they are in, by name, to staff; empty to customers.",
    resolve: ({ id }, _args, context) => (context.readers === "staff" ? loadTeamsOf(context, id) : []),
  }),
);

builder.queryField("teams", (t) =>
  t.field({
    ...whole,
    type: [Team],
    description: "All teams, by name, to staff. Empty to customers.",
    resolve: (_root, _args, context) => findAllTeams(actorOf(context)),
  }),
);
