import type { Duplex } from "node:stream";
import type { ExecutionResult, GraphQLError } from "graphql";
import { CloseCode, type ConnectionInitMessage, type Message, MessageType, validateMessage } from "graphql-ws";
import { type RawData, WebSocket } from "ws";
import type { Actor } from "../../kernel/actor.ts";
import { isUnavailable } from "../../kernel/database-faults.ts";
import { type Few, membersOf } from "../../kernel/few.ts";
import { MOST_WAITING } from "../../kernel/live/view.ts";
import { type Held, type Holder, hold, letGo } from "../../kernel/live/rights.ts";
import { log } from "../../kernel/logging.ts";
import { isRole, rightToAct } from "../../people/rights.ts";
import type { BearerRefusal } from "../authenticate.ts";
import { identify } from "../identify.ts";
import { closeLine } from "../limits/lines.ts";
import { badCredential } from "./refused.ts";
import { beginOperation, operationOf, type SocketOperation } from "./socket-operation.ts";

/** Closed by us with the advice to come back and resume; graphql-ws clients retry it. */
export const TRY_AGAIN = 1013;

/** What the handshake told. */
export type Handshake = { address: string; origin: string | undefined; acceptLanguage: string | undefined };

/** What the sockets of one server share. */
export type Home = { publicUrl: string; sockets: Set<GraphqlSocket> };

/**
 * A socket that speaks graphql-transport-ws. Written out instead of taken from graphql-ws's server, which executes and
 * serialises once per subscriber; messages are still checked by graphql-ws itself, and its unmodified client is served.
 * Thousands wait idle, so it is one object: no closure, timer or map of its own.
 */
export class GraphqlSocket extends WebSocket implements Holder {
  state: "fresh" | "initialising" | "ready" = "fresh";
  /** Whether our last ping was answered, and the tick of the pulse that asks. */
  isAnswered = true;
  dueTick = 0;
  actor: Actor | null = null;
  held: Held = undefined;
  operations: Few<SocketOperation> = undefined;
  /** Where frames made by us are written. */
  wire!: Duplex;
  address!: string;
  origin: string | undefined = undefined;
  acceptLanguage: string | undefined = undefined;
  home!: Home;

  /** What ws has to tell is taken here: a table of listeners, the same for each socket, would weigh 250 bytes. */
  override emit(event: string | symbol, ...told: unknown[]): boolean {
    switch (event) {
      case "message":
        hear(this, ...(told as [RawData, boolean]));
        return true;
      case "ping":
        this.answerPing(told[0] as Buffer);
        return true;
      case "pong":
        this.isAnswered = true;
        return true;
      case "error":
        this.terminate();
        return true;
      case "close":
        leave(this);
    }
    return super.emit(event, ...told);
  }

  /** Who pings and does not read what is answered is no reader. */
  answerPing(words: Buffer): void {
    if (this.isLagging()) this.terminate();
    else if (this.readyState === this.OPEN) this.pong(words);
  }

  isLagging(): boolean {
    return this.wire.writableLength > MOST_WAITING;
  }

  /** A socket must not outlive the credential that opened it: neither its expiry nor the right to it, nor the role it gave. */
  loseRight(key: string): void {
    this.stopOperations();
    if (isRole(key)) this.end(TRY_AGAIN, "Your role has changed");
    else this.refuse("token_invalid");
  }

  refuse(refusal: BearerRefusal): void {
    this.end(CloseCode.Forbidden, badCredential(refusal).error.message);
  }

  tell(message: object): void {
    if (this.readyState === this.OPEN) this.send(JSON.stringify(message));
  }

  finish(id: string, result: ExecutionResult): void {
    if (result.errors && result.data === undefined) return this.fail(id, result.errors);
    this.tell({ id, type: MessageType.Next, payload: result });
    this.tell({ id, type: MessageType.Complete });
  }

  fail(id: string, errors: readonly GraphQLError[]): void {
    this.tell({ id, type: MessageType.Error, payload: errors });
  }

  stopOperations(): void {
    for (const operation of membersOf(this.operations)) operation.stop();
  }

  /** The first reason to close is the one that is told. */
  end(code: number, reason: string): void {
    if (this.readyState === this.OPEN) this.close(code, reason);
  }
}

/** Speaks on a socket that was just opened. Its line is closed with it. */
export function serveSocket(socket: GraphqlSocket, given: Handshake & { wire: Duplex; home: Home }): void {
  Object.assign(socket, given);
  slim(socket);
  given.home.sockets.add(socket);
}

/** Drops what Node keeps of each socket, an empty table of listeners and the address: it makes them anew when asked. */
function slim(socket: GraphqlSocket): void {
  Object.assign(socket, { _events: undefined });
  Object.assign(socket.wire, { _peername: undefined });
}

function leave(socket: GraphqlSocket): void {
  socket.home.sockets.delete(socket);
  closeLine(socket.address);
  letGo(socket.held, socket);
  socket.stopOperations();
}

function hear(socket: GraphqlSocket, bytes: RawData, isBinary: boolean): void {
  // A socket that we are closing still hears until the other side agrees.
  if (socket.readyState !== socket.OPEN) return;
  const message = isBinary ? undefined : readMessage(String(bytes));
  if (!message) return socket.end(CloseCode.BadRequest, "Invalid message received");
  receive(socket, message).catch((fault) => {
    if (isUnavailable(fault)) return socket.end(TRY_AGAIN, "Try again");
    log().error({ err: fault }, "A WebSocket message failed.");
    socket.end(CloseCode.InternalServerError, "Internal server error");
  });
}

function readMessage(text: string): Message | undefined {
  try {
    return validateMessage(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function receive(socket: GraphqlSocket, message: Message): Promise<void> {
  switch (message.type) {
    case MessageType.ConnectionInit:
      return initialise(socket, message);
    case MessageType.Ping:
      return socket.tell({ type: MessageType.Pong, payload: message.payload });
    case MessageType.Pong:
      return;
    case MessageType.Subscribe:
      if (socket.state !== "ready") return socket.end(CloseCode.Unauthorized, "Unauthorized");
      return beginOperation(socket, message);
    case MessageType.Complete:
      return operationOf(socket, message.id)?.stop();
    default:
      socket.end(CloseCode.BadRequest, "Unexpected message");
  }
}

async function initialise(socket: GraphqlSocket, { payload }: ConnectionInitMessage): Promise<void> {
  if (socket.state !== "fresh")
    return socket.end(CloseCode.TooManyInitialisationRequests, "Too many initialisation requests");
  socket.state = "initialising";
  const { origin } = socket;
  const given = payload?.authorization ?? payload?.Authorization;
  const caller = await identify(
    { authorization: given === undefined ? undefined : String(given), origin },
    socket.home.publicUrl,
  );
  if (!caller.ok) return socket.refuse(caller.refusal);
  if (socket.readyState !== socket.OPEN) return;
  socket.actor = caller.value;
  if (socket.actor) socket.held = hold(rightToAct(socket.actor), socket);
  socket.state = "ready";
  socket.tell({ type: MessageType.ConnectionAck });
}
