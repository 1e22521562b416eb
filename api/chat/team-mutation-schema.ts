import type { Team as TeamRow } from "../../prisma/generated/client/client.ts";
import { actorOf, builder, type Context, localId } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import type { Outcome } from "../kernel/outcome.ts";
import { Conflict, ConversationClosed, InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { createTeam } from "../people/actions/create-team.ts";
import { updateTeam } from "../people/actions/update-team.ts";
import type { Refusal } from "../../words/refusals.ts";
import { changeRoomTeam } from "./actions/change-room-team.ts";
import { setTeamMember } from "./actions/set-team-member.ts";
import { conversationOf, resultOf, roomPayload } from "./room-mutation-schema.ts";
import { RoomRole } from "./room-schema.ts";
import { Team } from "./team-schema.ts";

/** A payload with a team in it, as most mutations of one have. */
export function teamPayload(title: string, description: string) {
  return builder.objectRef<{ team: TeamRow }>(`${title}Payload`).implement({
    description,
    fields: (t) => ({ team: t.field({ type: Team, description: "The team.", resolve: ({ team }) => team }) }),
  });
}

/** The team as it is after an action. */
export async function teamOf(context: Context, outcome: Outcome<{ teamId: string }, Refusal>) {
  const { teamId: id } = unwrap(outcome, context.locale);
  const { workspaceId } = actorOf(context);
  return { team: await prisma().team.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId, id } } }) };
}

/** What a mutation of a team answers. */
export function teamResult(title: string) {
  return { name: `${title}Result`, description: "The team, or why not." };
}

const handle = "By which it is mentioned: letters, digits, dots, underscores and hyphens, 1 to 32 characters.";

const CreateTeamInput = builder.inputType("CreateTeamInput", {
  description: "A team to be made.",
  fields: (t) => ({
    clientId: t.string({ description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -; a retry gives the same team." }),
    name: t.string({ description: "What it is called, 1 to 80 characters." }),
    handle: t.string({ description: handle }),
  }),
});

const UpdateTeamInput = builder.inputType("UpdateTeamInput", {
  description: "What of a team is to change; what is left out stays.",
  fields: (t) => ({
    teamId: t.id({ description: "Which." }),
    name: t.string({ required: false, description: "What it is called, 1 to 80 characters." }),
    handle: t.string({ required: false, description: handle }),
  }),
});

const SetTeamMemberInput = builder.inputType("SetTeamMemberInput", {
  description: "Somebody who shall be in a team, or be its lead or no lead.",
  fields: (t) => ({
    teamId: t.id({ description: "Which." }),
    agentId: t.id({ description: "Who." }),
    isLead: t.boolean({ defaultValue: false, description: "Whether they set and remove its members." }),
  }),
});

const AddRoomTeamInput = builder.inputType("AddRoomTeamInput", {
  description: "A team that shall be in a room, or be something else there.",
  fields: (t) => ({
    conversationId: t.id({ description: "Where, by its conversation." }),
    teamId: t.id({ description: "Which." }),
    role: t.field({
      type: RoomRole,
      defaultValue: "member",
      description: "What its members may do: MEMBER or VIEWER.",
    }),
  }),
});

const RemoveRoomTeamInput = builder.inputType("RemoveRoomTeamInput", {
  description: "A team that shall be in a room no more.",
  fields: (t) => ({
    conversationId: t.id({ description: "Where, by its conversation." }),
    teamId: t.id({ description: "Which." }),
  }),
});

function placeOf(input: { conversationId: string; teamId: string }) {
  return {
    conversationId: localId("Conversation", input.conversationId),
    teamId: localId("Team", input.teamId),
  };
}

builder.mutationFields((t) => ({
  createTeam: t.field({
    type: teamPayload("CreateTeam", "It is there, and nobody is in it yet."),
    description: "Makes a team. For owners and admins.",
    args: { input: t.arg({ type: CreateTeamInput, description: "What it shall be." }) },
    errors: { types: [InvalidInput, NotPermitted, Conflict], union: teamResult("CreateTeam") },
    resolve: async (_root, { input }, context) => teamOf(context, await createTeam(actorOf(context), input)),
  }),
  updateTeam: t.field({
    type: teamPayload("UpdateTeam", "It is so now."),
    description: "Changes what a team is called and mentioned by. For owners and admins.",
    args: { input: t.arg({ type: UpdateTeamInput, description: "What is to change." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted, Conflict], union: teamResult("UpdateTeam") },
    resolve: async (_root, { input }, context) => {
      const teamId = localId("Team", input.teamId);
      const wanted = { teamId, name: input.name ?? undefined, handle: input.handle ?? undefined };
      return teamOf(context, await updateTeam(actorOf(context), wanted));
    },
  }),
  setTeamMember: t.field({
    type: teamPayload("SetTeamMember", "They are in it, and see what it sees."),
    description:
      "Lets somebody into a team, and so into all rooms and inboxes that it is in; makes a member its lead, or no lead. For owners and admins, and the team's leads. Up to 500 are in a team.",
    args: { input: t.arg({ type: SetTeamMemberInput, description: "Who." }) },
    errors: { types: [NotFound, NotPermitted, Conflict], union: teamResult("SetTeamMember") },
    resolve: async (_root, { input }, context) => {
      const { isLead } = input;
      const member = { teamId: localId("Team", input.teamId), agentId: localId("Agent", input.agentId), isLead };
      return teamOf(context, await setTeamMember(actorOf(context), member));
    },
  }),
  addRoomTeam: t.field({
    type: roomPayload("AddRoomTeam", "Its members are there."),
    description:
      "Lets a team into a channel or a group, or gives it another role there: whoever is in the team sees the room as long as they are. Members let teams in; owners do all of it. For staff.",
    args: { input: t.arg({ type: AddRoomTeamInput, description: "Which, and what." }) },
    errors: {
      types: [InvalidInput, NotFound, NotPermitted, ConversationClosed],
      union: resultOf("AddRoomTeam"),
    },
    resolve: async (_root, { input }, context) => {
      const { role } = input;
      return conversationOf(context, await changeRoomTeam(actorOf(context), { ...placeOf(input), role }));
    },
  }),
  removeRoomTeam: t.field({
    type: roomPayload("RemoveRoomTeam", "Whoever was there through it alone sees no more of it."),
    description:
      "Takes a team out of a channel or a group, and whoever was there through it alone, at once and in all their windows. For its owners.",
    args: { input: t.arg({ type: RemoveRoomTeamInput, description: "Which." }) },
    errors: { types: [NotFound, NotPermitted], union: resultOf("RemoveRoomTeam") },
    resolve: async (_root, { input }, context) =>
      conversationOf(context, await changeRoomTeam(actorOf(context), { ...placeOf(input), role: null })),
  }),
}));
