import type { Sent } from "../../tests/support/socket.ts";

/** What a client knows of one thing: its fields, other things in them by their ids. */
type Thing = Record<string, unknown>;

/**
 * The smallest client that the documentation's rules make: a snapshot, then each event, put in the place of what was
 * known. It knows things by id and keeps no list: a list is whatever things belong into it, in its order.
 */
export type ReferenceClient = { things: Map<string, Thing> };

/** A client that has read a snapshot. */
export function readSnapshot(snapshot: Sent): ReferenceClient {
  const client: ReferenceClient = { things: new Map() };
  keep(client, snapshot);
  return client;
}

/** Applies an event. Twice, or later than a newer one, it changes nothing. */
export function applyEvent(client: ReferenceClient, event: Sent): void {
  // A reminder may go, or another take its place, without an event: whoever is told asks for them.
  if (event.__typename === "ReminderTold") return;
  keep(client, event);
  if (event.__typename === "MemberChanged") setMember(client, event);
  if (event.__typename === "TaskChanged") forgetItems(client, event);
}

/** Members have no id: each is known by the room and the person. */
function setMember({ things }: ReferenceClient, { conversation: { id }, agent, member }: Sent): void {
  const { room, ...known } = things.get(id) as Sent;
  const others = room.members.nodes.filter((one: Thing) => one.agent !== agent.id);
  const nodes = [...others, ...(member ? [referred(member)] : [])].toSorted(
    (one, other) =>
      compare(one.joinedAt, other.joinedAt) || compare(rowId({ id: one.agent }), rowId({ id: other.agent })),
  );
  things.set(id, { ...known, room: { ...room, members: { nodes } } });
}

/** A line that stands in its task's checklist no more is gone. */
function forgetItems({ things }: ReferenceClient, { task }: Sent): void {
  const kept = new Set([...things.values()].flatMap(({ checklist }) => (checklist as string[] | undefined) ?? []));
  if (!task) return;
  for (const [id, { __typename }] of things) if (__typename === "ChecklistItem" && !kept.has(id)) things.delete(id);
}

/** Keeps every thing in a value; answers the value with ids in place of things. */
function keep(client: ReferenceClient, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => keep(client, item));
  if (typeof value !== "object" || value === null) return value;
  const thing = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, keep(client, inner)]));
  if (typeof thing.id !== "string") return thing;
  const known = client.things.get(thing.id);
  // Whatever counts its changes says by its number which of two pictures of it is the later one.
  const isOld = typeof known?.seq === "number" && typeof thing.seq === "number" && thing.seq < known.seq;
  if (!isOld) client.things.set(thing.id, merged(known, thing));
  return thing.id;
}

/** What is part of a thing, without an id of its own, is kept where it was not asked for again. */
function merged(known: Thing | undefined, thing: Thing): Thing {
  const parts = Object.entries(thing).map(([name, value]) => {
    const before = known?.[name];
    return [name, isPart(before) && isPart(value) ? { ...before, ...value } : value];
  });
  return { ...known, ...Object.fromEntries(parts) };
}

function isPart(value: unknown): value is Thing {
  return typeof value === "object" && value !== null && "__typename" in value;
}

/**
 * What no event tells: moved by signs alone, which are told once, by mere use, or known to its writer; or what was there before
 * and is asked of one thing at a time, as earlier replies. No law promises it.
 */
const UNTOLD: Record<string, readonly string[]> = {
  Agent: ["presence", "status"],
  Conversation: ["seenSeq", "unreadCount", "unreadMentionCount", "draft", "attention", "tasks"],
  Message: ["seenBy", "seenCount"],
  PersonalToken: ["lastUsedAt"],
  Session: ["seenAt"],
  Task: ["source", "links", "history", "moves", "hinderedMoves"],
  Thread: ["isFollowing", "unreadCount", "participants", "replies"],
};

/**
 * What belongs into each list, and its order: what the lists' own descriptions say. `channels` is of rooms that one need not
 * be in, and `threads` of those that one follows, of which no event tells: whoever looks for one asks.
 */
