import type { Duplex } from "node:stream";
import type { ExecutionResult, GraphQLError } from "graphql";
import { CloseCode, type ConnectionInitMessage, type Message, MessageType, validateMessage } from "graphql-ws";
import { type RawData, WebSocket } from "ws";
import type { Actor } from "../../kernel/actor.ts";
import { isUnavailable } from "../../kernel/database.ts";
import { type Held, type Holder, hold, letGo } from "../../kernel/live/rights.ts";
import { log } from "../../kernel/logging.ts";
import { rightToAct } from "../../people/rights.ts";
import type { BearerRefusal } from "../authenticate.ts";
import { identify } from "../identify.ts";
import { closeLine } from "../limits/lines.ts";
import { badCredential } from "./refused.ts";
import { beginOperation, type SocketOperation } from "./socket-operation.ts";

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
  held: Held = [];
  operations: readonly SocketOperation[] = [];
  /** Where frames made by us are written. */
  wire!: Duplex;
  handshake!: Handshake;
  home!: Home;

  /** A socket must not outlive the credential that opened it: neither its expiry nor the right to it. */
  loseRight(): void {
    this.refuse("token_invalid");
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

  /** The first reason to close is the one that is told. */
  end(code: number, reason: string): void {
    if (this.readyState === this.OPEN) this.close(code, reason);
  }
}

/** Speaks on a socket that was just opened. Its line is closed with it. */
export function serveSocket(socket: GraphqlSocket, given: { wire: Duplex; handshake: Handshake; home: Home }): void {
  Object.assign(socket, given);
  given.home.sockets.add(socket);
  socket.on("message", hear).on("pong", noteLife).on("error", socket.terminate).on("close", leave);
}

function noteLife(this: WebSocket): void {
  (this as GraphqlSocket).isAnswered = true;
}

function leave(this: WebSocket): void {
  const socket = this as GraphqlSocket;
  socket.home.sockets.delete(socket);
  closeLine(socket.handshake.address);
  letGo(socket.held, socket);
  for (const operation of socket.operations) operation.stop();
}

function hear(this: WebSocket, bytes: RawData, isBinary: boolean): void {
  const socket = this as GraphqlSocket;
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
      return socket.operations.find(({ id }) => id === message.id)?.stop();
    default:
      socket.end(CloseCode.BadRequest, "Unexpected message");
  }
}

async function initialise(socket: GraphqlSocket, { payload }: ConnectionInitMessage): Promise<void> {
  if (socket.state !== "fresh")
    return socket.end(CloseCode.TooManyInitialisationRequests, "Too many initialisation requests");
  socket.state = "initialising";
  const { origin } = socket.handshake;
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
