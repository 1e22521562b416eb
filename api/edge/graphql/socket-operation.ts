import { GraphQLError } from "graphql";
import { CloseCode, type SubscribeMessage } from "graphql-ws";
import { countOf, including, membersOf, without } from "../../kernel/few.ts";
import { leave, type Reader } from "../../kernel/live/reader.ts";
import type { Held } from "../../kernel/live/rights.ts";
import type { Sink } from "../../kernel/live/view.ts";
import { done } from "../../kernel/outcome.ts";
import { type Writer, writeSoon } from "./delivery-round.ts";
import { type Run, withPayload, writeRun } from "./frame.ts";
import { perform } from "./operation.ts";
import { type GraphqlSocket, TRY_AGAIN } from "./socket.ts";

/** Operations open at once on one socket. */
const MOST_OPERATIONS = 50;
/** Payloads that wait are written together, but of no more than so many UTF-16 code units. */
const LONGEST_RUN = 16 * 1024;

/** An operation on a socket, from `subscribe` to whatever ends it. */
export class SocketOperation implements Sink, Writer {
  readonly id: string;
  readonly socket: GraphqlSocket;
  reader: Reader | undefined = undefined;
  waiting: Run | undefined = undefined;
  isStopped = false;

  constructor(socket: GraphqlSocket, id: string) {
    this.socket = socket;
    this.id = id;
    socket.operations = including(socket.operations, this);
  }

  get held(): Held {
    return this.socket.held;
  }

  stop(): void {
    const { socket, reader } = this;
    this.isStopped = true;
    this.waiting = undefined;
    socket.operations = without(socket.operations, this);
    if (reader) leave(reader);
  }

  deliver(payload: string): void {
    this.waiting = withPayload(this.waiting, payload);
    if (this.waiting.length > LONGEST_RUN) this.write();
    else if (!this.waiting.before) writeSoon(this);
  }

  /** A payload is made once for all; only the operation's id before it is this subscriber's own. */
  write(): void {
    const { id, socket, waiting } = this;
    this.waiting = undefined;
    if (waiting && socket.readyState === socket.OPEN) writeRun(socket.wire, waiting, id);
  }

  isLagging(): boolean {
    return this.socket.isLagging();
  }

  /** An empty ping is the end of the line: what was written before it has left for the network when it has. */
  drained(): Promise<void> {
    const { socket } = this;
    this.write();
    return new Promise((resolve) => {
      if (socket.readyState !== socket.OPEN) return resolve();
      socket.once("close", resolve);
      socket.ping(undefined, undefined, () => {
        socket.off("close", resolve);
        resolve();
      });
    });
  }

  /** What waits is dropped with the socket: the client comes back after the last cursor that it was sent. */
  end(reason: "lagging" | "resume" | "revoked"): void {
    this.socket.end(TRY_AGAIN, reason === "lagging" ? "Lagging, resume from your cursor" : "Resume from your cursor");
  }
}

/** The operation of this id on a socket, if one is open. */
export function operationOf(socket: GraphqlSocket, id: string): SocketOperation | undefined {
  for (const operation of membersOf(socket.operations)) if (operation.id === id) return operation;
  return undefined;
}

/** Begins what a client asks for, and answers it or follows it. */
export async function beginOperation(socket: GraphqlSocket, { id, payload }: SubscribeMessage): Promise<void> {
  if (operationOf(socket, id))
    return socket.end(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`);
  if (countOf(socket.operations) >= MOST_OPERATIONS) return socket.fail(id, tooMany());

  const operation = new SocketOperation(socket, id);
  const { address, origin, acceptLanguage } = socket;
  const asked = { params: payload, caller: done(socket.actor), address, origin, acceptLanguage };
  const answer = await perform({ transport: "websocket", ...asked });
  if (operation.isStopped || socket.readyState !== socket.OPEN) return;
  if ("subscription" in answer) {
    operation.reader = answer.subscription.open(operation);
    return;
  }
  operation.stop();
  if ("result" in answer) return socket.finish(id, answer.result);
  // Clients give a subscription up when it is answered with an error; a closed socket they open again.
  if (answer.refused.status === 503) return socket.end(TRY_AGAIN, "Try again");
  socket.fail(id, [answer.refused.error]);
}

function tooMany(): GraphQLError[] {
  const message = `A socket may have ${MOST_OPERATIONS} operations open.`;
  return [new GraphQLError(message, { extensions: { code: "TOO_MANY_OPERATIONS" } })];
}
