import type { Agent as AgentRow, Inbox as InboxRow } from "../../prisma/generated/client/client.ts";
import type { Locale } from "../../words/words.ts";
import { actorOf, builder, type Context, localId, workspaceOf } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { perRequest } from "../kernel/loader.ts";
import { Conflict, InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { findMembers } from "../people/queries.ts";
import { Agent } from "../people/schema.ts";
import { addInboxMember } from "./actions/add-inbox-member.ts";
import { createInbox } from "./actions/create-inbox.ts";
import { removeInboxMember } from "./actions/remove-inbox-member.ts";
import { renewIdentitySecret } from "./actions/renew-identity-secret.ts";
import { updateInbox } from "./actions/update-inbox.ts";
import { findInboxes } from "./queries.ts";
import { Inbox, PreChat } from "./schema.ts";

const loadMembers = perRequest<AgentRow[]>((context, spaceIds) => findMembers(workspaceOf(context), spaceIds), []);

const Greeting = builder.objectRef<[string, string]>("Greeting").implement({
  description: "What an inbox says to its visitors in one language.",
  fields: (t) => ({
    locale: t.string({ description: "The language: en or ru.", resolve: ([locale]) => locale }),
    text: t.string({ description: "Plain text, 1 to 200 characters.", resolve: ([, text]) => text }),
  }),
});

export const InboxSettings = builder.objectRef<InboxRow>("InboxSettings").implement({
  description: "What staff set up at an inbox.",
  fields: (t) => ({
    publicKey: t.exposeString("publicKey", { description: "What the widget carries, pk_...; no secret." }),
    allowedOrigins: t.exposeStringList("allowedOrigins", {
      description: "The sites that may embed the widget, as scheme://host:port.",
    }),
    greetings: t.field({
      type: [Greeting],
      description: "The greetings that were written; in other languages the house's is told.",
      resolve: ({ greetings }) => Object.entries(greetings as Record<string, string>),
    }),
    hasIdentitySecret: t.boolean({
      description:
        "Whether its site can sign who a visitor is. The secret itself is told once, by `renewIdentitySecret`.",
      resolve: ({ identitySecret }) => identitySecret !== null,
    }),
    firstMessageAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When a customer first wrote here; null as long as none has.",
      resolve: ({ firstMessageAt }) => firstMessageAt,
    }),
    members: t.field({
      type: [Agent],
      description: "Everyone who answers here, the longest first.",
      extensions: { cost: 4, rows: 20 },
      resolve: ({ spaceId }, _args, context) => loadMembers(context, spaceId),
    }),
  }),
});

builder.prismaObjectFields("Inbox", (t) => ({
  settings: t.field({
    type: InboxSettings,
    nullable: true,
    description: "How it is set up, to staff; null to customers.",
    resolve: (inbox, _args, { readers }) => (readers === "staff" ? inbox : null),
  }),
}));

builder.queryFields((t) => ({
  inboxes: t.field({
    type: [Inbox],
    description:
      "The inboxes that the caller may see, by name: an agent those where they answer, owners and admins all, a customer the one that they came in by.",
    extensions: { cost: 5, rows: 20 },
    resolve: (_root, _args, context) => findInboxes(actorOf(context)),
  }),
}));

const GreetingsInput = builder.inputType("GreetingsInput", {
  description: 'Greetings by language; one that is left out stays, "" takes it away.',
  fields: (t) => ({
    en: t.string({ required: false, description: "In English, up to 200 characters." }),
    ru: t.string({ required: false, description: "In Russian, up to 200 characters." }),
  }),
});

const CreateInboxInput = builder.inputType("CreateInboxInput", {
  description: "A door for customers to be opened.",
  fields: (t) => ({
    clientId: t.string({ description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -; a retry gives the same inbox." }),
    name: t.string({ description: "As staff and customers read it, 1 to 100 characters." }),
    allowedOrigins: t.stringList({
      description: "The sites that may embed its widget, as scheme://host:port; up to 50.",
    }),
  }),
});

const UpdateInboxInput = builder.inputType("UpdateInboxInput", {
  description: "What of an inbox is to change; what is left out stays.",
  fields: (t) => ({
    inboxId: t.id({ description: "Which." }),
    name: t.string({ required: false, description: "1 to 100 characters." }),
    allowedOrigins: t.stringList({ required: false, description: "All sites that may embed its widget; up to 50." }),
    greetings: t.field({ type: GreetingsInput, required: false, description: "What it says to visitors." }),
    accentColor: t.string({
      required: false,
      description: "As #rrggbb, with a contrast of 4.5:1 to white or to ink; null: the house's blue.",
    }),
    preChat: t.field({ type: PreChat, required: false, description: "What is asked before the first message." }),
  }),
});

const RenewIdentitySecretInput = builder.inputType("RenewIdentitySecretInput", {
  description: "An inbox whose secret is to be a new one.",
  fields: (t) => ({ inboxId: t.id({ description: "Which." }) }),
});

const memberInput = (name: string) =>
  builder.inputType(name, {
    description: "An agent and an inbox.",
    fields: (t) => ({
      inboxId: t.id({ description: "Where." }),
      agentId: t.id({ description: "Who." }),
    }),
  });

/** A payload with an inbox in it, as each mutation of one has. */
export const inboxPayload = (name: string, description: string) =>
  builder.objectRef<{ inbox: InboxRow }>(name).implement({
    description,
    fields: (t) => ({ inbox: t.field({ type: Inbox, description: "The inbox.", resolve: ({ inbox }) => inbox }) }),
  });

const RenewIdentitySecretPayload = builder
  .objectRef<{ inbox: InboxRow; secret: string }>("RenewIdentitySecretPayload")
  .implement({
    description: "The inbox has a new secret; what was signed with another is not believed any more.",
    fields: (t) => ({
      inbox: t.field({ type: Inbox, description: "The inbox.", resolve: ({ inbox }) => inbox }),
      secret: t.exposeString("secret", {
        description: "The secret, told here alone. It belongs on the site's server.",
      }),
    }),
  });

/** Reads the inbox that a mutation was about. */
export async function inboxOf(context: Context, id: string): Promise<{ inbox: InboxRow }> {
  const { workspaceId } = actorOf(context);
  return { inbox: await prisma().inbox.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId, id } } }) };
}

