import type { Conversation as ConversationRow, SpaceRole } from "../../prisma/generated/client/client.ts";
import type { Refusal } from "../../words/refusals.ts";
import { actorOf, builder, type Context, localId } from "../kernel/builder.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { Conflict, ConversationClosed, InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { changeRoomMember } from "./actions/change-room-member.ts";
import { createRoom } from "./actions/create-room.ts";
import { joinChannel } from "./actions/join-channel.ts";
import { leaveRoom } from "./actions/leave-room.ts";
import { openDirect } from "./actions/open-direct.ts";
import { updateRoom } from "./actions/update-room.ts";
import { findConversation } from "./queries.ts";
import { RoomRole } from "./room-schema.ts";
import { Conversation } from "./schema.ts";

/** A payload with the conversation of a room, as most mutations of one have. */
export function roomPayload(title: string, description: string) {
  return builder.objectRef<{ conversation: ConversationRow }>(`${title}Payload`).implement({
    description,
    fields: (t) => ({
      conversation: t.field({
        type: Conversation,
        description: "The room's conversation.",
        resolve: ({ conversation }) => conversation,
      }),
    }),
  });
}

/** The conversation as it is after an action, to whoever is still in it: a retry may come after they have left. */
export async function conversationOf(context: Context, outcome: Outcome<{ conversationId: string }, Refusal>) {
  const { conversationId } = unwrap(outcome, context.locale);
  const conversation = await findConversation(actorOf(context), conversationId);
  return unwrap(conversation ? done({ conversation }) : refuse("conversation_not_found"), context.locale);
}

/** What a mutation of a room answers. */
export function resultOf(title: string) {
  return { name: `${title}Result`, description: "The room, or why not." };
}

function roomInput(title: string, description: string) {
  return builder.inputType(`${title}Input`, {
    description,
    fields: (t) => ({ conversationId: t.id({ description: "Which, by its conversation." }) }),
  });
}

/** The two kinds of rooms that are made under a name. */
// biome-ignore format: a table, aligned
const MADE = [
  { kind: "channel", title: "CreateChannel", description: "Opens a channel, which everyone on staff may join. No other one has its name, however it is written." },
  { kind: "group",   title: "CreateGroup",   description: "Opens a group: whoever is not in it does not know of it." },
] as const;

for (const { kind, title, description } of MADE) {
  const Input = builder.inputType(`${title}Input`, {
    description: `A ${kind} to be opened.`,
    fields: (t) => ({
      clientId: t.string({
        description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -; a retry gives the same one.",
      }),
      name: t.string({ description: "What it is called, 1 to 80 characters; a # before it is left out." }),
      topic: t.string({ required: false, description: "What it is about at the moment, up to 250 characters." }),
      purpose: t.string({ required: false, description: "What it is for, up to 250 characters." }),
    }),
  });
  builder.mutationField(`create${title.slice("Create".length)}`, (t) =>
    t.field({
      type: roomPayload(title, "It is open, and its maker owns it."),
      description: `${description} For staff.`,
      args: { input: t.arg({ type: Input, description: "What it shall be." }) },
      errors: { types: [InvalidInput, NotFound, NotPermitted, Conflict], union: resultOf(title) },
      resolve: async (_root, { input: { topic, purpose, ...input } }, context) => {
        const about = { topic: topic ?? "", purpose: purpose ?? "" };
        return conversationOf(context, await createRoom(actorOf(context), { kind, ...input, ...about }));
      },
    }),
  );
}

const OpenDirectMessagesInput = builder.inputType("OpenDirectMessagesInput", {
  description: "People to write to.",
  fields: (t) => ({ agentIds: t.idList({ description: "One to eight others on staff." }) }),
});

const UpdateRoomInput = builder.inputType("UpdateRoomInput", {
  description: "What of a channel or a group is to change; what is left out stays.",
  fields: (t) => ({
    conversationId: t.id({ description: "Which, by its conversation." }),
    name: t.string({ required: false, description: "What it is called, 1 to 80 characters." }),
    topic: t.string({ required: false, description: "What it is about at the moment, up to 250 characters." }),
    purpose: t.string({ required: false, description: "What it is for, up to 250 characters." }),
    isArchived: t.boolean({ required: false, description: "Whether it is put away." }),
  }),
});

const SetRoomMemberInput = builder.inputType("SetRoomMemberInput", {
  description: "Somebody who shall be in a room, or be something else there.",
  fields: (t) => ({
    conversationId: t.id({ description: "Where, by its conversation." }),
    agentId: t.id({ description: "Who." }),
    role: t.field({ type: RoomRole, defaultValue: "member", description: "What they shall be there." }),
  }),
});

