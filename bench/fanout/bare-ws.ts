import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { answer } from "../answer.ts";

/** The limit: `ws` sends the given bytes to everyone, and nothing else. Who connects at /1 gets each second text. */
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
const groups: Set<WebSocket>[] = [new Set(), new Set()];

server.on("connection", (socket, request) => groups[request.url === "/1" ? 1 : 0]!.add(socket));

answer({
  port: () => (server.address() as AddressInfo).port,
  broadcast: (messages: string[][]) => {
    for (const texts of messages)
      for (const [index, text] of texts.entries()) for (const socket of groups[index]!) socket.send(text);
  },
});
