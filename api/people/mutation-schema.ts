import type { Agent as AgentRow, PersonalToken as TokenRow } from "../../prisma/generated/client/client.ts";
import { actorOf, builder, type Context, localId } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { Conflict, InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { changeRole } from "./actions/change-role.ts";
import { closeSession } from "./actions/close-session.ts";
import { createPersonalToken } from "./actions/create-personal-token.ts";
import { enableAgent } from "./actions/enable-agent.ts";
import { inviteAgent } from "./actions/invite-agent.ts";
import { revokePersonalToken } from "./actions/revoke-personal-token.ts";
import { updateProfile } from "./actions/update-profile.ts";
import { type AgentSettings, findAgentSettings } from "./queries.ts";
import { Agent, AgentRole } from "./schema.ts";
import { Density, PersonalToken, Profile, Theme, TokenScope } from "./settings-schema.ts";

/** A payload with an agent in it, as each mutation of one has. */
export const agentPayload = (name: string, description: string) =>
  builder.objectRef<{ agent: AgentRow }>(name).implement({
    description,
    fields: (t) => ({ agent: t.field({ type: Agent, description: "The agent.", resolve: ({ agent }) => agent }) }),
  });

/** Reads the agent that a mutation was about. */
export async function agentOf(context: Context, { agentId: id }: { agentId: string }): Promise<{ agent: AgentRow }> {
  const { workspaceId } = actorOf(context);
  return { agent: await prisma().agent.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId, id } } }) };
}

const InviteAgentInput = builder.inputType("InviteAgentInput", {
  description: "Somebody who is to work here.",
  fields: (t) => ({
    clientId: t.string({ description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -; a retry gives the same agent." }),
    email: t.string({ description: "Their address, as the identity provider verified it." }),
    name: t.string({ description: "How they are called, 1 to 100 characters." }),
    role: t.field({ type: AgentRole, description: "What they may administer; only owners invite an owner." }),
  }),
});

const ChangeAgentRoleInput = builder.inputType("ChangeAgentRoleInput", {
  description: "An agent who is to administer more or less.",
  fields: (t) => ({
    agentId: t.id({ description: "Who." }),
    role: t.field({ type: AgentRole, description: "The new role." }),
  }),
});

/** An input with an agent in it. */
export const accessInput = (name: string) =>
  builder.inputType(name, {
    description: "An agent whose access is to change.",
    fields: (t) => ({ agentId: t.id({ description: "Who." }) }),
  });

const UpdateProfileInput = builder.inputType("UpdateProfileInput", {
  description: "What of the caller's own is to change; what is left out stays.",
  fields: (t) => ({
    name: t.string({ required: false, description: "How they are called, 1 to 100 characters." }),
    handle: t.string({
      required: false,
      description:
        "By which colleagues mention them: letters, digits, dots, underscores and hyphens, 1 to 32 characters.",
    }),
    locale: t.string({ required: false, description: "BCP 47 tag of a language; null: the workspace's." }),
    zone: t.string({ required: false, description: "IANA name of a time zone; null: the workspace's." }),
    theme: t.field({ type: Theme, required: false, description: "The portal's colours." }),
    density: t.field({ type: Density, required: false, description: "How close the portal's lines stand." }),
  }),
});

const UpdateProfilePayload = builder.objectRef<{ profile: AgentSettings }>("UpdateProfilePayload").implement({
  description: "It is so now.",
  fields: (t) => ({
    profile: t.field({ type: Profile, description: "All of the profile.", resolve: ({ profile }) => profile }),
  }),
});

const CreatePersonalTokenInput = builder.inputType("CreatePersonalTokenInput", {
  description: "A token to be made for the caller.",
  fields: (t) => ({
    clientId: t.string({
      description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -. A retry is a Conflict: nobody is told a token twice.",
    }),
    name: t.string({ description: "What it is for, 1 to 100 characters." }),
    scopes: t.field({ type: [TokenScope], description: "What it may do; READ at least." }),
    lifetimeDays: t.int({ description: "How long it lasts, 1 to 366 days." }),
  }),
});

type Made = { token: string; row: TokenRow };

const CreatePersonalTokenPayload = builder.objectRef<Made>("CreatePersonalTokenPayload").implement({
  description: "The token was made.",
  fields: (t) => ({
    token: t.exposeString("token", { description: "The bearer itself, told here alone: keep it safe." }),
    personalToken: t.field({ type: PersonalToken, description: "What is known of it.", resolve: ({ row }) => row }),
  }),
});

const RevokePersonalTokenInput = builder.inputType("RevokePersonalTokenInput", {
  description: "A token to be revoked.",
  fields: (t) => ({ tokenId: t.id({ description: "Which." }) }),
});

const RevokePersonalTokenPayload = builder.objectRef<TokenRow>("RevokePersonalTokenPayload").implement({
  description: "It counts for nothing any more, and what was open by it has ended.",
  fields: (t) => ({
    personalToken: t.field({ type: PersonalToken, description: "The token.", resolve: (row) => row }),
  }),
});

const EndSessionInput = builder.inputType("EndSessionInput", {
  description: "A session to be ended.",
  fields: (t) => ({ sessionId: t.id({ description: "Which." }) }),
});

const EndSessionPayload = builder.objectRef<{ sessionId: string }>("EndSessionPayload").implement({
  description: "That browser is signed out.",
  fields: (t) => ({
    sessionId: t.globalID({
      description: "The id that the session had.",
      resolve: ({ sessionId: id }) => ({ type: "Session", id }),
    }),
  }),
});

function tokenRow(context: Context, id: string): Promise<TokenRow> {
  const { workspaceId } = actorOf(context);
  return prisma().personalToken.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId, id } } });
}

