import type { Socket } from "../../widget/session/outside.ts";
import type { ModelServer, Told } from "./model-server.ts";
import type { Tab } from "./tab.ts";

type Frame = {
  readonly type: string;
  readonly id: string;
  readonly payload: {
    readonly authorization: string;
    readonly variables: { readonly after: string };
  };
};

/** A browser's socket, the wire with the bytes under way both ways, and the server's end. Frames are lines: what was cut off before its end never arrives. */
export class Line implements Socket {
  onopen: Socket["onopen"] = null;
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  /** Bytes under way: to the server, to the browser. */
  readonly up: Buffer[] = [];
  readonly down: Buffer[] = [];
  readonly tab: Tab;
  /** Of the session that opened it. */
  readonly failedAt: Map<string, number>;
  isOpen = false;
  isOver = false;
  /** Half open: takes everything and carries nothing. */
  isDumb = false;
  readonly #server: ModelServer;
  readonly #now: () => number;
  #token = "";
  #subscription: { readonly id: string; readonly visitor: string } | null = null;
  #partUp = "";
  #partDown = "";

  constructor(server: ModelServer, { tab, now }: { tab: Tab; now: () => number }) {
    this.#server = server;
    this.tab = tab;
    this.failedAt = tab.failedAt;
    this.#now = now;
  }

  send(text: string): void {
    if (!this.isOver && !this.isDumb) this.up.push(Buffer.from(`${text}\n`));
  }

  close(): void {
    this.isOver = true;
  }

  /** The handshake is through. */
  open(): void {
    this.isOpen = true;
    this.onopen?.call(null as never, {} as Event);
  }

  /** Ends it, as the browser sees it. */
  cut(code = 1006, reason = ""): void {
    if (this.isOver) return;
    this.isOver = true;
    this.onclose?.call(null as never, { code, reason } as CloseEvent);
  }

  /** Carries at most so many bytes one way. */
  carry(way: "up" | "down", bytes: number): void {
    const queue = this[way];
    const all = Buffer.concat(queue.splice(0));
    if (bytes < all.length) queue.push(all.subarray(bytes));
    const arrived = all.subarray(0, bytes).toString("latin1");
    const lines = ((way === "up" ? this.#partUp : this.#partDown) + arrived).split("\n");
    const rest = lines.pop()!;
    if (way === "up") this.#partUp = rest;
    else this.#partDown = rest;
    for (const line of lines) {
      if (this.isOver) return;
      const text = Buffer.from(line, "latin1").toString("utf8");
      if (way === "up") this.#serve(JSON.parse(text) as Frame);
      else this.onmessage?.call(null as never, { data: text } as MessageEvent);
    }
  }

  /** The server tells an event to whom it concerns. */
  tell({ talk, event }: Told): void {
    if (this.#subscription?.visitor === talk.visitor) this.#next(event);
  }

  /** Ends the socket of a token that is no longer valid. */
  checkToken(): void {
    if (this.#token && !this.#server.visits.visitorOf(this.#token, this.#now())) this.cut(4403);
  }

  #serve({ type, id, payload }: Frame): void {
    if (type === "connection_init") {
      this.#token = payload.authorization.slice("Bearer ".length);
      this.checkToken();
      this.#post({ type: "connection_ack" });
    } else if (type === "ping") this.#post({ type: "pong" });
    else if (type === "complete" && id === this.#subscription?.id) this.#subscription = null;
    else if (type === "subscribe") this.#subscribe(id, payload.variables);
  }

  #subscribe(id: string, { after }: { after: string }): void {
    const { log, ring, visits } = this.#server;
    const visitor = visits.visitorOf(this.#token, this.#now());
    if (!visitor) return this.#post({ type: "error", id, payload: [] });
    this.#subscription = { id, visitor };
    const end = `${log.length}`;
    const occurredAt = new Date(this.#now()).toISOString();
    if (Number(after) < ring)
      this.#next({ __typename: "ReloadRequired", cursor: end, seq: null, occurredAt, conversation: null });
    else for (const told of log.slice(Number(after))) this.tell(told);
  }

  #next(event: object): void {
    this.#post({ type: "next", id: this.#subscription!.id, payload: { data: { events: event } } });
  }

  #post(frame: object): void {
    if (!this.isOver && !this.isDumb) this.down.push(Buffer.from(`${JSON.stringify(frame)}\n`));
  }
}
