import SchemaBuilder from "@pothos/core";
import ErrorsPlugin from "@pothos/plugin-errors";
import PrismaPlugin from "@pothos/plugin-prisma";
import RelayPlugin from "@pothos/plugin-relay";
import { GraphQLError } from "graphql";
import type PrismaTypes from "../../prisma/generated/pothos.ts";
import { getDatamodel } from "../../prisma/generated/pothos.ts";
import type { Locale } from "../../words/words.ts";
import type { Actor, ReaderClass } from "./actor.ts";
import { prisma } from "./database.ts";
import { relayWords } from "./relay-words.ts";

/** What resolvers may know. A live payload is made for a class of readers, so it has no actor, only `readers`. */
export type Context = {
  actor: Actor | null;
  readers: ReaderClass;
  workspaceId: string | null;
  locale: Locale;
  /** The request's Origin header. */
  origin: string | undefined;
  requestId: string;
};

/** The schema under construction. Each room adds its own part in its `schema.ts`. */
export const builder = new SchemaBuilder<{
  Context: Context;
  PrismaTypes: PrismaTypes;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: true;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Attributes: { Input: unknown; Output: unknown };
  };
}>({
  plugins: [ErrorsPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  defaultInputFieldRequiredness: true,
  prisma: { client: () => prisma(), dmmf: getDatamodel(), exposeDescriptions: false },
  errors: { directResult: true },
  relay: {
    encodeGlobalID: (type, id) => Buffer.from(`${type}:${id}`).toString("base64url"),
    decodeGlobalID: (text) => {
      const [typename = "", id = ""] = Buffer.from(text, "base64url").toString("utf8").split(":");
      return { typename, id };
    },
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    cursorType: "String",
    clientMutationId: "omit",
    ...relayWords,
  },
});

builder.scalarType("DateTime", {
  description:
    "An instant as ISO 8601 in UTC with milliseconds, such as 2026-11-22T09:30:00.000Z. As an input with Z or any offset.",
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    // Without an offset it is an instant by nobody's clock, or by that of whatever machine this is.
    const instant = typeof value === "string" && /(Z|[+-]\d\d:?\d\d)$/i.test(value) ? new Date(value) : undefined;
    if (!instant || Number.isNaN(instant.getTime()))
      throw new GraphQLError("An instant is an ISO 8601 string that ends in Z or in an offset.");
    return instant;
  },
});

builder.scalarType("Attributes", {
  description:
    "A JSON object: keys of 1 to 40 characters of a-z, 0-9 and _ to texts, numbers and booleans; as an input also to null, which takes one away.",
  serialize: (value) => value,
});

/** The actor behind the request; without one the whole field is refused as UNAUTHENTICATED. */
export function actorOf(context: Context): Actor {
  if (context.actor) return context.actor;
  throw new GraphQLError("This needs a bearer token.", { extensions: { code: "UNAUTHENTICATED" } });
}

/** The workspace that the request or the live payload stands in. */
export function workspaceOf(context: Context): string {
  return context.workspaceId ?? actorOf(context).workspaceId;
}

/** The key of a row by its id, in the workspace of the request: how Pothos loads again what a selection needs more of. */
export function byId(id: string, context: Context): { workspaceId_id: { workspaceId: string; id: string } } {
  return { workspaceId_id: { workspaceId: workspaceOf(context), id } };
}

/** The id inside a global id of this type; one of another type, or no id at all, gives "" and so finds nothing. */
export function localId(type: string, globalId: string): string {
  const [typename, id = ""] = Buffer.from(globalId, "base64url").toString("utf8").split(":");
  return typename === type ? id : "";
}

/** The error for an argument that cannot be taken; the whole field is refused. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}

/** The error for a cursor that is none of the list's. */
export function badCursor(): GraphQLError {
  return badInput("`after` and `before` take cursors of this list.");
}

/** Refuses a page that is longer than a list gives, or that is asked for from both ends at once. */
export function refusePage({ first, last }: { first?: number | null; last?: number | null }, longest: number): void {
  if (typeof first === "number" && typeof last === "number") throw badInput("Give `first` or `last`, not both.");
  if ((first ?? 0) > longest || (last ?? 0) > longest) throw badInput(`A page has up to ${longest}.`);
}
