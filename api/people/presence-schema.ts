import { GraphQLError } from "graphql";
import type { AgentActor } from "../kernel/actor.ts";
import { actorOf, badInput, builder, type Context, localId } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { isId, newId } from "../kernel/id.ts";
import type { Look } from "../kernel/live/look.ts";
import type { AgentsChanged, LiveEvent } from "../kernel/live/view.ts";
import { perRequest } from "../kernel/loader.ts";
import { InvalidInput, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { setStatus } from "./actions/set-status.ts";
import { mayChange } from "./policy.ts";
import type { Activity } from "./presence/devices.ts";
import { openDevice } from "./presence/directory.ts";
import { areAgents, findPresent, type Present } from "./presence/queries.ts";
import type { Status } from "./presence/status.ts";
import { rightToAct } from "./rights.ts";
import { Agent } from "./schema.ts";

/** Whom one subscription may look at. */
const MOST_LOOKED_AT = 500;

const Presence = builder.enumType("Presence", {
  description: "How colleagues see an agent.",
  values: {
    ONLINE: { value: "online", description: "At a device of theirs, using it." },
    AWAY: { value: "away", description: "Not using any device of theirs of late, or says so." },
    DO_NOT_DISTURB: { value: "do_not_disturb", description: "There, and wants not to be disturbed." },
    OFFLINE: { value: "offline", description: "At no device." },
  } as const,
});

const Availability = builder.enumType("Availability", {
  description: "What an agent says of how they can be reached.",
  values: {
    AVAILABLE: { value: "available", description: "As their devices tell." },
    AWAY: { value: "away", description: "Away, whatever their devices tell." },
    DO_NOT_DISTURB: { value: "do_not_disturb", description: "Not to be disturbed." },
  } as const,
});

const AgentStatus = builder.objectRef<Status>("AgentStatus").implement({
  description: "What an agent says of themself; nothing at all once it has ended.",
  fields: (t) => ({
    availability: t.field({
      type: Availability,
      description: "How they can be reached.",
      resolve: (status) => status.availability,
    }),
    text: t.exposeString("text", { description: "What they do, in up to 100 characters; empty: they have not said." }),
    emoji: t.exposeString("emoji", { nullable: true, description: "One emoji beside it, if they chose one." }),
    endsAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it ends by itself; null: it stays until they change it.",
      resolve: (status) => status.endsAt,
    }),
  }),
});

const AgentPresence = builder.objectRef<Present & { workspaceId: string }>("AgentPresence").implement({
  description: "How an agent is now.",
  fields: (t) => ({
    agentId: t.globalID({ description: "Whose it is.", resolve: ({ agentId: id }) => ({ type: "Agent", id }) }),
    agent: t.prismaField({
      type: Agent,
      description: "Who.",
      resolve: (query, { workspaceId, agentId: id }) =>
        prisma().agent.findUniqueOrThrow({ ...query, where: { workspaceId_id: { workspaceId, id } } }),
    }),
    presence: t.field({ type: Presence, description: "Whether they are there.", resolve: ({ presence }) => presence }),
    status: t.field({ type: AgentStatus, description: "What they say.", resolve: ({ status }) => status }),
  }),
});

const presentOf = perRequest<Present | null>(async ({ workspaceId }, ids) => {
  const found = await findPresent(workspaceId!, ids);
  return new Map(found.map((present) => [present.agentId, present]));
}, null);

builder.prismaObjectFields("Agent", (t) => ({
  presence: t.field({
    type: Presence,
    nullable: true,
    description: "To staff, whether they are there; null to customers. `presence` tells of changes, no event does.",
    resolve: async ({ id }, _args, context) =>
      context.readers === "staff" ? (await presentOf(context, id))!.presence : null,
  }),
  status: t.field({
    type: AgentStatus,
    nullable: true,
    description: "To staff, what they say of themself; null to customers. `presence` tells of changes, no event does.",
    resolve: async ({ id }, _args, context) =>
      context.readers === "staff" ? (await presentOf(context, id))!.status : null,
  }),
}));

