import { type Caller, conversationGlobalId, rowId } from "../ground/cast.ts";
import { positionIn } from "../ground/cursors.ts";

/** An event as a subscriber received it. */
export type Heard = {
  position: number;
  typename: string;
  conversationId: string;
  seq: number;
  messageId: string | undefined;
  body: string | undefined;
};

/** What a subscriber was sent, in the order of arrival, and how it went. */
export type SubscriberRecord = {
  name: string;
  caller: Caller;
  /** It follows this conversation alone. */
  conversationId: string | undefined;
  /** Where it began: it must hear everything after. */
  from: number;
  heard: Heard[];
  /** Intervals that it was told to fetch anew: after the first, up to the second position. */
  reloads: [number, number][];
  /** Times it came back with a cursor. */
  resumes: number;
  /** Events that came again after a resume, which is allowed. */
  repeats: number;
  problems: string[];
};

/** A subscriber at work. `drop` breaks its connection, as a network would; it comes back by itself. */
export type Subscriber = { record: SubscriberRecord; lastCursor: () => string; drop: () => void; stop: () => void };

export type SubscriberOptions = {
  name: string;
  caller: Caller;
  conversationId?: string;
  /** The cursor to begin after. */
  after: string;
  /** An API process's WebSocket address; perhaps another at the next call. */
  pickSocketUrl: () => string;
  /** Told of each message heard for the first time. */
  onMessage?: (messageId: string) => void;
};

/** What every subscriber follows. */
export const FOLLOW = `subscription ($after: String, $conversationId: ID) {
  events(after: $after, conversationId: $conversationId) {
    __typename cursor seq conversation { id }
    ... on MessageSent { message { id seq body } }
  }
}`;

/** The variables of a subscription that goes on after a cursor. */
export function variablesOf({ conversationId }: SubscriberOptions, after: string) {
  return { after, conversationId: conversationId === undefined ? null : conversationGlobalId(conversationId) };
}

/** Opens a subscriber's record. */
export function openSubscriberRecord({ name, caller, conversationId, after }: SubscriberOptions): SubscriberRecord {
  const counts = { resumes: 0, repeats: 0 };
  return { name, caller, conversationId, from: positionIn(after), heard: [], reloads: [], ...counts, problems: [] };
}

/** An event as `FOLLOW` asks for it. */
type EventAnswer = {
  __typename: string;
  cursor: string | null;
  seq: number;
  conversation: { id: string };
  message?: { id: string; seq: number; body: string };
};

export type Payload = { data?: { events?: EventAnswer } | null; errors?: readonly unknown[] | null };

/** Notes one payload; answers the cursor to go on from, or undefined for a sign, which has none. */
export function hear(
  record: SubscriberRecord,
  payload: Payload,
  onMessage?: (messageId: string) => void,
): string | undefined {
  const event = payload.data?.events;
  if (payload.errors || !event) {
    record.problems.push(`${record.name} was sent ${JSON.stringify(payload)}`);
    return undefined;
  }
  if (event.cursor === null) return undefined;
  const position = positionIn(event.cursor);
  if (Number.isNaN(position)) record.problems.push(`${record.name} was sent a cursor of no place: ${event.cursor}`);
  const last = record.heard.at(-1)?.position ?? record.from;
  if (event.__typename === "ReloadRequired") record.reloads.push([last, position]);
  else if (position <= last) noteRepeat(record, position);
  else noteEvent(record, event, position, onMessage);
  return event.cursor;
}

function noteRepeat(record: SubscriberRecord, position: number): void {
  record.repeats++;
  const known = record.heard.some((heard) => heard.position === position);
  if (!known && position > record.from)
    record.problems.push(`${record.name} was sent ${position} too late, out of order`);
}

function noteEvent(
  record: SubscriberRecord,
  event: EventAnswer,
  position: number,
  onMessage?: (messageId: string) => void,
): void {
  const messageId = event.message ? rowId(event.message.id) : undefined;
  if (event.message && event.message.seq !== event.seq)
    record.problems.push(`${record.name}: an event and its message differ in seq at ${position}`);
  const { __typename: typename, seq } = event;
  record.heard.push({
    position,
    typename,
    seq,
    conversationId: rowId(event.conversation.id),
    messageId,
    body: event.message?.body,
  });
  if (messageId) onMessage?.(messageId);
}
