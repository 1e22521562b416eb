import { type Api, openApi } from "./api.ts";
import type { Answer } from "./ask.ts";
import { type Keeping, openKeeping } from "./keeping.ts";
import { type Live, openLive } from "./live.ts";
import { asleep, type Command, type Input, type State, type Unsent, type Wait } from "./machine/state.ts";
import { step } from "./machine/step.ts";
import type { Outside } from "./outside.ts";
import { unreadCount } from "./thread.ts";
import { Typing } from "./typing.ts";
import type { View } from "./view.ts";
import { openVisitKeeper, type VisitKeeper } from "./visit-keeper.ts";

export interface SessionSettings {
  /** Origin of the API, such as https://chat.example. */
  readonly api: string;
  readonly inboxKey: string;
  readonly locale: string;
  readonly zone: string;
}

/** One customer's visit of one inbox: brings what happens to the machine and carries out what it commands. Knows no DOM. */
export class Session {
  readonly #outside: Outside;
  readonly #onChange: () => void;
  readonly #visit: VisitKeeper;
  readonly #api: Api;
  readonly #live: Live;
  readonly #keeping: Keeping;
  readonly #typing: Typing;
  readonly #waits = new Map<Wait, () => void>();
  readonly #unheed: () => void;
  #isClosed = false;
  #state: State = asleep;

  /** `onChange` is called whenever the view may have changed. */
  constructor(settings: SessionSettings, outside: Outside, onChange: () => void) {
    const { inboxKey, locale, zone } = settings;
    const url = `${settings.api}/graphql`;
    const take = (input: Input) => this.#take(input);
    this.#outside = outside;
    this.#onChange = onChange;
    this.#visit = openVisitKeeper(outside, { url, inboxKey, locale, zone });
    this.#api = openApi(outside, { url, visit: this.#visit, take });
    const token = (stale?: string) => this.#api.token(stale);
    this.#live = openLive(outside, { url: url.replace(/^http/, "ws"), token, take });
    this.#typing = new Typing(outside.clock, {
      tell: (isTyping) => {
        const conversationId = this.#state.thread?.conversationId;
        if (conversationId) void this.#api.ask("setTyping", { input: { conversationId, isTyping } });
      },
      onChange,
    });
    this.#keeping = openKeeping(outside.store, inboxKey);
    this.#state = { ...asleep, unsent: this.#keeping.read() };
    this.#unheed = this.#keeping.heed(() => this.#take({ is: "keptChanged" }));
  }

  get view(): View {
    const { phase, refusal, isReachable, thread, unsent } = this.#state;
    return {
      ...{ phase, refusal, isReachable, thread, unsent },
      inboxName: this.#visit.current()?.inbox.name ?? null,
      typing: this.#typing.person,
      unread: thread ? unreadCount(thread) : 0,
    };
  }

  /** Goes on with a visit that this device keeps; without one nothing is asked, so that a page merely viewed makes no visitor. */
  resume(): void {
    this.#take({ is: "opened", hasVisit: this.#visit.current() !== null });
  }

  /** Whether the customer has the chat before their eyes: begins the visit where there is none, and what arrives meanwhile is read. */
  watch(isWatching: boolean): void {
    this.#take({ is: "watched", isWatching });
  }

  /** The network is said to be back, or gone. */
  connection(isOnline: boolean): void {
    this.#take({ is: "networkChanged", isOnline });
  }

  /** Sends a message: kept at once, repeated until acknowledged or refused. Whitespace alone is no message. */
  send(text: string): void {
    const body = text.trim();
    if (!body) return;
    this.#typing.sent();
    this.#take({ is: "wrote", clientId: this.#outside.newId(), body, at: this.#outside.clock.now() });
  }

  /** Sends a refused message again; one refused by a closed conversation begins a new one. */
  tryAgain(clientId: string): void {
    this.#take({ is: "triedAgain", clientId, at: this.#outside.clock.now() });
  }

  /** Gives an unsent message up. */
  discard(clientId: string): void {
    this.#take({ is: "discarded", clientId });
  }

  /** Leaves the present conversation: the next message begins a new one. */
  startOver(): void {
    this.#take({ is: "startedOver" });
  }

  /** The customer has changed the text in the composer. */
  write(isEmpty: boolean): void {
    if (isEmpty) this.#typing.rest();
    else if (this.#state.thread) this.#typing.write();
  }

  /** Fetches the messages before those at hand. */
  async showEarlier(): Promise<void> {
    const { thread } = this.#state;
    if (!thread?.earlier) return;
    const before = thread.earlier;
    const answer = await this.#api.ask("earlier", { id: thread.conversationId, before });
    const page = answer.is === "done" && answer.value.conversation?.messages;
    if (page) this.#take({ is: "earlierCame", before, page });
  }

  /** Lets go of the network and of every timer. What is unsent stays kept. */
  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#waits.values()) cancel();
    this.#unheed();
    this.#live.disconnect();
    this.#typing.stop();
  }

  #take(input: Input): void {
    if (this.#isClosed) return;
    if (input.is === "eventCame") this.#typing.hear(input.event);
    const { state, commands } = step(this.#state, input, this.#keeping.read());
    this.#state = state;
    if (!state.thread) this.#typing.stop();
    for (const command of commands) (this.#carryOut[command.do] as (command: Command) => void)(command);
    this.#onChange();
  }

  readonly #carryOut: { readonly [K in Command["do"]]: (command: Extract<Command, { readonly do: K }>) => void } = {
    fetchSnapshot: async () => {
      const answer = await this.#api.ask("snapshot", {});
      if (answer.is === "refused") this.#take({ is: "visitRefused", refusal: answer.refusal });
      this.#take(answer.is === "done" ? { is: "snapshotCame", snapshot: answer.value } : { is: "snapshotFailed" });
    },
    connect: () => void this.#live.connect(),
    disconnect: () => this.#live.disconnect(),
    subscribe: ({ after, conversationId }) => this.#live.subscribe({ after, conversationId }),
    unsubscribe: () => this.#live.unsubscribe(),
    keep: ({ unsent }) => this.#keeping.keep(unsent),
    forget: ({ clientId }) => this.#keeping.forget(clientId),
    send: ({ unsent }) => void this.#send(unsent),
    markRead: async ({ conversationId, seq }) => {
      const answer = await this.#api.ask("markRead", { input: { conversationId, seq } });
      if (answer.is === "unreachable" || answer.is === "unauthenticated") this.#take({ is: "markFailed" });
    },
    wait: ({ what, ms }) => {
      this.#waits.get(what)?.();
      const fire = () => this.#take({ is: what });
      this.#waits.set(what, this.#outside.clock.after(ms * (0.5 + this.#outside.random() / 2), fire));
    },
  };

  async #send({ clientId, body, target }: Unsent): Promise<void> {
    if (target === "new") {
      const answer = await this.#api.ask("startConversation", { input: { clientId, body } });
      if (answer.is !== "done") return this.#miss(answer);
      this.#take({ is: "begun", conversation: answer.value.startConversation.conversation });
    } else {
      const answer = await this.#api.ask("sendMessage", { input: { conversationId: target, clientId, body } });
      if (answer.is !== "done") return this.#miss(answer);
      this.#take({ is: "sent", message: answer.value.sendMessage.message });
    }
  }

  #miss(answer: Exclude<Answer<unknown>, { is: "done" }>): void {
    this.#take(answer.is === "refused" ? { is: "sendRefused", refusal: answer.refusal } : { is: "sendFailed" });
  }
}
