import type { ChatEvent } from "../../widget/operations.ts";
import type { Socket } from "../../widget/session/outside.ts";

/** The far end of one graphql-transport-ws socket. */
export class FarSocket implements Socket {
  onopen: Socket["onopen"] = null;
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  isMute = false;
  /** Whether the next ping is not answered. */
  losesPing = false;
  readonly #onSubscribe: (after: string) => void;
  #subscription: string | null = null;

  constructor(onSubscribe: (after: string) => void) {
    this.#onSubscribe = onSubscribe;
  }

  send(text: string): void {
    const frame = JSON.parse(text) as { type: string; id: string; payload: { variables: { after: string } } };
    if (frame.type === "connection_init") this.#answer({ type: "connection_ack" });
    if (frame.type === "ping" && !this.losesPing) this.#answer({ type: "pong" });
    if (frame.type === "ping") this.losesPing = false;
    if (frame.type === "complete" && frame.id === this.#subscription) this.#subscription = null;
    if (frame.type !== "subscribe") return;
    this.#subscription = frame.id;
    this.#onSubscribe(frame.payload.variables.after);
  }

  close(): void {
    this.#subscription = null;
  }

  tell(event: ChatEvent): void {
    if (this.#subscription)
      this.#answer({ type: "next", id: this.#subscription, payload: { data: { events: event } } });
  }

  #answer(frame: object): void {
    if (this.isMute) return;
    this.onmessage?.call(null as never, { data: JSON.stringify(frame) } as MessageEvent);
  }
}
