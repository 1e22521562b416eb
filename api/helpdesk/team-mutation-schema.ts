import { loadTeamsIn, Team } from "../chat/team-schema.ts";
import { teamOf, teamPayload, teamResult } from "../chat/team-mutation-schema.ts";
import { actorOf, builder, type Context, localId } from "../kernel/builder.ts";
import { NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { addInboxTeam, removeInboxTeam } from "./actions/change-inbox-team.ts";
import { disbandTeam, dismissTeamMember } from "./actions/leave-team.ts";
import { inboxOf, inboxPayload, InboxSettings } from "./settings-schema.ts";

const RemoveTeamMemberInput = builder.inputType("RemoveTeamMemberInput", {
  description: "Somebody who shall be in a team no more.",
  fields: (t) => ({
    teamId: t.id({ description: "Which." }),
    agentId: t.id({ description: "Who." }),
  }),
});

const DeleteTeamInput = builder.inputType("DeleteTeamInput", {
  description: "A team to be done away with.",
  fields: (t) => ({ teamId: t.id({ description: "Which." }) }),
});

const DeleteTeamPayload = builder.objectRef<{ teamId: string }>("DeleteTeamPayload").implement({
  description: "The team is no more.",
  fields: (t) => ({
    teamId: t.globalID({
      description: "The id that it had.",
      resolve: ({ teamId: id }) => ({ type: "Team", id }),
    }),
  }),
});

const inboxTeamInput = (name: string) =>
  builder.inputType(name, {
    description: "A team and an inbox.",
    fields: (t) => ({
      inboxId: t.id({ description: "Where." }),
      teamId: t.id({ description: "Which." }),
    }),
  });

builder.objectField(InboxSettings, "teams", (t) =>
  t.field({
    type: [Team],
    description: "The teams that answer here, by name.",
    extensions: { cost: 5, rows: 20 },
    resolve: async ({ spaceId }, _args, context) => (await loadTeamsIn(context, spaceId)).map(({ team }) => team),
  }),
);

builder.mutationFields((t) => ({
  removeTeamMember: t.field({
    type: teamPayload("RemoveTeamMember", "They are in it no more."),
    description:
      "Takes somebody out of a team, and at once, in all their windows, out of what they see through it alone; their open and pending conversations there are nobody's. For owners and admins, and the team's leads.",
    args: { input: t.arg({ type: RemoveTeamMemberInput, description: "Who." }) },
    errors: { types: [NotFound, NotPermitted], union: teamResult("RemoveTeamMember") },
    resolve: async (_root, { input }, context) => {
      const member = { teamId: localId("Team", input.teamId), agentId: localId("Agent", input.agentId) };
      return teamOf(context, await dismissTeamMember(actorOf(context), member));
    },
  }),
  deleteTeam: t.field({
    type: DeleteTeamPayload,
    description:
      "Does away with a team: whoever saw something through it alone sees it no more, and what mentioned it mentions nobody. For owners and admins.",
    args: { input: t.arg({ type: DeleteTeamInput, description: "Which." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "DeleteTeamResult", description: "The id, or why not." },
    },
    resolve: async (_root, { input }, context) =>
      unwrap(await disbandTeam(actorOf(context), { teamId: localId("Team", input.teamId) }), context.locale),
  }),
  addInboxTeam: t.field({
    type: inboxPayload("AddInboxTeamPayload", "Its members answer there now."),
    description: "Lets a team answer in an inbox: whoever is in it does as long as they are. For owners and admins.",
    args: { input: t.arg({ type: inboxTeamInput("AddInboxTeamInput"), description: "Which, and where." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "AddInboxTeamResult", description: "The inbox, or why not." },
    },
    resolve: (_root, { input }, context) => changeTeam(context, input, addInboxTeam),
  }),
  removeInboxTeam: t.field({
    type: inboxPayload("RemoveInboxTeamPayload", "Whoever answered there through it alone sees nothing of it."),
    description:
      "Takes a team out of an inbox, and whoever answered there through it alone, at once; their open and pending conversations there are nobody's. For owners and admins.",
    args: { input: t.arg({ type: inboxTeamInput("RemoveInboxTeamInput"), description: "Which, and from where." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "RemoveInboxTeamResult", description: "The inbox, or why not." },
    },
    resolve: (_root, { input }, context) => changeTeam(context, input, removeInboxTeam),
  }),
}));

async function changeTeam(
  context: Context,
  input: { inboxId: string; teamId: string },
  change: typeof addInboxTeam | typeof removeInboxTeam,
) {
  const wanted = { inboxId: localId("Inbox", input.inboxId), teamId: localId("Team", input.teamId) };
  unwrap(await change(actorOf(context), wanted), context.locale);
  return inboxOf(context, wanted.inboxId);
}
