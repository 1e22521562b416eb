import type {
  ChatEvent,
  Conversation,
  Message,
  Outline,
  Person,
  Snapshot,
  TicketStatus,
} from "../../widget/operations.ts";
import { ModelVisits } from "./model-visits.ts";

type Input = Record<string, string> & { readonly seq?: number };
type Variables = { readonly input?: Input; readonly id?: string; readonly isOpen?: boolean };

/** One conversation in the customer's numbers. */
export type Talk = {
  readonly id: string;
  visitor: string;
  readonly messages: Message[];
  /** The status after each event: `statuses[seq]`. */
  readonly statuses: TicketStatus[];
  readSeq: number;
  seenSeq: number;
  /** Newest activity first: the place of its last message in the log. */
  activity: number;
};

/** A fact of the log, or with position null a sign that is told once. */
export type Told = { readonly position: number | null; readonly talk: Talk; readonly event: ChatEvent };

export type Answered = { readonly status: number; readonly body: object };

const PAGE = 30;
const ann: Person = { __typename: "Agent", id: "ann", name: "Ann" };
const customer: Person = { __typename: "Contact", id: "customer", name: null };

/** What the API promises a customer, in memory: conversations with dense numbers, one result per clientId, a log with cursors. */
export class ModelServer {
  readonly visits = new ModelVisits();
  readonly talks: Talk[] = [];
  readonly log: Told[] = [];
  /** Cursors from before this place are answered with "reload". */
  ring = 0;
  /** The next text is refused, now and ever. */
  refusesNext = false;
  /** Texts that were refused at least once. */
  readonly refused = new Set<string>();
  /** Hears of every event as it happens. */
  onTold: (told: Told) => void = () => {};
  readonly #requests = new Map<string, { readonly content: string; readonly talk: Talk; readonly message: Message }>();
  readonly #invalid = new Set<string>();
  #now = 0;

  /** Answers a question of the widget's, as far as a customer can see. */
  answer(name: string, variables: Variables, { token, now }: { token: string; now: number }): Answered {
    this.#now = now;
    const input = variables.input ?? ({} as Input);
    if (name === "startVisit" || name === "refreshVisit") return this.visits.answer(name, input, now);
    const visitor = this.visits.visitorOf(token, now);
    if (!visitor) return { status: 401, body: { errors: [{ message: "", extensions: { code: "UNAUTHENTICATED" } }] } };
    if (name === "identifyVisitor") return { status: 200, body: { data: { [name]: this.#identify(input, token) } } };
    if (name === "endVisit") this.visits.endBy(token);
    const data =
      name === "snapshot" ? this.#snapshot(visitor, variables) : { [name]: this.#change(name, input, visitor) };
    return { status: 200, body: { data } };
  }

  #snapshot(visitor: string, { id, isOpen }: Variables): Snapshot {
    const talks = this.talksOf(visitor);
    const open = talks.find((talk) => talk.id === id);
    return {
      eventCursor: `${this.log.length}`,
      conversations: { edges: talks.map((talk) => ({ node: outlineOf(talk) })) },
      ...(isOpen && { conversation: open ? conversationOf(open) : null }),
    };
  }

  /** Newest activity first. */
  talksOf(visitor: string): Talk[] {
    return this.talks.filter((talk) => talk.visitor === visitor).sort((a, b) => b.activity - a.activity);
  }

  annWrites(talk: Talk, body: string, now: number): void {
    this.#now = now;
    this.#say(talk, ann, { body, clientId: null });
  }

  /** Ann's own message gets another text, or with null none any more. */
  annChanges(talk: Talk, message: Message, { body, now }: { body: string | null; now: number }): void {
    this.#now = now;
    const at = new Date(now).toISOString();
    const changed =
      body === null ? { ...message, body: "", editedAt: null, deletedAt: at } : { ...message, body, editedAt: at };
    talk.messages.splice(talk.messages.indexOf(message), 1, changed);
    const __typename = body === null ? "MessageDeleted" : "MessageEdited";
    this.#record(talk, statusOf(talk), (common) => ({ ...common, __typename, message: changed }));
  }

  annReads(talk: Talk, now: number): void {
    this.#now = now;
    talk.seenSeq = seqOf(talk);
    this.#sign(talk, { __typename: "ReadMarked", person: ann, readSeq: talk.seenSeq });
  }

  move(talk: Talk, to: TicketStatus, now: number): void {
    this.#now = now;
    this.#record(talk, to, (common) => ({ ...common, __typename: "ConversationMoved", to }));
  }

  /** What an anonymous visitor wrote goes along. */
  #identify({ identityToken }: Input, access: string): object {
    const customer = `customer-${(JSON.parse(atob(identityToken!.split(".")[1]!)) as { sub: string }).sub}`;
    const visitor = this.visits.visitorOf(access, this.#now)!;
    if (visitor.startsWith("visitor")) {
      for (const talk of this.talksOf(visitor)) talk.visitor = customer;
      for (const [key, made] of [...this.#requests])
        if (key.startsWith(`${visitor} `)) this.#requests.set(key.replace(visitor, customer), made);
    }
    return this.visits.identify(access, customer, this.#now);
  }

  #change(name: string, input: Input, visitor: string): object {
    if (name === "endVisit" || name === "updateContact" || name === "setTyping") return {};
    if (name === "startConversation") return this.#start(input, visitor);
    const talk = this.talks.find(({ id }) => id === input.conversationId);
    if (!talk || talk.visitor !== visitor) return refusal("NotFound");
    if (name === "sendMessage") return this.#send(input, talk);
    talk.readSeq = Math.max(talk.readSeq, input.seq!);
    this.#sign(talk, { __typename: "ReadMarked", person: customer, readSeq: talk.readSeq });
    return {};
  }

  #start(input: Input, visitor: string): object {
    return this.#once(visitor, ["start", input], () => {
      const talk: Talk = {
        ...{ id: `talk-${this.talks.length + 1}`, visitor, messages: [], statuses: ["OPEN"] },
        ...{ readSeq: 0, seenSeq: 0, activity: 0 },
      };
      this.talks.push(talk);
      return talk;
    });
  }

  #send(input: Input, talk: Talk): object {
    return this.#once(talk.visitor, ["send", input], () => (statusOf(talk) === "CLOSED" ? null : talk));
  }

