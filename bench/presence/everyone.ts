import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { answer } from "../answer.ts";

/** The naive way: whatever anybody says of themself is sent to everybody, as it came. */
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });

server.on("connection", (socket) =>
  socket.on("message", (bytes) => {
    const text = String(bytes);
    for (const each of server.clients) each.send(text);
  }),
);

answer({ port: () => (server.address() as AddressInfo).port, joined: () => server.clients.size });
