import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import { WebSocketServer } from "ws";
import { intern } from "../../kernel/intern.ts";
import { log } from "../../kernel/logging.ts";
import { comeBackMs } from "../come-back.ts";
import { addressOf } from "../limits/address.ts";
import { type Gate, openGate } from "../limits/gate.ts";
import { closeLine, hasRoom, LINE_RETRY_SECONDS, openLine } from "../limits/lines.ts";
import { limits } from "../limits/settings.ts";
import { mayCallFrom } from "../origin.ts";
import { startPulse } from "./pulse.ts";
import { GraphqlSocket, serveSocket } from "./socket.ts";

/** The longest message, in bytes; a longer one closes the socket. */
const LONGEST_MESSAGE = 128 * 1024;
/** How long a socket that we close may take to agree, in ms. */
const GRACE_MS = 1_000;
/** The server stops: come back, to another one. graphql-ws clients do. */
const SERVICE_RESTART = 1012;

/**
 * Takes WebSocket handshakes at /graphql. A browser's Origin must be our own or on an inbox's list; a program sends none.
 * Cookies count for nothing here: only `connection_init` says who calls. `close` sends all sockets away: each is told in the
 * reason of its 1012 after how many ms to come back, as in `retry: 2731`. Of a storm so many are taken in a second as
 * SOCKETS_PER_SECOND says, the others wait; only who finds the line full, or has too many sockets open, is refused.
 */
export function acceptSockets(server: Server, publicUrl: string): { close: () => void } {
  let isClosing = false;
  const gate = openGate(limits.SOCKETS_PER_SECOND);
  const waiting = new Set<Duplex>();
  const sockets = new Set<GraphqlSocket>();
  const home = { publicUrl, sockets };
  const stopPulse = startPulse(sockets);
  const shaking = new WebSocketServer({
    noServer: true,
    WebSocket: GraphqlSocket,
    clientTracking: false,
    maxPayload: LONGEST_MESSAGE,
    perMessageDeflate: false,
    // Ours answers pings itself, without a closure for each socket.
    autoPong: false,
    handleProtocols: (offered) => (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false),
  });

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const path = new URL(request.url ?? "/", "http://path").pathname;
    if (path !== "/graphql") return refuse(socket, "404 Not Found");
    const address = addressOf(request);
    if (!hasRoom(address)) return refuse(socket, "429 Too Many Requests", LINE_RETRY_SECONDS);
    openLine(address);
    const closeOwnLine = () => closeLine(address);
    socket.once("close", closeOwnLine);
    waiting.add(socket);
    const isItsTurn = await hasTurn(gate, socket);
    waiting.delete(socket);
    if (!isItsTurn) return refuse(socket, "503 Service Unavailable", comeBackSeconds());
    const { origin, "accept-language": acceptLanguage } = request.headers;
    if (!(await mayCallFrom(origin, publicUrl))) return refuse(socket, "403 Forbidden");
    if (isClosing) return refuse(socket, "503 Service Unavailable");
    shaking.handleUpgrade(request, socket, head, (opened) => {
      socket.off("error", destroy).off("close", closeOwnLine);
      const told = {
        address,
        origin: origin && intern(origin),
        acceptLanguage: acceptLanguage && intern(acceptLanguage),
      };
      serveSocket(opened, { wire: socket, ...told, home });
      if (opened.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) opened.end(4406, "Subprotocol not acceptable");
    });
  }

  server.on("upgrade", (request, socket, head) => {
    socket.on("error", destroy);
    upgrade(request, socket, head).catch((fault) => {
      log().warn({ err: fault }, "A WebSocket handshake failed.");
      refuse(socket, "503 Service Unavailable");
    });
  });
  return {
    close: () => {
      isClosing = true;
      for (const socket of waiting) refuse(socket, "503 Service Unavailable", comeBackSeconds());
      stopPulse();
      for (const socket of sockets) socket.close(SERVICE_RESTART, `retry: ${comeBackMs()}`);
      setTimeout(() => {
        for (const socket of sockets) socket.terminate();
      }, GRACE_MS).unref();
    },
  };
}

/** Answers every WebSocket handshake with 404: in a process whose role they are not. */
export function refuseSockets(server: Server): { close: () => void } {
  server.on("upgrade", (_request, socket) => {
    socket.on("error", destroy);
    refuse(socket, "404 Not Found");
  });
  return { close: () => {} };
}

/** An error of a socket that nobody has taken up yet. */
function destroy(this: Duplex): void {
  this.destroy();
}

/** Waits for the handshake's turn; false when the line is full, or the other side has gone away and left it. */
function hasTurn(gate: Gate, socket: Duplex): Promise<boolean> {
  return new Promise((resolve) => {
    const giveUp = () => {
      leave?.();
      resolve(false);
    };
    socket.once("close", giveUp);
    const leave = gate.enter(() => {
      socket.off("close", giveUp);
      resolve(true);
    });
    if (!leave) resolve(false);
  });
}

function comeBackSeconds(): number {
  return Math.ceil(comeBackMs() / 1_000);
}

function refuse(socket: Duplex, status: string, retryAfterSeconds?: number): void {
  const retry = retryAfterSeconds === undefined ? "" : `Retry-After: ${retryAfterSeconds}\r\n`;
  socket.end(`HTTP/1.1 ${status}\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}
