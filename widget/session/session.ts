import { type Api, openApi } from "./api.ts";
import type { Answer } from "./ask.ts";
import { type Customer, openCustomer, type Profile } from "./customer.ts";
import { type Drafts, openDrafts } from "./drafts.ts";
import { type Introduction, openIntroduction, type Self } from "./introduction.ts";
import { type Keeping, openKeeping } from "./keeping.ts";
import { type Live, openLive } from "./live.ts";
import { asleep, type Command, type Held, type Input, type State, type Wait } from "./machine/state.ts";
import { step } from "./machine/step.ts";
import { type Notice, noticesOf } from "./notices.ts";
import type { Outside } from "./outside.ts";
import { Typing } from "./typing.ts";
import { type View, viewOf } from "./view.ts";
import { openVisitKeeper, type VisitKeeper } from "./visit-keeper.ts";

export interface SessionSettings {
  /** Origin of the API, such as https://chat.example. */
  readonly api: string;
  readonly inboxKey: string;
  readonly locale: string;
  readonly zone: string;
  /** Is told what the page may want to know. */
  readonly onNotice?: (notice: Notice) => void;
}

/** One customer's visit of one inbox: brings what happens to the machine and carries out what it commands. Knows no DOM. */
export class Session {
  readonly #outside: Outside;
  readonly #onChange: () => void;
  readonly #onNotice: (notice: Notice) => void;
  readonly #visit: VisitKeeper;
  readonly #api: Api;
  readonly #live: Live;
  readonly #keeping: Keeping;
  readonly #drafts: Drafts;
  readonly #typing: Typing;
  readonly #introduction: Introduction;
  readonly #customer: Customer;
  readonly #waits = new Map<Wait, () => void>();
  #isClosed = false;
  #state: State = asleep;