const LISTS: Record<string, { of: string; belongs: (item: Thing, owner: Thing) => boolean; order: Order }> = {
  messages: {
    of: "Message",
    belongs: ({ conversation: place, threadRoot, isBroadcast }, conversation) =>
      place === conversation.id && (threadRoot === null || isBroadcast === true),
    order: bySeq,
  },
  mentions: {
    of: "Message",
    belongs: ({ author, mentions }, owner) => {
      const { id } = owner.viewer as Thing;
      const targets = (mentions as Thing[]).map(({ agent }) => agent);
      return author !== id && targets.some((agent) => agent === null || agent === id);
    },
    order: (one, other) => compare(rowId(other), rowId(one)),
  },
  pins: {
    of: "Message",
    belongs: (message, conversation) => message.conversation === conversation.id && message.pin !== null,
    order: (one, other) => compare(pinnedAt(other), pinnedAt(one)) || compare(rowId(other), rowId(one)),
  },
  conversations: {
    of: "Conversation",
    belongs: ({ kind }) => kind === "SUPPORT",
    order: byActivity,
  },
  rooms: {
    of: "Conversation",
    belongs: ({ kind }) => kind !== "SUPPORT" && kind !== "TASK",
    order: byActivity,
  },
  tasks: {
    of: "Task",
    belongs: ({ project }, { id }) => project === id,
    order: (one, other) => compare(one.rank, other.rank) || compare(rowId(one), rowId(other)),
  },
  /** Of all projects: the list at the root. */
  allTasks: {
    of: "Task",
    belongs: () => true,
    order: (one, other) => compare(rowId(other), rowId(one)),
  },
};
type Order = (one: Thing, other: Thing) => number;

function pinnedAt({ pin }: Thing): unknown {
  return (pin as Thing).pinnedAt;
}

function bySeq(one: Thing, other: Thing): number {
  return Number(one.seq) - Number(other.seq);
}

function byActivity(one: Thing, other: Thing): number {
  return compare(other.lastActivityAt, one.lastActivityAt) || compare(rowId(other), rowId(one));
}

function compare(one: unknown, other: unknown): number {
  return String(one) < String(other) ? -1 : String(one) > String(other) ? 1 : 0;
}

function rowId({ id }: Thing): string {
  return Buffer.from(String(id), "base64url").toString();
}

/** What the client knows otherwise than a fresh answer of the API tells; nothing when it knows the same. */
export function differences(client: ReferenceClient, fresh: Sent): string[] {
  const found: string[] = [];
  compareAt(client, fresh, "");
  return found;

  function compareAt(known: ReferenceClient, told: Sent, place: string): void {
    for (const [name, value] of Object.entries(told)) {
      const list = LISTS[name === "tasks" && told.id === undefined ? "allTasks" : name];
      if (list && value?.nodes) {
        const items = [...known.things.values()].filter((item) => item.__typename === list.of);
        const own = items.filter((item) => list.belongs(item, told)).toSorted(list.order);
        expectSame(own.map(shown), value.nodes.map(shown), `${place}${name}`);
        for (const node of value.nodes) compareAt(known, node, `${node.__typename} `);
      } else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
        compareAt(known, value, place);
      }
    }
    if (typeof told.id === "string") compareThing(known.things.get(told.id), told);
  }

  function compareThing(known: Thing | undefined, told: Sent): void {
    for (const [name, value] of Object.entries(told)) {
      if (LISTS[name] || UNTOLD[told.__typename]?.includes(name)) continue;
      expectSame(known?.[name], referred(value), `${told.__typename}.${name}`);
    }
  }

  function expectSame(known: unknown, told: unknown, place: string): void {
    const [one, other] = [JSON.stringify(known), JSON.stringify(told)];
    if (one !== other) found.push(`${place} is known as ${one} and told as ${other}`);
  }
}

/** The value as a client keeps it: ids in place of things. */
function referred(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referred);
  if (typeof value !== "object" || value === null) return value;
  if ("id" in value) return value.id;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, referred(inner)]));
}

function shown({ id }: Thing): unknown {
  return id;
}
