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
import { gatherWrites } from "../../kernel/gather-writes.ts";
import { follow } from "../../kernel/live/follow.ts";
import { hold } from "../../kernel/live/rights.ts";
import { MOST_WAITING, type Sink } from "../../kernel/live/view.ts";
import { log } from "../../kernel/logging.ts";
import { done } from "../../kernel/outcome.ts";
import { rightToAct } from "../../people/rights.ts";
import { atInstant } from "../at-instant.ts";
import type { BearerRefusal } from "../authenticate.ts";
import { identify } from "../identify.ts";
import { nextFrame } from "./frame.ts";
import { perform } from "./operation.ts";
import { badCredential } from "./refused.ts";

/** How long a socket may stay without `connection_init`, and between pings of ours, in ms. */
const INIT_MS = 5_000;
const PING_MS = 25_000;
/** Operations open at once on one socket. */
const MOST_OPERATIONS = 50;
/** Closed by us with the advice to come back and resume; graphql-ws clients retry it. */
const TRY_AGAIN = 1013;

/** What the handshake told, and where we stand ourselves. */
export type Handshake = {
  address: string;
  origin: string | undefined;
  acceptLanguage: string | undefined;
  publicUrl: string;
};

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
  let letGo = () => {};

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
    // A socket that we are closing still hears until the other side agrees.
    if (socket.readyState !== socket.OPEN) return;
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
    clearInterval(pingTimer);
    letGo();
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
    const given = message.payload?.authorization ?? message.payload?.Authorization;
    const authorization = given === undefined ? undefined : String(given);
    const caller = await identify({ authorization, origin: handshake.origin }, handshake.publicUrl);
    if (!caller.ok) return close(CloseCode.Forbidden, badCredential(caller.refusal).error.message);
    if (socket.readyState !== socket.OPEN) return;
    actor = caller.value;
    if (actor) letGo = endWith(actor);
    state = "ready";
    clearTimeout(initTimer);
    send({ type: MessageType.ConnectionAck });
  }

  /** A socket must not outlive the credential that opened it: neither its expiry nor the right to it. */
  function endWith(actor: Actor): () => void {
    const endFor = (refusal: BearerRefusal) => close(CloseCode.Forbidden, badCredential(refusal).error.message);
    const forget = atInstant(actor.expiresAt, () => endFor("token_expired"));
    const letGo = hold(rightToAct(actor), () => endFor("token_invalid"));
    return () => {
      forget();
      letGo();
    };
  }

  async function subscribe({ id, payload }: SubscribeMessage): Promise<void> {
    if (state !== "ready") return close(CloseCode.Unauthorized, "Unauthorized");
    if (open.has(id)) return close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`);
    if (open.size >= MOST_OPERATIONS) return fail(id, tooMany());

    let isStopped = false;
    open.set(id, () => {
      isStopped = true;
    });
    const { address, origin, acceptLanguage } = handshake;
    const asked = { params: payload, caller: done(actor), address, origin, acceptLanguage };
    const answer = await perform({ transport: "websocket", ...asked });
    if (isStopped || socket.readyState !== socket.OPEN) return;
    if ("subscription" in answer) return void open.set(id, follow({ ...answer.subscription, sink: sinkFor(id) }));
    if ("result" in answer) return finish(id, answer.result);
    // Clients give a subscription up when it is answered with an error; a closed socket they open again.
    if (answer.refused.status === 503) return close(TRY_AGAIN, "Try again");
    fail(id, [answer.refused.error]);
  }

  /** A payload is made once for all; only the operation's id before it is this subscriber's own. */
  function sinkFor(id: string): Sink {
    const ownId = Buffer.from(JSON.stringify(id));
    return {
      deliver: (payload) => {
        if (socket.readyState !== socket.OPEN) return;
        gatherWrites(wire);
        wire.write(nextFrame(ownId, payload));
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
