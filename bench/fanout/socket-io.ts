import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { answer } from "../answer.ts";

/** The peer: socket.io with a room for each class of readers, tuned as its page on memory advises. */
const http = createServer();
const server = new Server(http, { transports: ["websocket"], serveClient: false });

server.on("connection", (socket) => {
  void socket.join(String(socket.handshake.query.group));
  (socket.conn as unknown as { request: null }).request = null;
});

answer({
  port: async () => {
    await new Promise<void>((resolve) => void http.listen(0, "127.0.0.1", resolve));
    return (http.address() as AddressInfo).port;
  },
  broadcast: (messages: object[][]) => {
    for (const payloads of messages)
      for (const [index, payload] of payloads.entries()) server.to(String(index)).emit("next", payload);
  },
});
