import type { ChatEvent, Refusal, Snapshot } from "../operations.ts";
import { Api } from "./api.ts";
import type { Answer } from "./ask.ts";
import { Live } from "./live.ts";
import { Outbox, type Unsent } from "./outbox.ts";
import type { Outside } from "./outside.ts";
import { Snapshots } from "./snapshots.ts";
import { applyEvent, isFromTeam, type Thread, threadOf, unreadCount, withEarlier, withMessage } from "./thread.ts";
import { Typing } from "./typing.ts";
import type { View } from "./view.ts";
import { VisitKeeper } from "./visit-keeper.ts";

export interface SessionSettings {
  /** Origin of the API, such as https://chat.example. */
  readonly api: string;
  readonly inboxKey: string;
  readonly locale: string;
  readonly zone: string;
}

/** One customer's visit of one inbox: what was said, what is still to be sent, and the line to the team. Knows no DOM. */
export class Session {
  readonly #visit: VisitKeeper;
  readonly #api: Api;
  readonly #snapshots: Snapshots;
  readonly #live: Live;
  readonly #outbox: Outbox;
  readonly #typing: Typing;
  readonly #onChange: () => void;
  #phase: View["phase"] = "asleep";
  #refusal: Refusal | null = null;
  #isReachable = true;
  #isWatching = false;
  #thread: Thread | null = null;
  #cursor = "";
  #leftBehind: string | null = null;

