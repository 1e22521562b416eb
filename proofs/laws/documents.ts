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

/** Read before all else: what happens meanwhile is told after it. */
const CURSOR = "eventCursor";

/** Items asked of each list: a walk makes fewer. */
const PAGE = 11;
/** Of lists whose items hold other lists: with as many of each they would cost more than one may ask. */
const PAGES: Record<string, number> = { projects: 1, tasks: 8 };

/** Lists that are asked of one thing at a time: of each in a page, they would cost more than one may ask. */
const OF_ONE = new Set(["participants", "pins", "replies"]);

/** Settings of which no event tells, what would lead to them from every message, and what each reader sees otherwise. */
const UNTOLD = new Set([
  ...["Agent.teams", "InboxSettings.teams", "Team.members", "Team.memberCount", "Mention.team"],
  ...["Conversation.tasks", "Task.source", "Task.history", "Query.savedViews"],
  // These two take an id or a key.
  ...["Query.project", "Query.task"],
]);

/**
 * What a reminder is about, the task of a conversation, the conversations of a project's tasks, and the project of each task in a
 * list, by their ids alone: each has a document of its own, and from here they would lead deeper, or cost more, than one may ask.
 */
function isNamedOnly(within: string[], name: string): boolean {
  const place = `${within.at(-1)}.${name}`;
  if (["Reminder.conversation", "Reminder.message"].includes(place)) return true;
  if (place === "Task.project") return within[0] === "Query";
  return place === "Conversation.task" || (place === "Task.conversation" && within.includes("Project"));
}

/** The fields of one document. */
class Selection {
  readonly #look: Look;
  /** The names of fragments, by what they say. */
  readonly #names = new Map<string, string>();

  constructor(look: Look) {
    this.#look = look;
  }

  fragments(): string[] {
    return [...this.#names].map(([said, name]) => `fragment ${name} on ${said}`);
  }

  /** Every field of the type, and of those it leads to; a type that stands above already is named by its id alone. */
  of(type: GraphQLNamedType, above: string[] = []): string {
    if (isLeafType(type)) return "";
    const within = [...above, type.name];
    const own = fieldsOf(type);
    const texts = own.map((field) => this.field(field, within));
    const rest = isAbstractType(type)
      ? schema.getPossibleTypes(type).map((possible) => {
          const more = Object.values(possible.getFields()).filter(
            (field) => !own.some(({ name }) => name === field.name),
          );
          const inside = more.map((field) => this.field(field, [...within, possible.name])).filter(Boolean);
          return inside.length > 0 ? `... on ${possible.name} { ${inside.join(" ")} }` : "";
        })
      : [];
    return this.#named(type, ["__typename", ...texts, ...rest].filter(Boolean).join(" "));
  }

  #named(type: GraphQLNamedType, fields: string): string {
    const said = `${type.name} { ${fields} }`;
    const name = this.#names.get(said) ?? `F${this.#names.size}`;
    this.#names.set(said, name);
    return `{ ...${name} }`;
  }

  /** The field with all that it holds; "" where it needs an argument or the look leaves it out. */
  field(field: GraphQLField<unknown, unknown>, within: string[]): string {
    if (field.args.some(isRequiredArgument) || (field.extensions.perViewer && !this.#look.perViewer)) return "";
    if (UNTOLD.has(`${within.at(-1)}.${field.name}`)) return "";
    const type = getNamedType(field.type);
    if (within.includes(type.name) || isNamedOnly(within, field.name)) return `${field.name} { __typename id }`;
    if (within[0] === "Query" && OF_ONE.has(field.name)) return "";
    if (!type.name.endsWith("Connection")) return `${field.name} ${this.of(type, within)}`.trim();
    if (!this.#look.pages) return "";
    const nodes = fieldsOf(type).find(({ name }) => name === "nodes")!;
    return `${field.name}(first: ${PAGES[field.name] ?? PAGE}) { ${this.field(nodes, within)} }`;
  }
}

/** Everything that can be asked without an argument, in full depth: a document for each field, the cursor to go on from first. */
export const SNAPSHOT = Object.values(schema.getQueryType()!.getFields())
  .toSorted((one, other) => Number(other.name === CURSOR) - Number(one.name === CURSOR))
  .map((field) => documentOf((selection) => `{ ${selection.field(field, ["Query"])} }`))
  .filter((document) => !document.startsWith("{  }"));

/** Everything of one thing in full depth. */
export function nodeDocument(typename: string): string {
  return documentOf(
    (selection) => `query ($id: ID!) { node(id: $id) { ... on ${typename} ${selection.of(typeNamed(typename))} } }`,
  );
}

/** Every event with all that it tells; a field that depends on who reads makes the reader a class of one. */
export function eventsDocument(perViewer: boolean): string {
  return documentOf(
    (selection) => `subscription ($after: String) { events(after: $after) ${selection.of(typeNamed("Event"))} }`,
    { pages: false, perViewer },
  );
}

/** The mutation with all that it answers, its input in a variable. */
export function mutationDocument(name: string): string {
  const field = schema.getMutationType()!.getFields()[name]!;
  const given = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
  const declared = field.args.map((arg) => `$${arg.name}: ${arg.type}`).join(", ");
  return documentOf(
    (selection) => `mutation (${declared}) { ${name}(${given}) ${selection.of(getNamedType(field.type))} }`,
    { pages: false, perViewer: false },
  );
}

/** What `write` selects is said once each, in fragments: a document may have so many tokens and no more. */
function documentOf(write: (selection: Selection) => string, look: Look = { pages: true, perViewer: true }): string {
  const selection = new Selection(look);
  return [write(selection), ...selection.fragments()].join(" ");
}

function fieldsOf(type: GraphQLNamedType): GraphQLField<unknown, unknown>[] {
  return isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
}

function typeNamed(name: string): GraphQLNamedType {
  return schema.getType(name)!;
}
