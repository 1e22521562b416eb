import { WebSocket } from "ws";
import type { ApiProcess } from "./api-process.ts";

/** A subscription over a WebSocket of its own. */
export type Asked = {
  token: string;
  origin: string | undefined;
  query: string;
  variables: object;
  /** Told when the credential was taken; the subscription is asked for then. */
  letIn?: () => void;
  /** Hears each `next`, as it came over the line. */
  hear: (text: string) => void;
  /** Told how the socket was closed, by whomever; 1006 for a line that broke. */
  closed?: (code: number) => void;
};

/** Opens it and lets it be: it does not come back by itself. What is answered with an error ends the proof. */
export function openSocket({ socketUrl }: ApiProcess, asked: Asked): WebSocket {
  const { token, origin, query, variables, letIn, hear, closed } = asked;
  const options = { ...(origin && { origin }), perMessageDeflate: false, skipUTF8Validation: true };
  const socket = new WebSocket(socketUrl, "graphql-transport-ws", options);
  const send = (message: object) => socket.send(JSON.stringify(message));
  socket.on("open", () => send({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }));
  socket.on("message", (bytes: Buffer) => {
    const text = bytes.toString();
    if (text.includes('"type":"next"')) return hear(text);
    const { type } = JSON.parse(text);
    if (type === "connection_ack") {
      send({ id: "1", type: "subscribe", payload: { query, variables } });
      letIn?.();
    }
    if (type === "error" || type === "complete") throw new Error(`A subscriber was sent ${text}.`);
  });
  socket.on("error", () => {});
  socket.on("close", (code) => closed?.(code));
  return socket;
}
