import type { ChatEvent, Message, Person, TicketStatus } from "../../widget/operations.ts";
import type { Clock, Outside, Socket, Store } from "../../widget/session/outside.ts";
import { FarSocket } from "./far-socket.ts";

type Input = Record<string, string>;
type Timer = { readonly at: number; readonly work: () => void };
type Asked = { readonly name: string; readonly input: Input };

const ann: Person = { __typename: "Agent", id: "ann", name: "Ann Kowalska" };
const customer: Person = { __typename: "Contact", id: "customer", name: null };

/** The world outside one device's session: its time, its storage, and at the far end of the network an API with one conversation. */
export class FarSide {
  /** Every question that arrived, in order. */
  readonly asked: Asked[] = [];
  /** Every `after` a socket subscribed with. */
  readonly subscribedAfter: string[] = [];
  messages: Message[] = [];
  conversations = 0;
  isReachable = true;
  /** The next answers are worked out and then lost on their way back. */
  answersToLose = 0;
  /** Verbs by name, with the refusal to give them. */
  readonly refusals: Record<string, string> = {};
  visitsStarted: string[] = [];
  /** How far the team has read. */
  seenSeq = 0;
  readonly #store = new Map<string, string>();
  readonly #heeding: ((key: string) => unknown)[][] = [];
  #status: TicketStatus = "OPEN";
  #now = Date.UTC(2026, 10, 22, 9);
  #timers: Timer[] = [];
  #sockets: FarSocket[] = [];
  #seq = 0;
  #ids = 0;
  #tokens = 0;
  #validToken = "";
  #locks = new Map<string, Promise<unknown>>();

  /** What one tab of the device sees. All tabs share storage, locks and time. */
  tab(): Outside {
    return {
      clock: this.clock,
      store: this.#storeOfTab(),
      newId: () => `id-${++this.#ids}`,
      random: () => 1,
      fetch: (_url, init) => this.#answer(init),
      openSocket: () => this.#open(),
      exclusively: (name, work) => this.#exclusively(name, work),
    };
  }

  readonly clock: Clock = {
    now: () => this.#now,
    after: (milliseconds, work) => {
      const timer = { at: this.#now + milliseconds, work };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      };
    },
  };

  /** What the device keeps. */
  readonly store: Store = this.#storeOfTab();

  /** Lets this much time pass, timer by timer. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (;;) {
      const next = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = next.at;
      next.work();
      await settle();
    }
    this.#now = end;
  }

  /** Ann writes. Without `isPushed` the event is lost on its way. */
  async annWrites(body: string, { isPushed = true } = {}): Promise<ChatEvent> {
    const event = this.#say(ann, body, null);
    if (isPushed) this.push(event);
    await settle();
    return event;
  }

  async close(): Promise<void> {
    this.#status = "CLOSED";
    this.push({ ...this.#fact(), __typename: "ConversationMoved", to: "CLOSED" });
    await settle();
  }

  push(event: ChatEvent): void {
    for (const socket of this.#sockets) socket.tell(event);
  }

  signal(): { cursor: null; seq: null; occurredAt: string } {
    return { cursor: null, seq: null, occurredAt: new Date(this.#now).toISOString() };
  }

  async dropSockets(code = 1006, reason = ""): Promise<void> {
    for (const socket of this.#sockets.splice(0)) socket.onclose?.call(null as never, { code, reason } as CloseEvent);
    await settle();
  }

  /** The sockets of now stay open and say nothing more. */
  muteSockets(): void {
    for (const socket of this.#sockets.splice(0)) socket.isMute = true;
  }

  expireToken(): void {
    this.#validToken = "";
  }

  /** How often a question of this name arrived. */
  count(name: string): number {
    return this.asked.filter((asked) => asked.name === name).length;
  }

  // Each tab hears, a moment later, of what the others changed.
  #storeOfTab(): Store {
    const heeding: ((key: string) => unknown)[] = [];
    const tell = (key: string) => {
      for (const others of this.#heeding) if (others !== heeding) setImmediate(() => others.map((work) => work(key)));
    };
    this.#heeding.push(heeding);
    return {
      read: (key) => this.#store.get(key) ?? null,
      write: (key, value) => {
        this.#store.set(key, value);
        tell(key);
      },
      remove: (key) => {
        this.#store.delete(key);
        tell(key);
      },
      keys: () => [...this.#store.keys()],
      heed: (work) => {
        heeding.push(work);
        return () => heeding.splice(heeding.indexOf(work), 1);
      },
    };
  }

  #fact(): { cursor: string; seq: number; occurredAt: string } {
    this.#seq += 1;
    return { cursor: `after ${this.#seq}`, seq: this.#seq, occurredAt: new Date(this.#now).toISOString() };
  }

  #say(author: Person, body: string, clientId: string | null): ChatEvent & { readonly message: Message } {
    const fact = this.#fact();
    const message = { id: `message-${fact.seq}`, seq: fact.seq, author, body, sentAt: fact.occurredAt, clientId };
    this.messages.push(message);
    return { ...fact, __typename: "MessageSent", message };
  }

  async #answer(init: RequestInit): Promise<Response> {
    const { query, variables } = JSON.parse(init.body as string) as { query: string; variables: { input?: Input } };
    if (!this.isReachable) throw new TypeError("the network is away");
    const name = /^\w+ (\w)/.exec(query)![1]!.toLowerCase() + /^\w+ \w(\w*)/.exec(query)![1];
    const authorization = (init.headers as Record<string, string>).authorization;
    const needsToken = name !== "startVisit" && name !== "refreshVisit";
    if (needsToken && authorization !== `Bearer ${this.#validToken}`) {
      return Response.json({ errors: [{ message: "who?", extensions: { code: "UNAUTHENTICATED" } }] }, { status: 401 });
    }
    this.asked.push({ name, input: variables.input ?? {} });
    const data = this.#work(name, variables.input ?? {});
    if (this.answersToLose > 0) {
      this.answersToLose -= 1;
      throw new TypeError("the answer was lost");
    }
    return Response.json({ data });
  }

  #work(name: string, input: Input): object {
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
        this.push(this.#say(customer, input.body!, input.clientId!));
      }
      return { startConversation: { conversation: this.#conversation() } };
    }
    if (name === "sendMessage") {
      const known = this.messages.find((message) => message.clientId === input.clientId);
      if (known) return { sendMessage: { message: known } };
      const event = this.#say(customer, input.body!, input.clientId!);
      this.push(event);
      return { sendMessage: { message: event.message } };
    }
    return { [name]: {} };
  }

  #visit(): object {
    this.#validToken = `token-${++this.#tokens}`;
    const accessTokenExpiresAt = new Date(this.#now + 15 * 60_000).toISOString();
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

  #open(): Socket {
    const socket = new FarSocket((after) => this.subscribedAfter.push(after));
    if (!this.isReachable) {
      setImmediate(() => socket.onclose?.call(null as never, { code: 1006 } as CloseEvent));
      return socket;
    }
    this.#sockets.push(socket);
    setImmediate(() => socket.onopen?.call(null as never, {} as Event));
    return socket;
  }

  #exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#locks.get(name) ?? Promise.resolve()).then(work);
    this.#locks.set(name, mine);
    return mine;
  }
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
