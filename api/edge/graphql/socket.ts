import type { Duplex } from "node:stream";
import { type ExecutionResult, GraphQLError } from "graphql";
import {
  CloseCode,
  type ConnectionInitMessage,
  type Message,
  MessageType,
  type SubscribeMessage,
  validateMessage,
} from "graphql-ws";
import type { WebSocket } from "ws";
import type { Actor } from "../../kernel/actor.ts";
import { isUnavailable } from "../../kernel/database.ts";
import { follow } from "../../kernel/live/follow.ts";
import type { Sink } from "../../kernel/live/view.ts";
import { log } from "../../kernel/logging.ts";
import { authenticateBearer } from "../authenticate.ts";
import { contextFor } from "./context.ts";
import { prepare, run, shown } from "./execute.ts";
import { nextFrame } from "./frame.ts";
import { credentialError } from "./http.ts";
import { openSubscription } from "./view.ts";

/** How long a socket may stay without `connection_init`, and between pings of ours, in ms. */
const INIT_MS = 5_000;
const PING_MS = 25_000;
/** The most that may wait for a slow reader, in bytes, before it is cut and told to resume. */
export const MOST_WAITING = 64 * 1024;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Operations open at once on one socket. */
const MOST_OPERATIONS = 50;
/** Closed by us with the advice to come back and resume; graphql-ws clients retry it. */
const TRY_AGAIN = 1013;

/** What the handshake told. */
export type Handshake = { origin: string | undefined; acceptLanguage: string | undefined };

/**
 * Speaks graphql-transport-ws on one socket. Written out instead of taken from graphql-ws's server, which executes and
 * serialises once per subscriber (58-72 us of CPU for each delivery against 13-20 us here); messages are still checked by
 * graphql-ws itself, and its unmodified client is served.
 */
