import { GraphQLError, Kind, type OperationDefinitionNode, visit } from "graphql";
import { getArgumentValues, getVariableValues } from "graphql/execution/values.js";
import { LRUCache } from "lru-cache";
import { type Actor, personId } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/builder.ts";
import { follow, logEnd, type Start } from "../../kernel/live/follow.ts";
import { type Look, look } from "../../kernel/live/look.ts";
import type { Reader } from "../../kernel/live/reader.ts";
import type { Topic } from "../../kernel/live/topic.ts";
import type { LiveEvent, Sink, View } from "../../kernel/live/view.ts";
import { cursorOf, positionOf } from "../../kernel/log/cursor.ts";
import { schema } from "../../schema.ts";
import type { ReadyDocument } from "./document.ts";
import { executeShown } from "./execute.ts";
import { packPayload } from "./payload.ts";
import type { Prepared } from "./request.ts";

/** A subscription that may begin: `open` sends its payloads until the reader leaves. */
export type Subscription = { open: (sink: Sink) => Reader };

type Args = { after?: string | null } & Record<string, unknown>;
/** What a field of the root says of itself: what of the log it follows, or whom it looks at; and which events it shows. */
type Followed = {
  topicFor?: (args: Args, context: Context) => Promise<Topic>;
  lookFor?: (args: Args, context: Context) => Promise<Look>;
  shows: (event: LiveEvent) => boolean;
};

/**
 * Reads a subscription's arguments and proves the right to its topic. It begins after `lastEventId`, else after its own
 * `after`. Throws a GraphQLError that says why it may not begin.
 */
export async function openSubscription(
  prepared: Prepared,
  context: Context,
  lastEventId?: string,
): Promise<Subscription> {
  const { request, operation } = prepared;
  const root = schema.getSubscriptionType()!.getFields();
  const chosen = operation.selectionSet.selections[0]!;
  if (chosen.kind !== Kind.FIELD || !root[chosen.name.value]) {
    throw new GraphQLError("Choose the field of the subscription directly.", { extensions: { code: "BAD_REQUEST" } });
  }
  const field = root[chosen.name.value]!;
  const variables = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {});
  if (variables.errors)
    throw new GraphQLError(variables.errors[0]!.message, { extensions: { code: "BAD_USER_INPUT" } });
  const args = getArgumentValues(field, chosen, variables.coerced) as Args;
  const { topicFor, lookFor, shows } = field.extensions as Followed;
  if (lookFor) {
    const [looked, view] = [await lookFor(args, context), viewOf(prepared, context, shows)];
    return { open: (sink) => look(looked, { view, sink }) };
  }
  const topic = await topicFor!(args, context);
  const [after, view] = [startOf(lastEventId ?? args.after), viewOf(prepared, context, shows)];
  return { open: (sink) => follow({ topic, after, view, sink }) };
}

/** Where to begin. A cursor of another log, of a database that was restored or emptied, is lost. */
function startOf(after: string | null | undefined): Start {
  if (after === null || after === undefined) return "now";
  const position = positionOf(logEnd().logName, after);
  if (position === "malformed")
    throw new GraphQLError("`after` is no cursor.", { extensions: { code: "BAD_USER_INPUT" } });
  return position === "another log" ? "lost" : position;
}

/** Views that were asked for lately: thousands of subscribers have the same one. */
const views = new LRUCache<string, View>({ max: 1_000 });

/**
 * Everyone with the same document, variables and class shares each payload. Variables that only the root field's arguments
 * use (the cursor, the conversation) do not enter it; a field that depends on the viewer makes the viewer, as what they are by
 * now and in this session, a class of one; one that depends on their language a class of those who share it.
 */
function viewOf(prepared: Prepared, context: Context, shows: Followed["shows"]): View {
  const { request, ready, operation } = prepared;
  const used = variablesBelowRoot(ready, operation);
  const values = Object.entries(request.variables ?? {})
    .filter(([name]) => used.has(name))
    .sort();
  const { readers, workspaceId } = context;
  const viewer = ready.perViewer && context.actor ? viewerOf(context.actor) : null;
  const key = JSON.stringify([
    ...["graphql", workspaceId, readers, ready.hash, request.operationName ?? null],
    ...[values, viewer, ready.perLocale ? context.locale : null],
  ]);
  const known = views.get(key);
  if (known) return known;
  const view = { key, readers, render: renderer(prepared, viewer ? context : asClass(context), shows) };
  views.set(key, view);
  return view;
}

/** Who reads, with what of them an answer may hang on: a person's sessions may not all do the same, and roles and zones change. */
function viewerOf(actor: Actor): unknown[] {
  if (actor.kind === "visitor") return [personId(actor)];
  const { agentId, role, mayWrite, zone } = actor;
  return [agentId, role, mayWrite, zone];
}

/** The context of nobody in particular. */
function asClass({ readers, workspaceId, locale }: Context): Context {
  return { actor: null, readers, workspaceId, locale, origin: undefined, requestId: "live" };
}

function renderer(prepared: Prepared, context: Context, shows: Followed["shows"]): View["render"] {
  return async (event) => {
    if (!shows(event)) return null;
    const result = await executeShown(prepared, { ...context }, event);
    // A fault while rendering is not the payload: the reader must come again rather than miss the event.
    if (result.errors?.some((error) => ["INTERNAL", "UNAVAILABLE"].includes(error.extensions.code as string))) {
      throw result.errors[0]!;
    }
    return packPayload(cursorAt(event), JSON.stringify(result));
  };
}

/** A sign has no place in the log. */
function cursorAt(event: LiveEvent): string {
  return "position" in event ? cursorOf(logEnd().logName, event.position) : "";
}

const usedBelowRoot = new WeakMap<OperationDefinitionNode, Set<string>>();

function variablesBelowRoot({ document }: ReadyDocument, operation: OperationDefinitionNode): Set<string> {
  const known = usedBelowRoot.get(operation);
  if (known) return known;
  const used = new Set<string>();
  usedBelowRoot.set(operation, used);
  const rootFields = new Set(operation.selectionSet.selections);
  visit(document, {
    VariableDefinition: () => false,
    Argument: (_node, _key, _parent, _path, ancestors) =>
      rootFields.has(ancestors.at(-1) as never) ? false : undefined,
    Variable: (node) => void used.add(node.name.value),
  });
  return used;
}
