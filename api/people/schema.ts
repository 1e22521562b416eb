import type { Agent as AgentRow, Contact as ContactRow } from "../../prisma/generated/client/client.ts";
import { personId } from "../kernel/actor.ts";
import { actorOf, builder, byId } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { loadNode } from "../kernel/schema.ts";
import { type Bot as BotValue, botName, botOf } from "./bot.ts";
import { findAgent, findContact, newestEmail } from "./queries.ts";

/** The GraphQL type of whoever takes part in conversations. */
function typeOf(person: AgentRow | ContactRow | BotValue): "Agent" | "Contact" | "Bot" {
  if ("role" in person) return "Agent";
  return "kind" in person ? "Bot" : "Contact";
}

export const Person = builder.interfaceRef<AgentRow | ContactRow | BotValue>("Person").implement({
  description: "Someone who takes part in conversations: a member of staff, a customer, or among staff the bot.",
  resolveType: typeOf,
  fields: (t) => ({
    id: t.globalID({
      description: "The person's id.",
      resolve: (person) => ({ type: typeOf(person), id: person.id }),
    }),
    name: t.string({
      nullable: true,
      description: "As the person writes it, the bot's in the caller's language; null for a customer who has not said.",
      extensions: { perLocale: true },
      resolve: (person, _args, { locale }) => ("name" in person ? person.name : botName(locale)),
    }),
  }),
});

export const AgentRole = builder.enumType("AgentRole", {
  description: "What a member of staff may administer.",
  values: {
    OWNER: { value: "owner", description: "Everything, the workspace itself included." },
    ADMIN: { value: "admin", description: "Inboxes, people and settings." },
    AGENT: { value: "agent", description: "Conversations." },
  } as const,
});

export const Agent = builder.prismaNode("Agent", {
  id: { resolve: (agent) => agent.id },
  findUnique: byId,
  description: "A member of staff.",
  interfaces: [Person],
  fields: (t) => ({
    role: t.field({ type: AgentRole, description: "What they may administer.", resolve: (agent) => agent.role }),
    handle: t.string({
      nullable: true,
      description:
        "What follows the @ where colleagues mention them, in lower case; one agent's, and no team's, in the workspace. null to customers.",
      resolve: (agent, _args, context) => (context.readers === "staff" ? agent.handle : null),
    }),
    email: t.string({
      nullable: true,
      description: "Their e-mail address, to staff; null to customers.",
      resolve: (agent, _args, context) => (context.readers === "staff" ? agent.email : null),
    }),
  }),
});

export const Contact = builder.prismaNode("Contact", {
  id: { resolve: (contact) => contact.id },
  findUnique: byId,
  description: "A customer, known or anonymous.",
  interfaces: [Person],
  fields: (t) => ({
    locale: t.exposeString("locale", {
      nullable: true,
      description: "Their language as a BCP 47 tag, if their browser said.",
    }),
    zone: t.exposeString("zone", { nullable: true, description: "Their IANA time zone, if their browser said." }),
    email: t.string({
      nullable: true,
      description: "Their e-mail address: a verified one if there is one, else the one said last.",
      select: { identities: newestEmail },
      resolve: ({ identities }) => identities[0]?.value ?? null,
    }),
    isEmailVerified: t.boolean({
      description:
        "Whether their site has signed for the address. If not, it is only said, by whoever has the browser.",
      select: { identities: newestEmail },
      resolve: ({ identities }) => Boolean(identities[0]?.verifiedAt),
    }),
    attributes: t.field({
      type: "Attributes",
      description: "What else their site says of them. It proves nothing.",
      resolve: (contact) => contact.attributes,
    }),
  }),
});

export const Bot = builder.node(builder.objectRef<BotValue>("Bot"), {
  id: { resolve: (bot) => bot.id },
  description: "The house's own bot, one in each workspace: it answers commands, to staff alone.",
  interfaces: [Person],
  isTypeOf: (value) => "kind" in (value as object),
});

loadNode("Bot", async (actor, id) =>
  actor.kind === "agent" && id === actor.workspaceId ? botOf(actor.workspaceId) : null,
);
loadNode("Agent", findAgent);
loadNode("Contact", findContact);

builder.queryFields((t) => ({
  viewer: t.field({
    type: Person,
    description: "Whoever the bearer token stands for: an agent, or a contact for a visitor token.",
    resolve: async (_root, _args, context) => {
      const actor = actorOf(context);
      const where = { workspaceId_id: { workspaceId: actor.workspaceId, id: personId(actor) } };
      if (actor.kind === "agent") return prisma().agent.findUniqueOrThrow({ where });
      return prisma().contact.findUniqueOrThrow({ where });
    },
  }),
}));