builder.mutationFields((t) => ({
  inviteAgent: t.field({
    type: agentPayload("InviteAgentPayload", "They may come."),
    description: "Lets somebody in who signs in with this address. Nothing is sent to them. For owners and admins.",
    args: { input: t.arg({ type: InviteAgentInput, description: "Who." }) },
    errors: {
      types: [InvalidInput, Conflict, NotPermitted],
      union: { name: "InviteAgentResult", description: "The agent, or why not." },
    },
    resolve: async (_root, { input }, context) =>
      agentOf(context, unwrap(await inviteAgent(actorOf(context), input), context.locale)),
  }),
  changeAgentRole: t.field({
    type: agentPayload("ChangeAgentRolePayload", "They have the role now."),
    description:
      "Gives an agent another role, and ends what they have open, to be opened anew. For owners and admins; of an owner for owners alone. The last owner stays.",
    args: { input: t.arg({ type: ChangeAgentRoleInput, description: "Who, and which." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "ChangeAgentRoleResult", description: "The agent, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const wanted = { ...input, agentId: localId("Agent", input.agentId) };
      return agentOf(context, unwrap(await changeRole(actorOf(context), wanted), context.locale));
    },
  }),
  enableAgent: t.field({
    type: agentPayload("EnableAgentPayload", "They may come again."),
    description: "Lets an agent in again who was shut out. For owners and admins; an owner for owners alone.",
    args: { input: t.arg({ type: accessInput("EnableAgentInput"), description: "Who." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "EnableAgentResult", description: "The agent, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const wanted = { agentId: localId("Agent", input.agentId) };
      return agentOf(context, unwrap(await enableAgent(actorOf(context), wanted), context.locale));
    },
  }),
  updateProfile: t.field({
    type: UpdateProfilePayload,
    description: "Changes the caller's name, language, time zone, and how the portal looks to them. Staff only.",
    args: { input: t.arg({ type: UpdateProfileInput, description: "What." }) },
    errors: {
      types: [InvalidInput, NotPermitted],
      union: { name: "UpdateProfileResult", description: "The profile, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const { locale, zone } = input;
      const wanted = {
        ...{ locale, zone, name: input.name ?? undefined },
        ...{ theme: input.theme ?? undefined, density: input.density ?? undefined },
      };
      unwrap(await updateProfile(actorOf(context), wanted), context.locale);
      return { profile: (await findAgentSettings(actorOf(context)))! };
    },
  }),
  createPersonalToken: t.field({
    type: CreatePersonalTokenPayload,
    description: "Makes a token that acts as the caller. Staff only.",
    args: { input: t.arg({ type: CreatePersonalTokenInput, description: "What for." }) },
    errors: {
      types: [InvalidInput, Conflict, NotPermitted],
      union: { name: "CreatePersonalTokenResult", description: "The token, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const { token, tokenId } = unwrap(await createPersonalToken(actorOf(context), input), context.locale);
      return { token, row: await tokenRow(context, tokenId) };
    },
  }),
  revokePersonalToken: t.field({
    type: RevokePersonalTokenPayload,
    description: "Revokes a token for ever: one's own, or as an owner or admin anybody's. Revoked already is no error.",
    args: { input: t.arg({ type: RevokePersonalTokenInput, description: "Which." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "RevokePersonalTokenResult", description: "The token, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const wanted = { tokenId: localId("PersonalToken", input.tokenId) };
      return tokenRow(context, unwrap(await revokePersonalToken(actorOf(context), wanted), context.locale).tokenId);
    },
  }),
  endSession: t.field({
    type: EndSessionPayload,
    description: "Signs another browser of the caller's out.",
    args: { input: t.arg({ type: EndSessionInput, description: "Which." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "EndSessionResult", description: "The id, or why not." },
    },
    resolve: async (_root, { input }, context) =>
      unwrap(await closeSession(actorOf(context), { sessionId: localId("Session", input.sessionId) }), context.locale),
  }),
}));
