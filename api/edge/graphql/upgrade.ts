import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import { WebSocketServer } from "ws";
import { log } from "../../kernel/logging.ts";
import { mayCallFrom } from "../origin.ts";
import { serveSocket } from "./socket.ts";

/** The longest message, in bytes; a longer one closes the socket. */
const LONGEST_MESSAGE = 128 * 1024;

/**
 * Takes WebSocket handshakes at /graphql. A browser's Origin must be our own or on an inbox's list; a program sends none.
 * Cookies count for nothing here: only `connection_init` says who calls.
 */
export function acceptSockets(server: Server, publicUrl: string): { close: () => void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LONGEST_MESSAGE,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false),
  });

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const path = new URL(request.url ?? "/", "http://path").pathname;
    if (path !== "/graphql") return refuse(socket, "404 Not Found");
    const { origin, "accept-language": acceptLanguage } = request.headers;
    if (!(await mayCallFrom(origin, publicUrl))) return refuse(socket, "403 Forbidden");
    sockets.handleUpgrade(request, socket, head, (opened) => {
      if (opened.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) return opened.close(4406, "Subprotocol not acceptable");
      serveSocket(opened, socket, { origin, acceptLanguage, publicUrl });
    });
  }

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    upgrade(request, socket, head).catch((fault) => {
      log().warn({ err: fault }, "A WebSocket handshake failed.");
      refuse(socket, "503 Service Unavailable");
    });
  };
  server.on("upgrade", onUpgrade);
  return {
    close: () => {
      server.off("upgrade", onUpgrade);
      for (const socket of sockets.clients) socket.close(1001, "Going away");
      setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, 1_000).unref();
    },
  };
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
