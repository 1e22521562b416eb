import type { Socket } from "node:net";
import { type ClientRequest, request } from "node:http";
import { WebSocket } from "ws";
import type { ApiProcess } from "../ground/api-process.ts";
import { conversationGlobalId } from "../ground/cast.ts";

/** How a client leaves. "silent" lets its line stand and never answers again, as one whose network is gone. */
export type Leaving = "complete" | "close" | "end" | "reset" | "terminate" | "silent";

export const leavings: readonly Leaving[] = ["complete", "close", "end", "reset", "terminate"];

export type Bearer = { token: string; origin: string | undefined };

/** A client that stands at any point of its way when it leaves. */
export type Line = {
  /** Says who it is; over an event stream, with all else in one request. */
  init: () => void;
  subscribe: () => void;
  isLetIn: () => boolean;
  /** The events that it was sent. */
  heard: () => number;
  leave: (how: Leaving) => void;
};

const FOLLOW = `subscription ($conversationId: ID) {
  events(conversationId: $conversationId) { cursor ... on MessageSent { message { body } } }
}`;

function subscriptionTo(conversationId: string | undefined) {
  return { query: FOLLOW, variables: { conversationId: conversationId && conversationGlobalId(conversationId) } };
}

/** Opens a WebSocket that has said nothing yet; resolves once it stands. */
export async function openLine(
  { socketUrl }: ApiProcess,
  { token, origin }: Bearer,
  conversationId?: string,
): Promise<Line> {
  const socket = new WebSocket(socketUrl, "graphql-transport-ws", {
    ...(origin && { origin }),
    perMessageDeflate: false,
  });
  let wire: Socket | undefined;
  let isLetIn = false;
  let heard = 0;
  socket.on("upgrade", (response) => {
    wire = response.socket;
  });
  socket.on("message", (bytes) => {
    const { type } = JSON.parse(String(bytes));
    if (type === "connection_ack") isLetIn = true;
    if (type === "next") heard++;
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  socket.on("error", () => {});
  const send = (message: object) => socket.send(JSON.stringify(message));
  return {
    init: () => send({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }),
    subscribe: () => send({ id: "1", type: "subscribe", payload: subscriptionTo(conversationId) }),
    isLetIn: () => isLetIn,
    heard: () => heard,
    leave: (how) => {
      if (how === "complete") send({ id: "1", type: "complete" });
      if (how === "complete" || how === "close") socket.close(1000);
      if (how === "end") wire!.end();
      if (how === "reset") wire!.resetAndDestroy();
      if (how === "terminate") socket.terminate();
      if (how === "silent") wire!.pause();
    },
  };
}

/** The same by an event stream. */
export function streamLine({ url }: ApiProcess, { token, origin }: Bearer, conversationId?: string): Line {
  let sent: ClientRequest | undefined;
  let isLetIn = false;
  let heard = 0;
  const headers = {
    ...{ "content-type": "application/json", accept: "text/event-stream" },
    ...{ authorization: `Bearer ${token}`, ...(origin && { origin }) },
  };
  return {
    init: () => {
      sent = request(`${url}/graphql`, { method: "POST", agent: false, headers });
      sent.on("error", () => {});
      sent.on("response", (response) => {
        isLetIn = true;
        response.setEncoding("utf8");
        response.on("data", (text: string) => {
          if (text.includes("event: next")) heard++;
        });
        response.on("error", () => {});
      });
      sent.end(JSON.stringify(subscriptionTo(conversationId)));
    },
    subscribe: () => {},
    isLetIn: () => isLetIn,
    heard: () => heard,
    leave: (how) => {
      if (how === "silent") sent!.socket?.pause();
      else if (how === "reset") sent!.socket?.resetAndDestroy();
      else sent!.destroy();
    },
  };
}
