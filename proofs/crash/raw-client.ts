import { WebSocket } from "ws";
import {
  FOLLOW,
  hear,
  openSubscriberRecord,
  type Subscriber,
  type SubscriberOptions,
  variablesOf,
} from "./subscriber.ts";

const RETRY_MS = 100;

/** Follows by the bare protocol, graphql-transport-ws, with nothing between the socket and the record. */
export function followRaw(options: SubscriberOptions): Subscriber {
  const record = openSubscriberRecord(options);
  let cursor = options.after;
  let isStopped = false;
  let socket: WebSocket;

  async function connect(): Promise<void> {
    const authorization = `Bearer ${await options.caller.token()}`;
    const { origin } = options.caller;
    const opened = new WebSocket(
      options.pickSocketUrl(),
      "graphql-transport-ws",
      origin === undefined ? {} : { origin },
    );
    socket = opened;
    const send = (message: object) => opened.send(JSON.stringify(message));
    opened.on("open", () => send({ type: "connection_init", payload: { authorization } }));
    opened.on("message", (bytes) => {
      const message = JSON.parse(String(bytes));
      if (message.type === "connection_ack") {
        record.resumes++;
        send({ id: "1", type: "subscribe", payload: { query: FOLLOW, variables: variablesOf(options, cursor) } });
      }
      if (message.type === "ping") send({ type: "pong" });
      if (message.type === "next") cursor = hear(record, message.payload, options.onMessage) ?? cursor;
      if (message.type === "error" || message.type === "complete") {
        record.problems.push(`${record.name} was sent ${bytes}`);
        opened.close();
      }
    });
    opened.on("error", () => {});
    opened.on("close", () => {
      if (!isStopped) setTimeout(() => void connect(), RETRY_MS);
    });
  }

  void connect();
  return {
    record,
    lastCursor: () => cursor,
    drop: () => socket?.terminate(),
    stop: () => {
      isStopped = true;
      socket?.terminate();
    },
  };
}