export function serveSocket(socket: WebSocket, wire: Duplex, handshake: Handshake): void {
  const open = new Map<string, () => void>();
  let actor: Actor | null = null;
  let state: "fresh" | "initialising" | "ready" = "fresh";
  let isAnswered = true;
  let expiry: NodeJS.Timeout | undefined;

  const initTimer = setTimeout(() => {
    if (state !== "ready") close(CloseCode.ConnectionInitialisationTimeout, "Connection initialisation timeout");
  }, INIT_MS);
  const pingTimer = setInterval(() => {
    if (!isAnswered) return socket.terminate();
    isAnswered = false;
    socket.ping();
  }, PING_MS);

  socket.on("pong", () => {
    isAnswered = true;
  });
  socket.on("message", (bytes, isBinary) => {
    const message = isBinary ? undefined : readMessage(String(bytes));
    if (!message) return close(CloseCode.BadRequest, "Invalid message received");
    receive(message).catch((fault) => {
      if (isUnavailable(fault)) return close(TRY_AGAIN, "Try again");
      log().error({ err: fault }, "A WebSocket message failed.");
      close(CloseCode.InternalServerError, "Internal server error");
    });
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    clearTimeout(initTimer);
    clearTimeout(expiry);
    clearInterval(pingTimer);
    for (const stop of open.values()) stop();
    open.clear();
  });

  async function receive(message: Message): Promise<void> {
    switch (message.type) {
      case MessageType.ConnectionInit:
        return initialise(message);
      case MessageType.Ping:
        return send({ type: MessageType.Pong, payload: message.payload });
      case MessageType.Pong:
        return;
      case MessageType.Subscribe:
        return subscribe(message);
      case MessageType.Complete:
        open.get(message.id)?.();
        open.delete(message.id);
        return;
      default:
        close(CloseCode.BadRequest, "Unexpected message");
    }
  }

  async function initialise(message: ConnectionInitMessage): Promise<void> {
    if (state !== "fresh") return close(CloseCode.TooManyInitialisationRequests, "Too many initialisation requests");
    state = "initialising";
    const authorization = message.payload?.authorization ?? message.payload?.Authorization;
    if (authorization !== undefined) {
      const read = await authenticateBearer(String(authorization), handshake.origin);
      if (!read.ok) return close(CloseCode.Forbidden, credentialError(read.refusal).message);
      actor = read.value;
      expireAt(actor.expiresAt);
    }
    state = "ready";
    clearTimeout(initTimer);
    send({ type: MessageType.ConnectionAck });
  }

  /** A stream must not outlive the credential that opened it. setTimeout cannot wait longer than 2^31 ms, so it may go in steps. */
  function expireAt(instant: number): void {
    const left = instant - Date.now();
    if (left <= 0) return close(CloseCode.Forbidden, "The token has expired.");
    expiry = setTimeout(() => expireAt(instant), Math.min(left, LONGEST_TIMER_MS));
  }

  async function subscribe({ id, payload }: SubscribeMessage): Promise<void> {
    if (state !== "ready") return close(CloseCode.Unauthorized, "Unauthorized");
    if (open.has(id)) return close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`);
    if (open.size >= MOST_OPERATIONS) return fail(id, tooMany());

    let isStopped = false;
    open.set(id, () => {
      isStopped = true;
    });
    const request = { query: payload.query, operationName: payload.operationName, variables: payload.variables };
    const context = contextFor({ actor, ...handshake });
    const prepared = prepare(request);
    if ("errors" in prepared) return fail(id, prepared.errors);
    if (prepared.operation.operation !== "subscription") {
      const result = await run(request, context, "websocket");
      if (!isStopped) finish(id, result);
      return;
    }
    try {
      const { topic, view, after } = await openSubscription(request, prepared, context);
      if (!isStopped && socket.readyState === socket.OPEN)
        open.set(id, follow({ topic, view, after, sink: sinkFor(id) }));
    } catch (fault) {
      // Clients give a subscription up when it is answered with an error; a closed socket they open again.
      if (isUnavailable(fault)) return close(TRY_AGAIN, "Try again");
      const error = fault instanceof GraphQLError ? fault : new GraphQLError("", { originalError: fault as Error });
      if (!isStopped) fail(id, shown({ errors: [error] }, context).errors!);
    }
  }

  /** A payload is made once for all; only the operation's id before it is this subscriber's own. */
  function sinkFor(id: string): Sink {
    const ownId = Buffer.from(JSON.stringify(id));
    return {
      deliver: (payload) => {
        if (socket.readyState === socket.OPEN) wire.write(nextFrame(ownId, payload));
      },
      isLagging: () => wire.writableLength > MOST_WAITING,
      drained: () => drained(socket),
      end: (reason) =>
        close(TRY_AGAIN, reason === "lagging" ? "Lagging, resume from your cursor" : "Resume from your cursor"),
    };
  }

  function finish(id: string, result: ExecutionResult): void {
    open.delete(id);
    if (result.errors && result.data === undefined) return fail(id, result.errors);
    send({ id, type: MessageType.Next, payload: result });
    send({ id, type: MessageType.Complete });
  }

  function fail(id: string, errors: readonly GraphQLError[]): void {
    open.delete(id);
    send({ id, type: MessageType.Error, payload: errors });
  }

  function send(message: object): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  }

  function close(code: number, reason: string): void {
    if (socket.readyState === socket.OPEN) socket.close(code, reason);
  }
}

function readMessage(text: string): Message | undefined {
  try {
    return validateMessage(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function tooMany(): GraphQLError[] {
  const message = `A socket may have ${MOST_OPERATIONS} operations open.`;
  return [new GraphQLError(message, { extensions: { code: "TOO_MANY_OPERATIONS" } })];
}

/** Settles when what was sent has left for the network, or the socket is gone. An empty ping is the end of the line. */
function drained(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    socket.once("close", resolve);
    socket.ping(undefined, undefined, () => {
      socket.off("close", resolve);
      resolve();
    });
  });
}
