import type { ChatEvent, Message, Person, TicketStatus } from "../../widget/operations.ts";

/** What a question says. */
export type Input = Record<string, string>;

type Talk = { readonly id: string; status: TicketStatus; seq: number; unread: number; readonly messages: Message[] };
type Fact = { cursor: string; seq: number; occurredAt: string; conversation: { id: string } };

const ann: Person = { __typename: "Agent", id: "ann", name: "Ann Kowalska" };
const customer: Person = { __typename: "Contact", id: "customer", name: null };

/** An API with one visitor and their conversations. */
export class FarApi {
  /** Oldest first. */
  talks: Talk[] = [];
  /** Verbs by name, with the refusal to give them. */
  readonly refusals: Record<string, string> = {};
  visitsStarted: string[] = [];
  /** How far the team has read. */
  seenSeq = 0;
  readonly #now: () => number;
  readonly #push: (event: ChatEvent) => void;
  #position = 0;
  #tokens = 0;
  #validToken = "";

  /** `push` is called with the event of each message that the customer sends. */
  constructor(now: () => number, push: (event: ChatEvent) => void) {
    this.#now = now;
    this.#push = push;
  }

  get conversations(): number {
    return this.talks.length;
  }

  /** The messages of all conversations. */
  get messages(): Message[] {
    return this.talks.flatMap((talk) => talk.messages);
  }

  /** Ann writes; the answer is the event of it. Without a conversation the newest is meant. */
  annWrites(body: string, id?: string): ChatEvent {
    const talk = this.#talk(id);
    talk.unread += 1;
    return this.#say(talk, ann, { body, clientId: null });
  }

  close(): ChatEvent {
    const talk = this.#talk();
    talk.status = "CLOSED";
    return { ...this.#fact(talk), __typename: "ConversationMoved", to: "CLOSED" };
  }

  expireToken(): void {
    this.#validToken = "";
  }

  /** Whether a question of this name may be asked with this header. */
  admits(name: string, authorization: string | undefined): boolean {
    const needsToken = name !== "startVisit" && name !== "refreshVisit";
    return !needsToken || authorization === `Bearer ${this.#validToken}`;
  }

  answer(name: string, variables: Input & { readonly input?: Input }): object {
    const input = variables.input ?? {};
    if (this.refusals[name]) return { [name]: { code: this.refusals[name], says: "no" } };
    if (name === "startVisit") this.visitsStarted.push(input.clientId!);
    if (name === "startVisit" || name === "refreshVisit") return { [name]: { visit: this.#visit() } };
    if (name === "snapshot") return this.#snapshot(variables.isOpen ? variables.id! : null);
    if (name === "startConversation") return { [name]: { conversation: this.#conversation(this.#start(input)) } };
    if (name === "sendMessage") return { [name]: { message: this.#send(this.#talk(input.conversationId), input) } };
    if (name === "markRead") this.#talk(input.conversationId).unread = 0;
    return { [name]: {} };
  }

  #talk(id = this.talks.at(-1)!.id): Talk {
    return this.talks.find((talk) => talk.id === id)!;
  }

  #start(input: Input): Talk {
    const known = this.talks.find(({ messages }) => messages.some(({ clientId }) => clientId === input.clientId));
    if (known) return known;
    const id = `conversation-${this.talks.length + 1}`;
    const talk: Talk = { id, status: "OPEN", seq: 0, unread: 0, messages: [] };
    this.talks.push(talk);
    this.#send(talk, input);
    return talk;
  }

  #send(talk: Talk, { body, clientId }: Input): Message {
    const known = talk.messages.find((message) => message.clientId === clientId);
    if (known) return known;
    const event = this.#say(talk, customer, { body: body!, clientId: clientId! });
    this.#push(event);
    return event.message;
  }

  #visit(): object {
    this.#validToken = `token-${++this.#tokens}`;
    const accessTokenExpiresAt = new Date(this.#now() + 15 * 60_000).toISOString();
    return {
      accessToken: this.#validToken,
      accessTokenExpiresAt,
      refreshToken: `refresh-${this.#tokens}`,
      inbox: { name: "Lumen" },
    };
  }

  #snapshot(open: string | null): object {
    const newestFirst = this.talks.toReversed().map((talk) => ({ node: outlineOf(talk, this.seenSeq) }));
    return {
      eventCursor: `after ${this.#position}`,
      conversations: { edges: newestFirst },
      ...(open && { conversation: this.#conversation(this.#talk(open)) }),
    };
  }

  #conversation(talk: Talk): object {
    const edges = talk.messages.slice(-30).map((node) => ({ node }));
    const hasPreviousPage = talk.messages.length > 30;
    const messages = { edges, pageInfo: { hasPreviousPage, startCursor: edges[0]?.node.id ?? null } };
    return { ...outlineOf(talk, this.seenSeq), messages };
  }

  #say(
    talk: Talk,
    author: Person,
    { body, clientId }: Pick<Message, "body" | "clientId">,
  ): ChatEvent & { readonly message: Message } {
    const fact = this.#fact(talk);
    const id = `${talk.id}/${fact.seq}`;
    const message = { id, seq: fact.seq, author, body, sentAt: fact.occurredAt, clientId };
    talk.messages.push(message);
    return { ...fact, __typename: "MessageSent", message };
  }

  #fact(talk: Talk): Fact {
    talk.seq += 1;
    this.#position += 1;
    const occurredAt = new Date(this.#now()).toISOString();
    return { cursor: `after ${this.#position}`, seq: talk.seq, occurredAt, conversation: { id: talk.id } };
  }
}

function outlineOf({ id, status, seq, unread, messages }: Talk, seenSeq: number): object {
  return { id, status, seq, unreadCount: unread, seenSeq, lastMessage: messages.at(-1) };
}
