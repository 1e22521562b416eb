import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../api/kernel/id.ts";
import { schema } from "../../api/schema.ts";
import { type Api, startApi } from "../support/api.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { takeStock } from "../support/rows.ts";
import type { Answer } from "../support/socket.ts";
import { begin, note, say } from "../support/story.ts";

type Kind = Parameters<typeof globalId>[0];
type Thing = { kind: Kind; id: string };
type Who = "ben" | "maria" | "hannah" | "intruder" | "stranger";

let api: Api;
/** Whose things each must not learn of. */
let hidden: Record<Who, Record<string, Thing>>;

beforeAll(async () => {
  api = await startApi();
  const { ann, irina, hannah, inboxId, elsewhere, wholesale } = api.world;
  const { conversation, message } = await begin(hannah);
  await say(ann, conversation.id);
  const written = await note(irina, conversation.id);
  const theirs = {
    conversation: { kind: "Conversation", id: conversation.id },
    message: { kind: "Message", id: message.id },
    note: { kind: "Message", id: written.id },
    contact: { kind: "Contact", id: hannah.contactId },
  } as const;
  const staff = {
    agent: { kind: "Agent", id: ann.agentId },
    noteWriter: { kind: "Agent", id: irina.agentId },
  } as const;
  const inbox = { inbox: { kind: "Inbox", id: inboxId } } as const;
  hidden = {
    ben: { ...theirs, ...inbox },
    maria: { ...theirs, ...staff, otherInbox: { kind: "Inbox", id: wholesale.inboxId } },
    hannah: { note: theirs.note, noteWriter: staff.noteWriter, foreignInbox: { kind: "Inbox", id: elsewhere.inboxId } },
    intruder: { ...theirs, ...staff, ...inbox },
    stranger: { ...theirs, ...staff, ...inbox },
  };
});

type Place = { root: "query" | "mutation" | "subscription"; field: GraphQLField<unknown, unknown>; path: string };

/** Every place of the schema where a caller gives an id. */
function idPlaces(): Place[] {
  const roots = {
    query: schema.getQueryType()!,
    mutation: schema.getMutationType()!,
    subscription: schema.getSubscriptionType()!,
  };
  return Object.entries(roots).flatMap(([root, type]) =>
    Object.values(type.getFields()).flatMap((field) =>
      field.args.flatMap((arg) => idPaths(arg).map((path) => ({ root: root as Place["root"], field, path }))),
    ),
  );
}

function idPaths(input: GraphQLArgument | GraphQLInputField): string[] {
  const type = getNamedType(input.type);
  if (type.name === "ID") return [input.name];
  if (!isInputObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => idPaths(field).map((path) => `${input.name}.${path}`));
}

/** A document that asks the field, with every argument in a variable of its own. */
function documentFor({ root, field }: Place): string {
  const named = getNamedType(field.type);
  const more = named.name.endsWith("Result") ? "... on UserError { code path message }" : "";
  const selection = isAbstractType(named) || isObjectType(named) ? `{ __typename ${more} }` : "";
  const given = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
  return `${root} (${field.args.map((arg) => `$${arg.name}: ${arg.type}`).join(", ")}) { ${field.name}(${given}) ${selection} }`;
}

/** Arguments that would do, but for the id at the place. */
function variablesFor({ field, path }: Place, id: string): Record<string, unknown> {
  return Object.fromEntries(field.args.map((arg) => [arg.name, valueFor(arg, arg.name, { path, id })]));
}

function valueFor(
  input: GraphQLArgument | GraphQLInputField,
  at: string,
  place: { path: string; id: string },
): unknown {
  if (at === place.path) return isListType(bare(input.type)) ? [place.id] : place.id;
  const type = getNamedType(input.type);
  if (isInputObjectType(type)) {
    return Object.fromEntries(
      Object.values(type.getFields()).map((field) => [field.name, valueFor(field, `${at}.${field.name}`, place)]),
    );
  }
  if (!isNonNullType(input.type) || input.defaultValue !== undefined) return undefined;
  if (!isLeafType(type)) throw new Error(`No value is known for ${at}.`);
  return { ID: newId(), String: newId(), Int: 1, Boolean: true }[type.name];
}