  /** `onChange` is called whenever the view may have changed. */
  constructor(settings: SessionSettings, outside: Outside, onChange: () => void) {
    const { inboxKey, locale, zone } = settings;
    const url = `${settings.api}/graphql`;
    const onReach = (isUp: boolean) => this.#reach(isUp);
    const onRefused = (refusal: Refusal) => this.#end(refusal);
    this.#onChange = onChange;
    this.#visit = new VisitKeeper(outside, { url, inboxKey, locale, zone });
    this.#api = new Api(outside, { url, visit: this.#visit, onReach, onRefusedVisit: onRefused });
    this.#snapshots = new Snapshots(outside, {
      api: this.#api,
      onSnapshot: (snapshot) => this.#adopt(snapshot),
      onRefused,
    });
    this.#live = new Live(outside, {
      url: url.replace(/^http/, "ws"),
      token: (stale) => this.#api.token(stale),
      onEvent: (event) => this.#take(event),
      onReach,
      onTurnedDown: () => this.#snapshots.loadLater(),
    });
    this.#outbox = new Outbox(outside, {
      inboxKey,
      targetNow: () => this.#thread?.conversationId ?? "new",
      deliver: (unsent) => this.#deliver(unsent),
      onChange,
    });
    this.#typing = new Typing(outside.clock, {
      tell: (isTyping) =>
        this.#thread && this.#api.setTyping({ conversationId: this.#thread.conversationId, isTyping }),
      onChange,
    });
  }

  get view(): View {
    return {
      phase: this.#phase,
      refusal: this.#refusal,
      isReachable: this.#isReachable,
      inboxName: this.#visit.current()?.inbox.name ?? null,
      thread: this.#thread,
      unsent: this.#outbox.unsent,
      typing: this.#typing.person,
      unread: this.#thread ? unreadCount(this.#thread) : 0,
    };
  }

  /** Goes on with a visit that this device keeps; without one nothing is asked, so that a page merely viewed makes no visitor. */
  resume(): void {
    if (this.#visit.current() || this.#outbox.unsent.length > 0) this.#load();
  }

  /** Whether the customer has the chat before their eyes: begins the visit where there is none, and what arrives meanwhile is read. */
  watch(isWatching: boolean): void {
    this.#isWatching = isWatching;
    if (isWatching && !this.#thread && !this.#leftBehind) this.#load();
    else this.#markRead();
  }

  /** The network is said to be back, or gone. */
  connection(isOnline: boolean): void {
    if (!isOnline) return void this.#reach(false);
    if (this.#snapshots.isWaiting) this.#load();
    this.#live.renew();
    if (this.#phase === "ready") void this.#outbox.flush();
  }

  /** Sends a message: kept at once, repeated until acknowledged or refused. Whitespace alone is no message. */
  send(text: string): void {
    const body = text.trim();
    if (!body) return;
    this.#typing.sent();
    this.#outbox.add(body);
    this.#deliverAll();
  }

  /** Sends a refused message again; one refused by a closed conversation begins a new one. */
  tryAgain(clientId: string): void {
    const unsent = this.#outbox.unsent.find((one) => one.clientId === clientId);
    if (unsent?.refusal?.code === "ConversationClosed") this.startOver();
    this.#outbox.renew(clientId);
    this.#deliverAll();
  }

  /** Gives an unsent message up. */
  discard(clientId: string): void {
    this.#outbox.discard(clientId);
  }

  /** Leaves the present conversation: the next message begins a new one. */
  startOver(): void {
    this.#leftBehind = this.#thread?.conversationId ?? null;
    this.#live.pause();
    this.#typing.stop();
    this.#thread = null;
    this.#onChange();
  }

  /** The customer has changed the text in the composer. */
  write(isEmpty: boolean): void {
    if (isEmpty) this.#typing.rest();
    else if (this.#thread) this.#typing.write();
  }

  /** Fetches the messages before those at hand. */
  async showEarlier(): Promise<void> {
    const thread = this.#thread;
    if (!thread?.earlier) return;
    const answer = await this.#api.earlier(thread.conversationId, thread.earlier);
    if (answer.is !== "done" || !answer.value || this.#thread?.earlier !== thread.earlier) return;
    this.#change(withEarlier(this.#thread, answer.value));
  }

  /** Lets go of the network and of every timer. What is unsent stays kept. */
  close(): void {
    this.#snapshots.stop();
    this.#live.stop();
    this.#outbox.stop();
    this.#typing.stop();
  }

  #load(): void {
    if (this.#phase !== "ready") this.#phase = "opening";
    void this.#snapshots.load();
    this.#onChange();
  }

  #adopt(snapshot: Snapshot): void {
    const conversation = snapshot.conversations.edges[0]?.node;
    this.#phase = "ready";
    this.#refusal = null;
    this.#cursor = snapshot.eventCursor;
    if (conversation && conversation.id !== this.#leftBehind) this.#follow(threadOf(conversation, this.#thread));
    this.#onChange();
    void this.#outbox.flush();
  }

  #follow(thread: Thread): void {
    this.#change(thread);
    this.#live.follow(() => ({ after: this.#cursor, conversationId: thread.conversationId }));
  }

  #take(event: ChatEvent): void {
    if (!this.#thread) return;
    const { thread, isGap } = applyEvent(this.#thread, event);
    if (isGap || event.__typename === "ReloadRequired") {
      this.#live.pause();
      return void this.#load();
    }
    this.#cursor = event.cursor ?? this.#cursor;
    this.#typing.hear(event);
    this.#change(thread);
  }

  #deliverAll(): void {
    if (this.#phase === "ready") void this.#outbox.flush();
    else this.#load();
  }

  async #deliver({ clientId, body, target }: Unsent & { readonly target: string }): Promise<Answer<unknown>> {
    if (target === "new") return this.#begin(clientId, body);
    const answer = await this.#api.sendMessage({ conversationId: target, clientId, body });
    if (answer.is === "done" && this.#thread?.conversationId === target) {
      this.#change(withMessage(this.#thread, answer.value));
    }
    return answer;
  }

  async #begin(clientId: string, body: string): Promise<Answer<unknown>> {
    const answer = await this.#api.startConversation({ clientId, body });
    if (answer.is !== "done") return answer;
    this.#change(threadOf(answer.value, this.#thread));
    // Only a snapshot has the cursor to follow from.
    this.#load();
    return answer;
  }

  #markRead(): void {
    const last = this.#thread?.messages.findLast(isFromTeam);
    if (!this.#isWatching || !this.#thread || !last || last.seq <= this.#thread.readSeq) return;
    const { conversationId } = this.#thread;
    this.#thread = { ...this.#thread, readSeq: last.seq };
    this.#onChange();
    this.#api.markRead({ conversationId, seq: last.seq });
  }

  #change(thread: Thread): void {
    this.#thread = thread;
    this.#markRead();
    this.#onChange();
  }

  #reach(isReachable: boolean): void {
    if (isReachable === this.#isReachable) return;
    this.#isReachable = isReachable;
    this.#onChange();
  }

  #end(refusal: Refusal): void {
    this.#live.stop();
    this.#outbox.release();
    this.#thread = null;
    this.#refusal = refusal;
    this.#phase = "refused";
    // An ended visit is merely over: the next one begins when somebody wants it.
    if (refusal.code === "VisitEnded") {
      const isWanted = this.#isWatching || this.#outbox.unsent.length > 0;
      this.#phase = isWanted ? "opening" : "asleep";
      if (isWanted) this.#snapshots.loadLater();
    }
    this.#onChange();
  }
}
