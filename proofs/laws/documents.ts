import {
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import { schema } from "../../api/schema.ts";

/** How deep a document looks. Lists that may be paged are kept true by events themselves, so an event has none. */
export type Look = { pages: boolean; perViewer: boolean };

/** Items asked of each list: a walk makes fewer. */
const PAGE = 30;

/** Everything that can be asked without an argument, in full depth, and the cursor to go on from. */
export const SNAPSHOT = snapshotDocument();

/** Everything of one thing in full depth. */
export function nodeDocument(typename: string): string {
  const selection = selectionOf(typeNamed(typename), { pages: true, perViewer: true });
  return `query ($id: ID!) { node(id: $id) { ... on ${typename} ${selection} } }`;
}

/** Every event with all that it tells; a field that depends on who reads makes the reader a class of one. */
export function eventsDocument(perViewer: boolean): string {
  const selection = selectionOf(typeNamed("Event"), { pages: false, perViewer });
  return `subscription ($after: String) { events(after: $after) ${selection} }`;
}

/** The mutation with all that it answers, its input in a variable. */
export function mutationDocument(name: string): string {
  const field = schema.getMutationType()!.getFields()[name]!;
  const given = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
  const declared = field.args.map((arg) => `$${arg.name}: ${arg.type}`).join(", ");
  const selection = selectionOf(getNamedType(field.type), { pages: false, perViewer: false });
  return `mutation (${declared}) { ${name}(${given}) ${selection} }`;
}

function snapshotDocument(): string {
  const fields = Object.values(schema.getQueryType()!.getFields());
  const asked = fields.map((field) => fieldText(field, { pages: true, perViewer: true }, ["Query"]));
  return `{ ${asked.filter(Boolean).join(" ")} }`;
}

/** Every field of the type, and of those it leads to; a type that stands above already is named by its id alone. */
function selectionOf(type: GraphQLNamedType, look: Look, above: string[] = []): string {
  if (isLeafType(type)) return "";
  const within = [...above, type.name];
  const own = fieldsOf(type);
  const texts = own.map((field) => fieldText(field, look, within));
  const rest = isAbstractType(type)
    ? schema.getPossibleTypes(type).map((possible) => {
        const more = Object.values(possible.getFields()).filter(
          (field) => !own.some(({ name }) => name === field.name),
        );
        const inside = more.map((field) => fieldText(field, look, [...within, possible.name])).filter(Boolean);
        return inside.length > 0 ? `... on ${possible.name} { ${inside.join(" ")} }` : "";
      })
    : [];
  return `{ ${["__typename", ...texts, ...rest].filter(Boolean).join(" ")} }`;
}

/** The field with all that it holds; "" where it needs an argument or the look leaves it out. */
function fieldText(field: GraphQLField<unknown, unknown>, look: Look, within: string[]): string {
  if (field.args.some(isRequiredArgument) || (field.extensions.perViewer && !look.perViewer)) return "";
  const type = getNamedType(field.type);
  if (within.includes(type.name)) return `${field.name} { __typename id }`;
  if (!type.name.endsWith("Connection")) return `${field.name} ${selectionOf(type, look, within)}`.trim();
  if (!look.pages) return "";
  const nodes = fieldsOf(type).find(({ name }) => name === "nodes")!;
  return `${field.name}(first: ${PAGE}) { ${fieldText(nodes, look, within)} }`;
}

function fieldsOf(type: GraphQLNamedType): GraphQLField<unknown, unknown>[] {
  return isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
}

function typeNamed(name: string): GraphQLNamedType {
  return schema.getType(name)!;
}