function bare(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) ? type.ofType : type;
}

/** What the caller is told, but for the id of the request. */
async function told(who: Who | "ann", place: Place, id: string): Promise<Answer> {
  const [query, variables] = [documentFor(place), variablesFor(place, id)];
  if (place.root !== "subscription") return plain(await api.ask(api.as[who], query, variables));
  const socket = await api.connect(api.as[who]);
  const following = socket.follow(query, variables);
  await socket.ask("{ eventCursor }");
  const refused = eventually(() => following.answers.length > 0 && following.answers, 1_000);
  const [answer] = await refused.catch((): Answer[] => [{ data: { events: "followed" } }]);
  socket.close();
  return plain(answer!);
}

function plain({ data, errors }: Answer): Answer {
  return { data, errors: errors?.map((error) => ({ ...error, extensions: { ...error.extensions, requestId: null } })) };
}

const places = idPlaces();

describe("the schema", () => {
  it("takes ids in the places that are tried below", () => {
    expect(places.map(({ field, path }) => `${field.name}(${path})`)).toEqual(
      expect.arrayContaining([
        "node(id)",
        "nodes(ids)",
        "conversation(id)",
        "sendMessage(input.conversationId)",
        "events(conversationId)",
      ]),
    );
    expect(places.length).toBeGreaterThanOrEqual(11);
  });

  it("takes no id anywhere but at its roots", () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const inner = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !roots.includes(type));
    const taking = inner.flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields()).filter((field) => field.args.some((arg) => idPaths(arg).length > 0))
        : [],
    );
    expect(taking).toEqual([]);
  });
});

describe.each(["ben", "maria", "hannah", "intruder", "stranger"] as const)("to %s", (who) => {
  it.each(places.map((place) => [`${place.field.name}(${place.path})`, place] as const))(
    "%s tells of what is not theirs exactly what it tells of nothing, and writes nothing",
    async (_name, place) => {
      const before = await takeStock();
      for (const { kind, id } of Object.values(hidden[who])) {
        const [real, random] = [
          await told(who, place, globalId(kind, id)),
          await told(who, place, globalId(kind, newId())),
        ];
        expect(real).toEqual(random);
      }
      expect(await takeStock()).toEqual(before);
    },
  );
});

describe("to Ann, whose conversation it is", () => {
  const conversations = places.filter(({ path }) => path !== "ids" && path !== "id");

  it.each(conversations.map((place) => [`${place.field.name}(${place.path})`, place] as const))(
    "%s tells otherwise: the comparison above is not empty",
    async (_name, place) => {
      const mine = hidden.maria.conversation!;
      expect(await told("ann", place, globalId(mine.kind, mine.id))).not.toEqual(
        await told("ann", place, globalId(mine.kind, newId())),
      );
    },
  );

  it("every thing above is to be found by her", async () => {
    const things = Object.values({ ...hidden.maria, ...hidden.ben }).filter(
      ({ id }) => id !== api.world.wholesale.inboxId,
    );
    const ids = things.map(({ kind, id }) => globalId(kind, id));
    const { data } = await api.ask(api.as.ann, "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids });
    expect(data!.nodes).toEqual(ids.map((id) => ({ id })));
  });
});

describe("a node's id", () => {
  it.each([
    "",
    "x",
    "Message",
    "Message:",
    "Message:1",
    "Message:\0",
    "Message:' OR 1=1",
    "Conversation:1",
    "Agent:1",
    "Contact:x",
    "Inbox:x",
    "Session:x",
    "__proto__:x",
    "constructor:x",
  ])("%j is answered like any that leads to nothing", async (text) => {
    const ids = [Buffer.from(text).toString("base64url"), text];
    for (const id of ids) {
      const { data, errors } = await api.ask(
        api.as.ann,
        "query ($id: ID!) { node(id: $id) { id } conversation(id: $id) { id } nodes(ids: [$id]) { id } }",
        { id },
      );
      expect({ data, errors }).toEqual({ data: { node: null, conversation: null, nodes: [null] }, errors: undefined });
    }
  });
});