const SetStatusInput = builder.inputType("SetStatusInput", {
  description: "All that the caller says of themself; what is left out, they do not say.",
  fields: (t) => ({
    availability: t.field({ type: Availability, required: false, description: "AVAILABLE where left out." }),
    text: t.string({ required: false, description: "Up to 100 characters." }),
    emoji: t.string({ required: false, description: "One emoji." }),
    endsAt: t.field({
      type: "DateTime",
      required: false,
      description: "When all of it ends by itself, within 366 days; left out: never.",
    }),
  }),
});

const SetStatusPayload = builder.objectRef<Status>("SetStatusPayload").implement({
  description: "It is told to whoever looks.",
  fields: (t) => ({
    status: t.field({ type: AgentStatus, description: "The status.", resolve: (status) => status }),
  }),
});

builder.mutationFields((t) => ({
  setStatus: t.field({
    type: SetStatusPayload,
    description:
      "Says what the caller does, in place of what they said before; an empty input takes it back. Staff only. Told by `presence`, not recorded in the log.",
    args: { input: t.arg({ type: SetStatusInput, description: "What." }) },
    errors: {
      types: [InvalidInput, NotPermitted],
      union: { name: "SetStatusResult", description: "The status, or why not." },
    },
    resolve: async (_root, { input }, context) => unwrap(await setStatus(actorOf(context), input), context.locale),
  }),
}));

const OwnPresence = builder.enumType("OwnPresence", {
  description: "What the caller does at the device that asks.",
  values: {
    ONLINE: { value: "online", description: "They use it." },
    AWAY: { value: "away", description: "They have left it alone for a while." },
  } as const,
});

type PresenceArgs = { agentIds?: readonly string[]; own?: Activity | null };

/** Staff may look at any colleague. */
async function lookFor({ agentIds: ids = [], own }: PresenceArgs, context: Context): Promise<Look> {
  const actor = actorOf(context);
  if (actor.kind !== "agent") throw refused("FORBIDDEN", "Only staff see who is there.");
  if (own && !mayChange(actor))
    throw refused("FORBIDDEN", "This token may only ask: it cannot say that somebody is there.");
  if (ids.length > MOST_LOOKED_AT) throw badInput(`Up to ${MOST_LOOKED_AT} agents may be looked at.`);
  const agentIds = [...new Set(ids.map((id) => localId("Agent", id)))];
  const areKnown = agentIds.every(isId) && (await areAgents(actor.workspaceId, agentIds));
  if (!areKnown) throw refused("NOT_FOUND", "One of them is no agent here.");
  const { workspaceId } = actor;
  return { workspaceId, agentIds, right: rightToAct(actor), onBegin: own ? () => beThere(actor, own) : undefined };
}

function refused(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** A subscription is a device of its own. */
function beThere(agent: AgentActor, activity: Activity): () => void {
  return openDevice(agent, { device: newId(), activity });
}

builder.subscriptionFields((t) => ({
  presence: t.field({
    type: [AgentPresence],
    description:
      "How these colleagues are now, and from then on whoever of them has changed, at most once a second each. Staff only. Passing: it has no cursor; after a break, subscribe again and be told anew.",
    args: {
      agentIds: t.arg.idList({ description: "Whom, up to 500; refused when one is no agent of the workspace." }),
      own: t.arg({
        type: OwnPresence,
        required: false,
        description:
          "For apps that a person uses: makes the caller be there as long as this is open, and a few seconds longer. To say something else, subscribe anew. Programs leave it out, and nobody is there by them.",
      }),
    },
    extensions: { lookFor, shows: ({ type }: LiveEvent) => type === "agents.changed", rows: 20 },
    subscribe: () => {
      throw refused("BAD_REQUEST", "Subscriptions are followed over WebSocket or SSE.");
    },
    resolve: async (event) => {
      const { workspaceId, agentIds } = event as AgentsChanged;
      return (await findPresent(workspaceId, agentIds)).map((present) => ({ ...present, workspaceId }));
    },
  }),
}));
