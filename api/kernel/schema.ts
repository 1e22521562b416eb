import type { Actor } from "./actor.ts";
import { actorOf, badInput, builder } from "./builder.ts";
import { cursorOf } from "./log/cursor.ts";
import { logEnd } from "./live/follow.ts";
import {
  Conflict,
  ConversationClosed,
  IllegalMove,
  InvalidInput,
  NotFound,
  NotPermitted,
  OriginNotAllowed,
  type UserError,
  VisitEnded,
} from "./user-error.ts";

builder.queryType({ description: "What can be asked. Everything needs a bearer token." });
builder.mutationType({
  description:
    "What can be done. Each answers a union: what it made, or a UserError that says why not. Nothing is written then.",
});
builder.subscriptionType({ description: "What can be followed, over WebSocket (graphql-transport-ws) or SSE." });

export const UserErrorType = builder.interfaceRef<UserError>("UserError").implement({
  description: "Why something was refused. Nothing was written.",
  fields: (t) => ({
    message: t.exposeString("message", { description: "In words, in the caller's language." }),
    code: t.exposeString("code", { description: "The refusal's name, in snake_case. New ones may be added." }),
    path: t.exposeStringList("path", {
      description: "The input field that was refused, outermost first; empty if none was.",
    }),
  }),
});

const refusals: [new (...args: never[]) => UserError, string][] = [
  [InvalidInput, "A field of the input cannot be taken as it is; `path` names it."],
  [NotFound, "There is no such thing, or it is not the caller's to see: the two are not told apart."],
  [
    Conflict,
    "It is taken: a clientId that was used before with another content, or what only one may have; or it has changed meanwhile.",
  ],
  [ConversationClosed, "The conversation takes no more messages."],
  [NotPermitted, "The caller may not do this."],
  [IllegalMove, "The ticket or the task cannot go there from where it is, or something has to be done first."],
  [OriginNotAllowed, "The site that the request comes from is not on the inbox's list."],
  [VisitEnded, "The visit is over; start a new one."],
];
for (const [type, description] of refusals) {
  builder.objectType(type as new () => UserError, { name: type.name, description, interfaces: [UserErrorType] });
}

type NodeLoader = (actor: Actor, id: string) => Promise<object | null>;
const nodeLoaders = new Map<string, NodeLoader>();

/** Lets `node` and `nodes` find this type: `load` must apply the policy, since ids can be guessed and kept. */
export function loadNode(typename: string, load: NodeLoader): void {
  nodeLoaders.set(typename, load);
}

async function findNode(actor: Actor, globalId: string) {
  const [typename = "", id = ""] = Buffer.from(globalId, "base64url").toString("utf8").split(":");
  const node = await nodeLoaders.get(typename)?.(actor, id);
  return node ? Object.assign(node, { __typename: typename }) : null;
}

const MOST_NODES = 100;

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: "The object with this id; null if there is none or it is not the caller's to see.",
    args: { id: t.arg.id({ description: "An id from any answer." }) },
    resolve: (_root, { id }, context) => findNode(actorOf(context), id) as never,
  }),
  nodes: t.field({
    type: t.listRef(builder.nodeInterfaceRef(), { nullable: true }),
    description: "The objects with these ids, in their order; null in place of one that is not there. Up to 100.",
    args: { ids: t.arg.idList({ description: "Ids from any answer, up to 100." }) },
    resolve: (_root, { ids }, context) => {
      if (ids.length > MOST_NODES) throw badInput(`\`ids\` takes up to ${MOST_NODES}.`);
      return Promise.all(ids.map((id) => findNode(actorOf(context), id))) as never;
    },
  }),
  eventCursor: t.string({
    description:
      "The end of the event log before anything else of this query is read. Ask for it together with the state, then subscribe to `events(after:)` with it: nothing can be missed.",
    resolve: (_root, _args, context) => {
      actorOf(context);
      const { logName, position } = logEnd(context.readers);
      return cursorOf(logName, position);
    },
  }),
}));
