import WebSocket from "ws";
import { eventually } from "./eventually.ts";

// biome-ignore lint/suspicious/noExplicitAny: whatever the server sends; the tests say what it must be
export type Sent = Record<string, any>;

export type Answer = { data?: Sent | null; errors?: { message: string; path?: unknown; extensions: Sent }[] };

/** One open subscription: what it was sent so far, and how to end it. */
export type Following = { id: string; answers: Answer[]; stop: () => void };

/** A client that speaks graphql-transport-ws by hand, so that it can also speak it wrongly. */
export type TestSocket = {
  socket: WebSocket;
  /** Every message that came, in order. */
  received: Sent[];
  /** Sends an object as JSON, or a text as it is. */
  send: (message: object | string) => void;
  /** How the server closed the socket. */
  closed: Promise<{ code: number; reason: string }>;
  /** Asks a query or mutation and waits for its answer. */
  ask: (query: string, variables?: object) => Promise<Answer>;
  /** Follows a subscription; waits for nothing. */
  follow: (query: string, variables?: object) => Following;
  close: () => void;
};

export type Handshake = { origin?: string | undefined; protocol?: string | string[]; headers?: Record<string, string> };

/** Opens a socket without saying anything yet. Rejects with the HTTP status when the handshake is refused. */
export async function openSocket(url: string, { origin, protocol, headers }: Handshake = {}): Promise<TestSocket> {
  const socket = new WebSocket(url, protocol ?? "graphql-transport-ws", { ...(origin && { origin }), headers });
  const received: Sent[] = [];
  socket.on("message", (bytes) => received.push(JSON.parse(String(bytes))));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once("close", (code, reason) => resolve({ code, reason: String(reason) }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
    socket.once("unexpected-response", (_request, response) => {
      socket.terminate();
      reject(new HandshakeRefused(response.statusCode ?? 0));
    });
  });
  socket.on("error", () => {});
  return { socket, received, closed, ...speaking(socket, received), close: () => socket.close() };
}

/** The server answered the handshake with an HTTP status instead. */
export class HandshakeRefused extends Error {
  declare readonly status: number;
  constructor(status: number) {
    super(`The handshake was refused with ${status}.`);
    this.status = status;
  }
}

function speaking(socket: WebSocket, received: Sent[]) {
  let asked = 0;
  const send = (message: object | string) =>
    socket.send(typeof message === "string" ? message : JSON.stringify(message));
  const subscribe = (query: string, variables?: object) => {
    const id = `op-${++asked}`;
    send({ id, type: "subscribe", payload: { query, variables } });
    return id;
  };
  return {
    send,
    ask: async (query: string, variables?: object): Promise<Answer> => {
      const id = subscribe(query, variables);
      return eventually(() => answersTo(id, received)[0]);
    },
    follow: (query: string, variables?: object): Following => {
      const id = subscribe(query, variables);
      return {
        id,
        get answers() {
          return answersTo(id, received);
        },
        stop: () => send({ id, type: "complete" }),
      };
    },
  };
}

/** The answers to one operation; an `error` message is told like HTTP tells it, as errors without data. */
function answersTo(id: string, received: Sent[]): Answer[] {
  return received
    .filter((message) => message.id === id && message.type !== "complete")
    .map((message) => (message.type === "error" ? { errors: message.payload } : message.payload));
}
