import type { ChatEvent, Message, Person, TicketStatus } from "../../widget/operations.ts";

/** What a question says. */
export type Input = Record<string, string>;

const ann: Person = { __typename: "Agent", id: "ann", name: "Ann Kowalska" };
const customer: Person = { __typename: "Contact", id: "customer", name: null };

/** An API with one visitor and one conversation. */
export class FarApi {
  messages: Message[] = [];
  conversations = 0;
  /** Verbs by name, with the refusal to give them. */
  readonly refusals: Record<string, string> = {};
  visitsStarted: string[] = [];
  /** How far the team has read. */
  seenSeq = 0;
  readonly #now: () => number;
  readonly #push: (event: ChatEvent) => void;
  #status: TicketStatus = "OPEN";
  #seq = 0;
  #tokens = 0;
  #validToken = "";

  /** `push` is called with the event of each message that the customer sends. */
  constructor(now: () => number, push: (event: ChatEvent) => void) {
    this.#now = now;
    this.#push = push;
  }

  /** Ann writes; the answer is the event of it. */
  annWrites(body: string): ChatEvent {
    return this.#say(ann, body, null);
  }

  close(): ChatEvent {
    this.#status = "CLOSED";
    return { ...this.#fact(), __typename: "ConversationMoved", to: "CLOSED" };
  }

  expireToken(): void {
    this.#validToken = "";
  }

  /** Whether a question of this name may be asked with this header. */
  admits(name: string, authorization: string | undefined): boolean {
    const needsToken = name !== "startVisit" && name !== "refreshVisit";
    return !needsToken || authorization === `Bearer ${this.#validToken}`;
  }

  answer(name: string, input: Input): object {
    if (this.refusals[name]) return { [name]: { code: this.refusals[name], says: "no" } };
    if (name === "startVisit") this.visitsStarted.push(input.clientId!);
    if (name === "startVisit" || name === "refreshVisit") return { [name]: { visit: this.#visit() } };
    if (name === "snapshot")
      return {
        eventCursor: `after ${this.#seq}`,
        conversations: { edges: this.conversations ? [{ node: this.#conversation() }] : [] },
      };
    if (name === "startConversation") {
      if (!this.messages.some((message) => message.clientId === input.clientId)) {
        this.conversations += 1;
        this.#status = "OPEN";
        this.#push(this.#say(customer, input.body!, input.clientId!));
      }
      return { startConversation: { conversation: this.#conversation() } };
    }
    if (name === "sendMessage") {
      const known = this.messages.find((message) => message.clientId === input.clientId);
      if (known) return { sendMessage: { message: known } };
      const event = this.#say(customer, input.body!, input.clientId!);
      this.#push(event);
      return { sendMessage: { message: event.message } };
    }
    return { [name]: {} };
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

  #conversation(): object {
    const edges = this.messages.slice(-30).map((node) => ({ node }));
    const messages = {
      edges,
      pageInfo: { hasPreviousPage: this.messages.length > 30, startCursor: edges[0]?.node.id ?? null },
    };
    return {
      id: `conversation-${this.conversations}`,
      status: this.#status,
      seq: this.#seq,
      unreadCount: 0,
      seenSeq: this.seenSeq,
      messages,
    };
  }

  #say(author: Person, body: string, clientId: string | null): ChatEvent & { readonly message: Message } {
    const fact = this.#fact();
    const message = { id: `message-${fact.seq}`, seq: fact.seq, author, body, sentAt: fact.occurredAt, clientId };
    this.messages.push(message);
    return { ...fact, __typename: "MessageSent", message };
  }

  #fact(): { cursor: string; seq: number; occurredAt: string } {
    this.#seq += 1;
    return { cursor: `after ${this.#seq}`, seq: this.#seq, occurredAt: new Date(this.#now()).toISOString() };
  }
}
