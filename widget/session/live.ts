import { type ChatEvent, operations } from "../operations.ts";
import type { Answer } from "./ask.ts";
import type { Outside, Socket } from "./outside.ts";
import { retryDelay } from "./retry-delay.ts";

export interface LiveSettings {
  readonly url: string;
  /** An access token; `stale` is one the socket has been turned down with. */
  token(stale?: string): Promise<Answer<string>>;
  onEvent(event: ChatEvent): void;
  /** The socket is up and subscribed, or it is lost and will come back by itself. */
  onReach(isUp: boolean): void;
  /** The subscription itself was turned down: asking again with the same variables will not help. */
  onTurnedDown(): void;
}

export interface Following {
  readonly after: string;
  readonly conversationId: string;
}

type Frame = {
  readonly type: string;
  readonly id?: string;
  readonly payload?: { readonly data?: { readonly events: ChatEvent } };
};

const ACK_PATIENCE_MS = 10_000;
const PING_EVERY_MS = 20_000;
const SILENCE_LIMIT_MS = 30_000;
const STEADY_MS = 10_000;
const TURNED_DOWN_CODES = [4401, 4403];

/** Follows one conversation by graphql-transport-ws: one socket, one subscription, resumed where it stopped. A library for the protocol would cost 2.5 kB of the widget's bytes. */
export class Live {
  readonly #outside: Outside;
  readonly #settings: LiveSettings;
  #following: (() => Following) | null = null;
  #socket: Socket | null = null;
  #isAcknowledged = false;
  #isConnecting = false;
  #isSubscribed = false;
  #subscription = 0;
  #failures = 0;
  #token = "";
  #stale: string | undefined;
  #heardAt = 0;
  readonly #timers = new Set<() => void>();

  constructor(outside: Outside, settings: LiveSettings) {
    this.#outside = outside;
    this.#settings = settings;
  }

  /** Follows from now on what `following` answers, asked anew at every (re)subscription. */
  follow(following: () => Following): void {
    this.#following = following;
    if (this.#isAcknowledged) this.#subscribe();
    else if (!this.#socket) void this.hasten();
  }

  /** Takes no more events of the present subscription; the socket stays for the next. */
  pause(): void {
    this.#following = null;
    this.#unsubscribe();
  }

  /** Connects now, where it was waiting to. */
  async hasten(): Promise<void> {
    if (this.#socket || this.#isConnecting || !this.#following) return;
    this.#cancelTimers();
    this.#isConnecting = true;
    const answer = await this.#settings.token(this.#stale);
    this.#isConnecting = false;
    if (!this.#following) return;
    try {
      if (answer.is === "done") return this.#connect(answer.value);
    } catch {
      // The browser forbids the socket itself, such as ws: under https:. It is as good as lost.
    }
    this.#retryLater();
  }

  /** Connects anew: while the network was away, the socket may have died without a word. */
  renew(): void {
    this.#drop();
    void this.hasten();
  }

  /** Ends it: no socket, no repetition. */
  stop(): void {
    this.#following = null;
    this.#drop();
  }

  #connect(token: string): void {
    this.#token = token;
    this.#stale = undefined;
    const socket = this.#outside.openSocket(this.#settings.url, "graphql-transport-ws");
    this.#socket = socket;
    socket.onopen = () => this.#post({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data as string) as Frame);
    socket.onclose = ({ code }) => this.#lose(code);
    this.#later(ACK_PATIENCE_MS, () => this.#lose());
  }

  #hear(frame: Frame): void {
    this.#heardAt = this.#outside.clock.now();
    const isOurs = frame.id === String(this.#subscription);
    if (frame.type === "connection_ack") this.#begin();
    else if (frame.type === "ping") this.#post({ type: "pong" });
    else if (frame.type === "next" && isOurs && frame.payload?.data) this.#settings.onEvent(frame.payload.data.events);
    else if (isOurs && (frame.type === "error" || frame.type === "next")) this.#settings.onTurnedDown();
    else if (isOurs && frame.type === "complete") this.#lose();
  }

  #begin(): void {
    this.#cancelTimers();
    this.#isAcknowledged = true;
    // Only a socket that lasts counts as success: one accepted and closed at once must not be retried without pause.
    this.#later(STEADY_MS, () => {
      this.#failures = 0;
    });
    this.#watchSilence();
    this.#subscribe();
    this.#settings.onReach(true);
  }

  #subscribe(): void {
    this.#unsubscribe();
    if (!this.#following) return;
    const variables = this.#following();
    this.#isSubscribed = true;
    this.#post({ id: String(this.#subscription), type: "subscribe", payload: { query: operations.events, variables } });
  }

  // The next subscription gets a new number, so that frames of this one that are still under way are not taken for its own.
  #unsubscribe(): void {
    if (this.#isSubscribed) this.#post({ id: String(this.#subscription), type: "complete" });
    this.#isSubscribed = false;
    this.#subscription += 1;
  }

  #watchSilence(): void {
    this.#later(PING_EVERY_MS, () => {
      if (this.#outside.clock.now() - this.#heardAt > SILENCE_LIMIT_MS) return this.#lose();
      this.#post({ type: "ping" });
      this.#watchSilence();
    });
  }

  #lose(code?: number): void {
    if (code && TURNED_DOWN_CODES.includes(code)) this.#stale = this.#token;
    this.#drop();
    if (this.#following) this.#retryLater();
  }

  #retryLater(): void {
    if (this.#failures > 0) this.#settings.onReach(false);
    this.#later(retryDelay(this.#failures++, this.#outside.random()), () => void this.hasten());
  }

  #drop(): void {
    this.#cancelTimers();
    const socket = this.#socket;
    this.#socket = null;
    this.#isAcknowledged = false;
    this.#isSubscribed = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #post(frame: object): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  #later(milliseconds: number, work: () => void): void {
    const cancel = this.#outside.clock.after(milliseconds, () => {
      this.#timers.delete(cancel);
      work();
    });
    this.#timers.add(cancel);
  }

  #cancelTimers(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }
}