function given<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined;
}

function greetingsOf(input: { en?: string | null; ru?: string | null }): Partial<Record<Locale, string>> {
  const { en, ru } = input;
  return { ...(typeof en === "string" && { en }), ...(typeof ru === "string" && { ru }) };
}

builder.mutationFields((t) => ({
  createInbox: t.field({
    type: inboxPayload("CreateInboxPayload", "The door is open, and its maker answers there."),
    description: "Opens a door for customers. For owners and admins.",
    args: { input: t.arg({ type: CreateInboxInput, description: "What." }) },
    errors: {
      types: [InvalidInput, Conflict, NotPermitted],
      union: { name: "CreateInboxResult", description: "The inbox, or why not." },
    },
    resolve: async (_root, { input }, context) =>
      inboxOf(context, unwrap(await createInbox(actorOf(context), input), context.locale).inboxId),
  }),
  updateInbox: t.field({
    type: inboxPayload("UpdateInboxPayload", "It is so now."),
    description:
      "Changes an inbox. Taking a site off its list ends that site's visits in 15 minutes. For owners and admins.",
    args: { input: t.arg({ type: UpdateInboxInput, description: "Which, and what." }) },
    errors: {
      types: [InvalidInput, NotFound, NotPermitted],
      union: { name: "UpdateInboxResult", description: "The inbox, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const wanted = {
        ...{ inboxId: localId("Inbox", input.inboxId), name: given(input.name), accentColor: input.accentColor },
        ...{ allowedOrigins: given(input.allowedOrigins), preChat: given(input.preChat) },
        greetings: input.greetings ? greetingsOf(input.greetings) : undefined,
      };
      return inboxOf(context, unwrap(await updateInbox(actorOf(context), wanted), context.locale).inboxId);
    },
  }),
  renewIdentitySecret: t.field({
    type: RenewIdentitySecretPayload,
    description: "Gives an inbox a new secret for its site to sign who a visitor is. For owners and admins.",
    args: { input: t.arg({ type: RenewIdentitySecretInput, description: "Which." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "RenewIdentitySecretResult", description: "The secret, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const wanted = { inboxId: localId("Inbox", input.inboxId) };
      const { inboxId, secret } = unwrap(await renewIdentitySecret(actorOf(context), wanted), context.locale);
      return { ...(await inboxOf(context, inboxId)), secret };
    },
  }),
  addInboxMember: t.field({
    type: inboxPayload("AddInboxMemberPayload", "They answer there now."),
    description: "Lets an agent answer in an inbox; what they follow shows it too. For owners and admins.",
    args: { input: t.arg({ type: memberInput("AddInboxMemberInput"), description: "Who, and where." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "AddInboxMemberResult", description: "The inbox, or why not." },
    },
    resolve: (_root, { input }, context) => changeMember(context, input, addInboxMember),
  }),
  removeInboxMember: t.field({
    type: inboxPayload("RemoveInboxMemberPayload", "They answer there no more, and see nothing of it."),
    description:
      "Takes an agent out of an inbox at once; their open and pending conversations there are nobody's. For owners and admins.",
    args: { input: t.arg({ type: memberInput("RemoveInboxMemberInput"), description: "Who, and from where." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "RemoveInboxMemberResult", description: "The inbox, or why not." },
    },
    resolve: (_root, { input }, context) => changeMember(context, input, removeInboxMember),
  }),
}));

async function changeMember(
  context: Context,
  input: { inboxId: string; agentId: string },
  change: typeof addInboxMember | typeof removeInboxMember,
): Promise<{ inbox: InboxRow }> {
  const wanted = { inboxId: localId("Inbox", input.inboxId), agentId: localId("Agent", input.agentId) };
  unwrap(await change(actorOf(context), wanted), context.locale);
  return inboxOf(context, wanted.inboxId);
}