  #once(visitor: string, [name, input]: [string, Input], talkFor: () => Talk | null): object {
    const key = `${visitor} ${input.clientId}`;
    const content = JSON.stringify([name, input]);
    const known = this.#requests.get(key);
    if (known && known.content !== content) return refusal("Conflict");
    if (known) return resultOf(known);
    if (this.refusesNext) this.#invalid.add(input.body!);
    this.refusesNext = false;
    const isInvalid = this.#invalid.has(input.body!);
    const talk = isInvalid ? null : talkFor();
    if (!talk) {
      this.refused.add(input.body!);
      return refusal(isInvalid ? "InvalidInput" : "ConversationClosed");
    }
    const made = { content, talk, message: this.#say(talk, customer, input as { body: string; clientId: string }) };
    this.#requests.set(key, made);
    return resultOf(made);
  }

  #say(talk: Talk, author: Person, { body, clientId }: { body: string; clientId: string | null }): Message {
    const seq = seqOf(talk) + 1;
    const sentAt = new Date(this.#now).toISOString();
    const message = { id: `${talk.id}/${seq}`, seq, author, body, sentAt, clientId, editedAt: null, deletedAt: null };
    talk.messages.push(message);
    talk.activity = this.log.length + 1;
    this.#record(talk, statusOf(talk), (common) => ({ ...common, __typename: "MessageSent", message }));
    if (author === customer && statusOf(talk) !== "OPEN") this.move(talk, "OPEN", this.#now);
    return message;
  }

  #record(talk: Talk, status: TicketStatus, event: (common: Common) => ChatEvent): void {
    const position = this.log.length + 1;
    talk.statuses.push(status);
    const occurredAt = new Date(this.#now).toISOString();
    const common = { cursor: `${position}`, occurredAt, seq: seqOf(talk), conversation: { id: talk.id } };
    const told = { position, talk, event: event(common) };
    this.log.push(told);
    this.onTold(told);
  }

  #sign(talk: Talk, sign: { __typename: "ReadMarked"; person: Person; readSeq: number }): void {
    const occurredAt = new Date(this.#now).toISOString();
    this.onTold({
      position: null,
      talk,
      event: { ...sign, cursor: null, seq: null, occurredAt, conversation: { id: talk.id } },
    });
  }
}

type Common = Pick<ChatEvent, "cursor" | "occurredAt" | "seq" | "conversation">;

/** The last number taken in the conversation. */
export function seqOf(talk: Talk): number {
  return talk.statuses.length - 1;
}

export function statusOf(talk: Talk): TicketStatus {
  return talk.statuses.at(-1)!;
}

/** How many messages of the team the customer has not read. */
export function unreadOf({ messages, readSeq }: Talk): number {
  return messages.filter(({ author, seq, deletedAt }) => author === ann && seq > readSeq && !deletedAt).length;
}

function outlineOf(talk: Talk): Outline {
  const lastMessage = talk.messages.at(-1) ?? null;
  const status = statusOf(talk);
  return { id: talk.id, status, seq: seqOf(talk), unreadCount: unreadOf(talk), seenSeq: talk.seenSeq, lastMessage };
}

function conversationOf(talk: Talk): Conversation {
  const edges = talk.messages.slice(-PAGE).map((node) => ({ node }));
  return {
    ...outlineOf(talk),
    progress: [],
    messages: {
      edges,
      pageInfo: { hasPreviousPage: talk.messages.length > PAGE, startCursor: edges[0]?.node.id ?? null },
    },
  };
}

function resultOf({ talk, message }: { talk: Talk; message: Message }): object {
  return { conversation: conversationOf(talk), message };
}

function refusal(code: string): object {
  return { code, says: code };
}
