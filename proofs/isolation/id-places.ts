import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { schema } from "../../api/schema.ts";
import type { Asked } from "../../tests/support/line.ts";

type Given = GraphQLArgument | GraphQLInputField;

/** A place of the schema where a caller gives an id: an argument of a root field, or a field of its input. */
export type IdPlace = {
  root: "query" | "mutation" | "subscription";
  field: GraphQLField<unknown, unknown>;
  /** From the argument inwards. */
  path: string[];
  isList: boolean;
};

/** Every place of the schema that takes ids. */
export function idPlaces(): IdPlace[] {
  const roots = {
    query: schema.getQueryType()!,
    mutation: schema.getMutationType()!,
    subscription: schema.getSubscriptionType()!,
  };
  return Object.entries(roots).flatMap(([root, type]) =>
    Object.values(type.getFields()).flatMap((field) =>
      field.args.flatMap((arg) => idsIn(arg).map((found) => ({ ...found, root: root as IdPlace["root"], field }))),
    ),
  );
}

/** Fields below the roots that take an id: there must be none, since nothing here could try them. */
export function deeperIdPlaces(): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || roots.includes(type)) return [];
    const taking = Object.values(type.getFields()).filter((field) => field.args.some((arg) => idsIn(arg).length > 0));
    return taking.map((field) => `${type.name}.${field.name}`);
  });
}

function idsIn(given: Given): { path: string[]; isList: boolean }[] {
  const type = getNamedType(given.type);
  if (type.name === "ID") return [{ path: [given.name], isList: isListType(bare(given.type)) }];
  if (!isInputObjectType(type)) return [];
  return Object.values(type.getFields())
    .flatMap(idsIn)
    .map(({ path, isList }) => ({ path: [given.name, ...path], isList }));
}

function bare(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) ? type.ofType : type;
}

/** As people name it: `sendMessage(input.conversationId)`. */
export function nameOf({ field, path }: IdPlace): string {
  return `${field.name}(${path.join(".")})`;
}

/** Asks the field with this id in its place, the rest of the arguments as given. */
export function askAt(place: IdPlace, id: string, variables: object): Asked {
  const { root, field } = place;
  const declared = field.args.map((arg) => `$${arg.name}: ${arg.type}`).join(", ");
  const given = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
  const type = getNamedType(field.type);
  const refusal = root === "mutation" ? "... on UserError { code path message }" : "";
  const rows = type.name.endsWith("Connection") ? "nodes { __typename id }" : "";
  const selection = isCompositeType(type) ? `{ __typename ${refusal} ${rows} }` : "";
  const query = `${root} (${declared}) { ${field.name}(${given}) ${selection} }`;
  return { query, variables: withId(variables, place.path, place.isList ? [id] : id) };
}

function withId(variables: object, [name, ...rest]: string[], id: unknown): object {
  const inside = (variables as Record<string, object>)[name!] ?? {};
  return { ...variables, [name!]: rest.length > 0 ? withId(inside, rest, id) : id };
}