  /** `onChange` is called whenever the view may have changed. */
  constructor(settings: SessionSettings, outside: Outside, onChange: () => void) {
    const { inboxKey, locale, zone, onNotice = () => {} } = settings;
    const url = `${settings.api}/graphql`;
    const take = (input: Input) => this.#take(input);
    this.#outside = outside;
    this.#onChange = onChange;
    this.#onNotice = onNotice;
    this.#visit = openVisitKeeper(outside, { url, inboxKey, locale, zone });
    this.#api = openApi(outside, { url, visit: this.#visit, take });
    const token = (stale?: string) => this.#api.token(stale);
    this.#live = openLive(outside, { url: url.replace(/^http/, "ws"), token, take });
    this.#typing = new Typing(outside.clock, {
      tell: (isTyping) => {
        const conversationId = this.view.thread?.conversationId;
        if (conversationId) void this.#api.ask("setTyping", { input: { conversationId, isTyping } });
      },
      onChange,
    });
    this.#introduction = openIntroduction(outside.store, inboxKey);
    this.#customer = openCustomer(outside, {
      ...{ inboxKey, api: this.#api, visit: this.#visit, introduction: this.#introduction },
      onRefusal: ({ code, says }) => onNotice({ event: "error", detail: { code, message: says } }),
    });
    this.#drafts = openDrafts(outside.shelf, inboxKey);
    this.#keeping = openKeeping(outside.shelf, inboxKey, take);
  }

  get view(): View {
    return viewOf(this.#state, {
      inbox: this.#visit.current()?.inbox ?? null,
      typing: this.#typing.person,
      isIntroduced: this.#introduction.isGiven(),
    });
  }

  /** Goes on with a visit that this device keeps; without one nothing is asked, so that a page merely viewed makes no visitor. */
  resume(): void {
    this.#take({ is: "opened", hasVisit: this.#visit.current() !== null });
  }

  /** Whether the customer has the chat before their eyes: begins the visit where there is none, and what arrives meanwhile is read. */
  watch(isWatching: boolean): void {
    this.#take({ is: "watched", isWatching });
  }

  /** Turns to a conversation, or to a talk that has yet to begin. */
  open(place: string): void {
    this.#take({ is: "turned", place });
  }

  /** Turns to a talk of its own: the next message begins a conversation. */
  openNew(): void {
    this.open(this.#outside.newId());
  }

  /** Turns to the list of conversations. */
  leave(): void {
    this.#take({ is: "turned", place: null });
  }

  /** The network is said to be back, or gone. */
  connection(isOnline: boolean): void {
    this.#take({ is: "networkChanged", isOnline });
  }

  /** The customer says who they are. It is told as soon as it can be. */
  introduce(self: Self): void {
    this.#introduction.give(self);
    void this.#customer.tell();
  }

  /** The page says more of the customer. It is told once there is a visit. */
  describe(profile: Profile): void {
    this.#customer.say(profile);
  }

  /** The page says who the customer is, by a token of its server. Answers whether the visit is another one now: this session is over then. */
  identify(token: string): Promise<boolean> {
    return this.#customer.identify(token);
  }

  /** The customer has signed out of the page: the visit ends and this device forgets it. This session is over then. */
  async signOut(): Promise<void> {
    if (this.#visit.current()) await this.#visit.token();
    // Whoever asks on while the visit ends would begin the next one.
    this.close();
    await this.#customer.leave();
  }

  /** Sends a message: kept at once, repeated until acknowledged or refused. Whitespace alone is no message. */
  send(text: string): void {
    const body = text.trim();
    if (!body) return;
    this.#typing.sent();
    this.#drafts.write(this.#draftKey, "");
    this.#take({ is: "wrote", clientId: this.#outside.newId(), body, at: this.#outside.clock.now() });
  }

  /** Sends a refused message again; one refused by a closed conversation begins a new one. */
  tryAgain(clientId: string): void {
    this.#take({ is: "triedAgain", clientId, at: this.#outside.clock.now(), talk: this.#outside.newId() });
  }

  /** Gives an unsent message up. */
  discard(clientId: string): void {
    this.#take({ is: "discarded", clientId });
  }

  /** The customer has changed the text in the composer: it is kept until it is sent. */
  write(text: string): void {
    this.#drafts.write(this.#draftKey, text);
    if (text.trim() === "") this.#typing.rest();
    else if (this.view.thread) this.#typing.write();
  }

  /** What the customer has begun to write here. */
  draft(): Promise<string> {
    return this.#drafts.read(this.#draftKey);
  }

  /** Fetches the messages before those at hand. */
  async showEarlier(): Promise<void> {
    const { thread } = this.view;
    if (!thread?.earlier) return;
    const { conversationId, earlier: before } = thread;
    const answer = await this.#api.ask("earlier", { id: conversationId, before });
    const page = answer.is === "done" && answer.value.conversation?.messages;
    if (page) this.#take({ is: "earlierCame", conversationId, before, page });
  }

  /** Lets go of the network and of every timer. What is unsent stays kept. */
  close(): void {
    this.#isClosed = true;
    this.#visit.close();
    for (const cancel of this.#waits.values()) cancel();
    this.#keeping.close();
    this.#live.disconnect();
    this.#typing.stop();
  }

  /** All talks that have not begun share a draft: their keys do not outlive the page. */
  get #draftKey(): string {
    return this.view.thread?.conversationId ?? "new";
  }

  #take(input: Input): void {
    if (this.#isClosed) return;
    const { place } = this.#state;
    const draftKey = this.#draftKey;
    if (input.is === "eventCame" && input.event.conversation?.id === place) this.#typing.hear(input.event);
    const notices = noticesOf(this.#state, input);
    const { state, commands } = step(this.#state, input, this.#keeping.read());
    this.#state = state;
    if (state.place !== place) this.#typing.stop();
    if (input.is !== "turned" && this.#draftKey !== draftKey) void this.#drafts.move(draftKey, this.#draftKey);
    for (const command of commands) (this.#carryOut[command.do] as (command: Command) => void)(command);
    this.#onChange();
    notices.forEach(this.#onNotice);
  }

  readonly #carryOut: { readonly [K in Command["do"]]: (command: Extract<Command, { readonly do: K }>) => void } = {
    fetchSnapshot: async ({ open }) => {
      const answer = await this.#api.ask("snapshot", { id: open ?? "", isOpen: open !== null });
      if (answer.is === "refused") this.#take({ is: "visitRefused", refusal: answer.refusal });
      this.#take(answer.is === "done" ? { is: "snapshotCame", snapshot: answer.value } : { is: "snapshotFailed" });
      if (answer.is === "done") void this.#customer.tell();
    },
    connect: () => void this.#live.connect(),
    disconnect: () => this.#live.disconnect(),
    subscribe: ({ after }) => this.#live.subscribe({ after }),
    unsubscribe: () => this.#live.unsubscribe(),
    keep: ({ unsent }) => this.#keeping.keep(unsent),
    forget: ({ clientId }) => this.#keeping.forget(clientId),
    send: ({ unsent }) => void this.#send(unsent),
    markRead: async ({ conversationId, seq }) => {
      const answer = await this.#api.ask("markRead", { input: { conversationId, seq } });
      if (answer.is === "unreachable" || answer.is === "unauthenticated")
        this.#take({ is: "markFailed", conversationId });
    },
    wait: ({ what, ms }) => {
      this.#waits.get(what)?.();
      const fire = () => this.#take({ is: what });
      this.#waits.set(what, this.#outside.clock.after(ms * (0.5 + this.#outside.random() / 2), fire));
    },
  };

  async #send(unsent: Held): Promise<void> {
    const { clientId, body, talk, isBegun } = unsent;
    if (!(await this.#keeping.confirm(unsent))) return this.#take({ is: "sendOutdated" });
    if (isBegun) {
      const answer = await this.#api.ask("sendMessage", { input: { conversationId: talk, clientId, body } });
      if (answer.is !== "done") return this.#miss(answer);
      this.#take({ is: "sent", message: answer.value.sendMessage.message });
    } else {
      const answer = await this.#api.ask("startConversation", { input: { clientId, body } });
      if (answer.is !== "done") return this.#miss(answer);
      this.#take({ is: "begun", conversation: answer.value.startConversation.conversation });
    }
  }

  #miss(answer: Exclude<Answer<unknown>, { is: "done" }>): void {
    this.#take(answer.is === "refused" ? { is: "sendRefused", refusal: answer.refusal } : { is: "sendFailed" });
  }
}
