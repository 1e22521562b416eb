import type { ChatEvent, Message, Person, TicketStatus } from "../../widget/operations.ts";

/** What a question says. */
export type Input = Record<string, string>;

type Talk = { readonly id: string; status: TicketStatus; seq: number; unread: number; readonly messages: Message[] };
type Fact = { cursor: string; seq: number; occurredAt: string; conversation: { id: string } };

const ann: Person = { __typename: "Agent", id: "ann", name: "Ann Kowalska" };
const customer: Person = { __typename: "Contact", id: "customer", name: null };

/** An API with the visits of one device, and the conversations of those who were in them. */
export class FarApi {
  /** Whose visit the newest one is: an identity, or one for an anonymous visitor. */
  contact = "";
  /** Verbs by name, with the refusal to give them. */
  readonly refusals: Record<string, string> = {};
  visitsStarted: string[] = [];
  /** Whose visits were ended, in order. */
  readonly visitsEnded: string[] = [];
  /** What was said of each. */
  readonly profiles: Record<string, object> = {};
  /** What the inbox asks for before the first message. */
  preChat = "NONE";
  /** How far the team has read. */
  seenSeq = 0;
  readonly #now: () => number;
  readonly #push: (event: ChatEvent) => void;
  #position = 0;
  #tokens = 0;
  #begun = 0;
  readonly #talks = new Map<string, Talk[]>();
  /** Whose visit each token is for; an access token may have expired. */
  readonly #holders = new Map<string, string>();
  readonly #expired = new Set<string>();

  /** `push` is called with the event of each message that the customer sends. */
  constructor(now: () => number, push: (event: ChatEvent) => void) {
    this.#now = now;
    this.#push = push;
  }

  /** Those of the newest visit, oldest first. */
  get talks(): Talk[] {
    return this.#talks.get(this.contact) ?? [];
  }

  set talks(talks: Talk[]) {
    this.#talks.set(this.contact, talks);
  }

  get conversations(): number {
    return this.talks.length;
  }

  /** What somebody has written, in all their conversations. */
  writtenBy(contact: string): string[] {
    return (this.#talks.get(contact) ?? []).flatMap(({ messages }) => messages.map(({ body }) => body));
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
    for (const token of this.#holders.keys()) this.#expired.add(token);
  }

  /** The visit is over, without a word of the customer's. */
  endVisit(): void {
    for (const [token, holder] of this.#holders) if (holder === this.contact) this.#holders.delete(token);
  }

  /** Whether a question of this name may be asked with this header. */
  admits(name: string, authorization: string | undefined): boolean {
    const token = tokenIn(authorization);
    return /^(start|refresh)Visit$/.test(name) || (this.#holders.has(token) && !this.#expired.has(token));
  }

  answer(name: string, variables: Input & { readonly input?: Input }, authorization?: string): object {
    const input = variables.input ?? {};
    const token = tokenIn(authorization);
    const holder = this.#holders.get(token) ?? this.contact;
    if (this.refusals[name]) return { [name]: { code: this.refusals[name], says: "no" } };
    if (name === "startVisit") return { [name]: { visit: this.#startVisit(input.clientId!) } };
    if (name === "refreshVisit") return { [name]: this.#refresh(input.refreshToken!) };
    if (name === "identifyVisitor") return { [name]: { visit: this.#identify(input.identityToken!, holder) } };
    if (name === "endVisit") {
      this.visitsEnded.push(holder);
      this.#drop(token);
      return { [name]: {} };
    }
    if (name === "updateContact") this.profiles[holder] = { ...this.profiles[holder], ...input };
    if (name === "snapshot") return this.#snapshot(variables.isOpen ? variables.id! : null);
    if (name === "earlier")
      return { conversation: { messages: this.#page(this.#talk(variables.id), variables.before!) } };
    if (name === "startConversation") return { [name]: { conversation: this.#conversation(this.#start(input)) } };
    if (name === "sendMessage") return { [name]: { message: this.#send(this.#talk(input.conversationId), input) } };
    if (name === "markRead") this.#talk(input.conversationId).unread = 0;
    return { [name]: {} };
  }

  #startVisit(clientId: string): object {
    if (!this.visitsStarted.includes(clientId)) this.contact = `visitor of ${clientId}`;
    this.visitsStarted.push(clientId);
    return this.#visit();
  }

  #refresh(refreshToken: string): object {
    const holder = this.#holders.get(refreshToken);
    if (!holder) return { code: "VisitEnded", says: "" };
    const newest = this.contact;
    this.contact = holder;
    const visit = this.#visit();
    this.contact = newest;
    return { visit };
  }

  /** What an anonymous visitor wrote goes along. */
  #identify(identityToken: string, holder: string): object {
    const { sub } = JSON.parse(atob(identityToken.split(".")[1]!)) as { sub: string };
    const own = this.#talks.get(holder) ?? [];
    const isAnonymous = holder.startsWith("visitor");
    if (isAnonymous) this.#talks.delete(holder);
    this.endVisit();
    this.contact = sub;
    this.talks = isAnonymous ? [...this.talks, ...own] : this.talks;
    return this.#visit();
  }

  #drop(token: string): void {
    this.#holders.delete(token);
    this.#holders.delete(token.replace("token", "refresh"));
  }

  #talk(id = this.talks.at(-1)!.id): Talk {
    return this.talks.find((talk) => talk.id === id)!;
  }

  #start(input: Input): Talk {
    const known = this.talks.find(({ messages }) => messages.some(({ clientId }) => clientId === input.clientId));
    if (known) return known;
    const id = `conversation-${++this.#begun}`;
    const talk: Talk = { id, status: "OPEN", seq: 0, unread: 0, messages: [] };
    this.talks = [...this.talks, talk];
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
    const accessToken = `token-${++this.#tokens}`;
    const refreshToken = `refresh-${this.#tokens}`;
    for (const token of [accessToken, refreshToken]) this.#holders.set(token, this.contact);
    const accessTokenExpiresAt = new Date(this.#now() + 15 * 60_000).toISOString();
    return {
      ...{ accessToken, accessTokenExpiresAt, refreshToken },
      inbox: { name: "Lumen", preChat: this.preChat },
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
    return { ...outlineOf(talk, this.seenSeq), messages: this.#page(talk) };
  }

  #page({ messages }: Talk, before?: string): object {
    const upTo = before
      ? messages.slice(
          0,
          messages.findIndex(({ id }) => id === before),
        )
      : messages;
    const edges = upTo.slice(-30).map((node) => ({ node }));
    return { edges, pageInfo: { hasPreviousPage: upTo.length > 30, startCursor: edges[0]?.node.id ?? null } };
  }

  #say(
    talk: Talk,
    author: Person,
    { body, clientId }: Pick<Message, "body" | "clientId">,
  ): ChatEvent & { readonly message: Message } {
    const fact = this.#fact(talk);
    const id = `${talk.id}/${fact.seq}`;
    const message = {
      id,
      seq: fact.seq,
      author,
      body,
      sentAt: fact.occurredAt,
      clientId,
      editedAt: null,
      deletedAt: null,
    };
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

function tokenIn(authorization: string | undefined): string {
  return authorization?.slice("Bearer ".length) ?? "";
}

function outlineOf({ id, status, seq, unread, messages }: Talk, seenSeq: number): object {
  return { id, status, seq, unreadCount: unread, seenSeq, lastMessage: messages.at(-1) };
}
