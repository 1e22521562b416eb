import { actorOf, builder, byId } from "../kernel/builder.ts";
import { loadNode } from "../kernel/schema.ts";
import {
  type AgentSettings,
  findAgents,
  findAgentSettings,
  findSession,
  findSessions,
  findToken,
  findTokens,
} from "./queries.ts";
import { Agent } from "./schema.ts";

export const TokenScope = builder.enumType("TokenScope", {
  description: "What a personal token may do.",
  values: {
    READ: { value: "read", description: "Ask." },
    WRITE: { value: "write", description: "Change; only together with READ." },
  } as const,
});

export const Theme = builder.enumType("Theme", {
  description: "The colours of the portal.",
  values: {
    SYSTEM: { value: "system", description: "As the device says." },
    LIGHT: { value: "light", description: "Light." },
    DARK: { value: "dark", description: "Dark." },
  } as const,
});

export const Density = builder.enumType("Density", {
  description: "How close the portal's lines stand.",
  values: {
    COMFORTABLE: { value: "comfortable", description: "With room between them." },
    COMPACT: { value: "compact", description: "More lines on a screen." },
  } as const,
});

builder.prismaObjectFields("Agent", (t) => ({
  invitedAt: t.field({
    type: "DateTime",
    nullable: true,
    description: "To staff, when they were invited, as long as they have not signed in; else null.",
    resolve: ({ invitedAt }, _args, { readers }) => (readers === "staff" ? invitedAt : null),
  }),
  disabledAt: t.field({
    type: "DateTime",
    nullable: true,
    description: "To staff, since when they are shut out; else null.",
    resolve: ({ disabledAt }, _args, { readers }) => (readers === "staff" ? disabledAt : null),
  }),
}));

export const PersonalToken = builder.prismaNode("PersonalToken", {
  id: { resolve: (token) => token.id },
  findUnique: byId,
  description: "A bearer for programs, that acts as the agent who made it.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "What it is for, as its maker wrote it." }),
    hint: t.exposeString("hint", { description: "Its first characters; nobody is told the rest again." }),
    scopes: t.field({
      type: [TokenScope],
      description: "What it may do.",
      resolve: ({ scopes }) => scopes as ("read" | "write")[],
    }),
    createdAt: t.field({ type: "DateTime", description: "When it was made.", resolve: (token) => token.createdAt }),
    expiresAt: t.field({ type: "DateTime", description: "When it ends.", resolve: (token) => token.expiresAt }),
    lastUsedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it was last used, to about a minute; null if never.",
      resolve: (token) => token.lastUsedAt,
    }),
    revokedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it was revoked, for ever; null if it was not.",
      resolve: (token) => token.revokedAt,
    }),
  }),
});

const Session = builder.prismaNode("Session", {
  id: { resolve: (session) => session.id },
  findUnique: byId,
  description: "A browser in which an agent is signed in to the portal.",
  fields: (t) => ({
    startedAt: t.field({ type: "DateTime", description: "When it signed in.", resolve: (row) => row.createdAt }),
    seenAt: t.field({
      type: "DateTime",
      description: "When it was last used, to about a minute.",
      resolve: (row) => row.seenAt,
    }),
    expiresAt: t.field({
      type: "DateTime",
      description: "When it ends at the latest.",
      resolve: (row) => row.expiresAt,
    }),
  }),
});

loadNode("PersonalToken", findToken);
loadNode("Session", findSession);

export const Profile = builder.objectRef<AgentSettings>("Profile").implement({
  description: "How the portal speaks and looks to an agent.",
  fields: (t) => ({
    agent: t.field({ type: Agent, description: "Whose it is.", resolve: ({ agent }) => agent }),
    locale: t.string({
      nullable: true,
      description: "Their language as a BCP 47 tag; null: the workspace's.",
      resolve: ({ agent }) => agent.locale,
    }),
    zone: t.string({
      nullable: true,
      description: "Their IANA time zone; null: the workspace's.",
      resolve: ({ agent }) => agent.zone,
    }),
    theme: t.field({ type: Theme, description: "Light, dark or the device's.", resolve: ({ agent }) => agent.theme }),
    density: t.field({ type: Density, description: "How close lines stand.", resolve: ({ agent }) => agent.density }),
  }),
});

/** A list that is told whole: counted as so many rows. */
const whole = { extensions: { cost: 5, rows: 20 } };

builder.queryFields((t) => ({
  agents: t.field({
    ...whole,
    type: [Agent],
    description: "All members of staff, by name, to staff; disabled and invited ones too. Empty to customers.",
    resolve: (_root, _args, context) => findAgents(actorOf(context)),
  }),
  profile: t.field({
    type: Profile,
    nullable: true,
    description: "The caller's own, if an agent; null to customers.",
    resolve: (_root, _args, context) => findAgentSettings(actorOf(context)),
  }),
  personalTokens: t.field({
    ...whole,
    type: [PersonalToken],
    description: "The caller's own tokens, newest first; revoked and expired ones too. Empty to customers.",
    resolve: (_root, _args, context) => findTokens(actorOf(context)),
  }),
  sessions: t.field({
    ...whole,
    type: [Session],
    description: "The browsers in which the caller is signed in, last used first. Empty to customers.",
    resolve: (_root, _args, context) => findSessions(actorOf(context)),
  }),
}));
