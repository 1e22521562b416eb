import type { ChatEvent } from "../../widget/operations.ts";
import type { Outside, Socket } from "../../widget/session/outside.ts";
import { FarApi, type Input } from "./far-api.ts";
import { FarSocket } from "./far-socket.ts";
import { NearSide } from "./near-side.ts";
import { questionOf } from "./question.ts";
import { settle } from "./settle.ts";

type Variables = Input & { readonly input?: Input };
type Asked = { readonly name: string; readonly input: Input };

/** The world outside one device's sessions: what its tabs share, the network, and at the far end of it the API. */
export class FarSide {
  readonly near = new NearSide();
  readonly api = new FarApi(this.near.clock.now, (event) => this.push(event));
  /** Every question that arrived, in order. */
  readonly asked: Asked[] = [];
  /** Every `after` a socket subscribed with. */
  readonly subscribedAfter: string[] = [];
  isReachable = true;
  /** Whether it is of a release that does not know the widget's documents. */
  isOld = false;
  /** The next answers are worked out and then lost on their way back. */
  answersToLose = 0;
  #sockets: FarSocket[] = [];
  #ids = 0;

  /** What one tab of the device sees. All tabs share storage, locks and time. */
  tab(): Outside {
    return {
      clock: this.near.clock,
      store: this.near.store,
      shelf: this.near.shelfOfTab(),
      newId: () => `id-${++this.#ids}`,
      random: () => 1,
      fetch: (_url, init) => this.#answer(init),
      openSocket: () => this.#open(),
      exclusively: (name, work) => this.near.exclusively(name, work),
    };
  }

  /** Lets this much time pass, timer by timer. */
  pass(milliseconds: number): Promise<void> {
    return this.near.pass(milliseconds);
  }

  /** Ann writes. Without `isPushed` the event is lost on its way. */
  async annWrites(
    body: string,
    { isPushed = true, into }: { isPushed?: boolean; into?: string } = {},
  ): Promise<ChatEvent> {
    const event = this.api.annWrites(body, into);
    if (isPushed) this.push(event);
    await settle();
    return event;
  }

  async close(): Promise<void> {
    this.push(this.api.close());
    await settle();
  }

  push(event: ChatEvent): void {
    for (const socket of this.#sockets) socket.tell(event);
  }

  signal(): { cursor: null; seq: null; occurredAt: string; conversation: { id: string } } {
    const occurredAt = new Date(this.near.clock.now()).toISOString();
    return { cursor: null, seq: null, occurredAt, conversation: { id: `conversation-${this.api.conversations}` } };
  }

  async dropSockets(code = 1006, reason = ""): Promise<void> {
    for (const socket of this.#sockets.splice(0)) socket.onclose?.call(null as never, { code, reason } as CloseEvent);
    await settle();
  }

  /** The sockets of now stay open and say nothing more. */
  muteSockets(): void {
    for (const socket of this.#sockets.splice(0)) socket.isMute = true;
  }

  /** The sockets of now do not answer their next ping. */
  loseNextPings(): void {
    for (const socket of this.#sockets) socket.losesPing = true;
  }

  /** How often a question of this name arrived. */
  count(name: string): number {
    return this.asked.filter((asked) => asked.name === name).length;
  }

  async #answer(init: RequestInit): Promise<Response> {
    const { documentId, variables } = JSON.parse(init.body as string) as { documentId: string; variables: Variables };
    if (!this.isReachable) throw new TypeError("the network is away");
    const name = questionOf(documentId);
    if (this.isOld) {
      return Response.json(
        { errors: [{ message: "?", extensions: { code: "PERSISTED_DOCUMENT_NOT_FOUND" } }] },
        { status: 400 },
      );
    }
    const { authorization } = init.headers as Record<string, string>;
    if (!this.api.admits(name, authorization)) {
      return Response.json({ errors: [{ message: "who?", extensions: { code: "UNAUTHENTICATED" } }] }, { status: 401 });
    }
    this.asked.push({ name, input: variables.input ?? {} });
    const data = this.api.answer(name, variables, authorization);
    if (this.answersToLose > 0) {
      this.answersToLose -= 1;
      throw new TypeError("the answer was lost");
    }
    return Response.json({ data });
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
}