const RemoveRoomMemberInput = builder.inputType("RemoveRoomMemberInput", {
  description: "Somebody who shall be in a room no more.",
  fields: (t) => ({
    conversationId: t.id({ description: "Where, by its conversation." }),
    agentId: t.id({ description: "Who." }),
  }),
});

const LeaveRoomPayload = builder.objectRef<{ conversationId: string }>("LeaveRoomPayload").implement({
  description: "The caller has left, and sees no more of it.",
  fields: (t) => ({
    conversationId: t.globalID({
      description: "The id of its conversation.",
      resolve: ({ conversationId: id }) => ({ type: "Conversation", id }),
    }),
  }),
});

async function changeMember(
  context: Context,
  { conversationId, agentId, role }: { conversationId: string; agentId: string; role: SpaceRole | null },
) {
  const changed = await changeRoomMember(actorOf(context), {
    conversationId: localId("Conversation", conversationId),
    agentId: localId("Agent", agentId),
    role,
  });
  return conversationOf(context, changed);
}

builder.mutationFields((t) => ({
  openDirectMessages: t.field({
    type: roomPayload("OpenDirectMessages", "They are open, as they were before if ever they were."),
    description: "The direct messages of the caller and these people: always the same ones. For staff.",
    args: { input: t.arg({ type: OpenDirectMessagesInput, description: "With whom." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted], union: resultOf("OpenDirectMessages") },
    resolve: async (_root, { input }, context) => {
      const agentIds = input.agentIds.map((id) => localId("Agent", id));
      return conversationOf(context, await openDirect(actorOf(context), { agentIds }));
    },
  }),
  joinChannel: t.field({
    type: roomPayload("JoinChannel", "The caller is a member now, or was one already."),
    description:
      "Makes the caller a member of a channel, who sees all of its past, and its owner where everybody had left. For staff.",
    args: { input: t.arg({ type: roomInput("JoinChannel", "A channel to join."), description: "Which." }) },
    errors: { types: [NotFound, NotPermitted, ConversationClosed], union: resultOf("JoinChannel") },
    resolve: async (_root, { input }, context) => {
      const conversationId = localId("Conversation", input.conversationId);
      return conversationOf(context, await joinChannel(actorOf(context), { conversationId }));
    },
  }),
  leaveRoom: t.field({
    type: LeaveRoomPayload,
    description:
      "Takes the caller out of a channel or a group, at once and in all their windows. The last owner makes somebody else one first. For staff.",
    args: { input: t.arg({ type: roomInput("LeaveRoom", "A room to leave."), description: "Which." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "LeaveRoomResult", description: "That it is left, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const conversationId = localId("Conversation", input.conversationId);
      return unwrap(await leaveRoom(actorOf(context), { conversationId }), context.locale);
    },
  }),
  setRoomMember: t.field({
    type: roomPayload("SetRoomMember", "They are there, in this role."),
    description:
      "Lets somebody into a channel or a group, or gives them another role there. Members let members and viewers in; owners do all of it. For staff.",
    args: { input: t.arg({ type: SetRoomMemberInput, description: "Who, and what." }) },
    errors: { types: [NotFound, NotPermitted, ConversationClosed], union: resultOf("SetRoomMember") },
    resolve: (_root, { input }, context) => changeMember(context, input),
  }),
  removeRoomMember: t.field({
    type: roomPayload("RemoveRoomMember", "They see no more of it."),
    description: "Takes somebody else out of a channel or a group, at once and in all their windows. For its owners.",
    args: { input: t.arg({ type: RemoveRoomMemberInput, description: "Who." }) },
    errors: { types: [NotFound, NotPermitted], union: resultOf("RemoveRoomMember") },
    resolve: (_root, { input }, context) => changeMember(context, { ...input, role: null }),
  }),
  updateRoom: t.field({
    type: roomPayload("UpdateRoom", "It is so now."),
    description:
      "Changes what a channel or a group is called, is about and is for, puts it away or brings it back. Members say what it is about and for; owners do all of it. For staff.",
    args: { input: t.arg({ type: UpdateRoomInput, description: "What is to change." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted, Conflict], union: resultOf("UpdateRoom") },
    resolve: async (_root, { input }, context) => {
      const { name, topic, purpose, isArchived } = input;
      const given = {
        ...(typeof name === "string" && { name }),
        ...(typeof topic === "string" && { topic }),
        ...(typeof purpose === "string" && { purpose }),
        ...(typeof isArchived === "boolean" && { isArchived }),
      };
      const conversationId = localId("Conversation", input.conversationId);
      return conversationOf(context, await updateRoom(actorOf(context), { conversationId, ...given }));
    },
  }),
}));
