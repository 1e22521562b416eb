import { CloseCode } from "graphql-ws";
import { now } from "../../kernel/clock.ts";
import type { GraphqlSocket } from "./socket.ts";

/** How often all sockets are looked at, in ms; so late may the end of an expired token come. */
const TICK_MS = 250;
/** How long a socket may stay without `connection_init`, and between pings of ours, in ticks: 5 s and 25 s. */
const INIT_TICKS = 20;
const PING_TICKS = 100;

/**
 * Ends the sockets that say nothing, do not answer or have outlived their token, and pings the others. One timer for all:
 * those of each socket's own would weigh more than all else that it needs from us. Answers how to stop.
 */
export function startPulse(sockets: ReadonlySet<GraphqlSocket>): () => void {
  let tick = 0;
  const timer = setInterval(() => {
    tick++;
    const at = now().getTime();
    for (const socket of sockets) {
      if (socket.actor && socket.actor.expiresAt <= at) socket.refuse("token_expired");
      else if (socket.dueTick <= tick) feel(socket, tick);
    }
  }, TICK_MS);
  return () => clearInterval(timer);
}

function feel(socket: GraphqlSocket, tick: number): void {
  const isNew = socket.dueTick === 0;
  if (isNew) {
    socket.dueTick = tick + INIT_TICKS;
    return;
  }
  if (socket.state !== "ready")
    return socket.end(CloseCode.ConnectionInitialisationTimeout, "Connection initialisation timeout");
  if (!socket.isAnswered) return socket.terminate();
  socket.isAnswered = false;
  socket.ping();
  socket.dueTick = tick + PING_TICKS;
}
