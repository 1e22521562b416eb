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
  keep(client, event);
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
  if (!isOld) client.things.set(thing.id, { ...known, ...thing });
  return thing.id;
}

/** What no event tells: moved by signs alone, which are told once, by mere use, or known to its writer. No law promises it. */
const UNTOLD: Record<string, readonly string[]> = {
  Conversation: ["seenSeq", "unreadCount", "draft"],
  PersonalToken: ["lastUsedAt"],
  Session: ["seenAt"],
};

/** What belongs into each list, and its order: what the lists' own descriptions say. */
const LISTS: Record<string, { of: string; belongs: (item: Thing, owner: Thing) => boolean; order: Order }> = {
  messages: {
    of: "Message",
    belongs: (message, conversation) => message.conversation === conversation.id,
    order: (one, other) => Number(one.seq) - Number(other.seq),
  },
  conversations: {
    of: "Conversation",
    belongs: () => true,
    order: (one, other) => compare(other.lastActivityAt, one.lastActivityAt) || compare(rowId(other), rowId(one)),
  },
};
type Order = (one: Thing, other: Thing) => number;

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
      const list = LISTS[name];
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
