import { Agent, type ClientRequest, request } from "node:http";
import { WebSocket } from "ws";
import type { ApiProcess } from "../ground/api-process.ts";
import { conversationGlobalId } from "../ground/cast.ts";
import type { Member } from "./crew.ts";

/** A member's stream at one API process. It does not come back by itself. */
export type Stream = {
  /** The messages it was sent, and when each came first. */
  heard: Map<string, number>;
  /** When and how it ended, if not by us: a close code, an HTTP status, or the code of an error. */
  ended: { at: number; how: string | number } | undefined;
  close: () => void;
};

const FOLLOW = `subscription ($conversationId: ID) {
  events(conversationId: $conversationId) { ... on MessageSent { message { body } } }
}`;

/** A message's text, found again in whatever a stream sends. */
export const bodyOf = (place: string, number: number) => `told:${place}:${number}.`;
const BODY = /told:\w+:\d+\./g;

/** Streams do not share connections. */
const connections = new Agent({ maxSockets: Infinity });

/** Opens the member's stream, from now on. */
export function openStream(api: ApiProcess, member: Member): Stream {
  const stream: Stream = { heard: new Map(), ended: undefined, close: () => {} };
  let isClosed = false;
  const hear = (text: string) => {
    for (const [body] of text.matchAll(BODY)) if (!stream.heard.has(body)) stream.heard.set(body, performance.now());
  };
  const end = (how: string | number) => {
    if (!isClosed) stream.ended ??= { at: performance.now(), how };
  };
  const drop = member.door === "socket" ? openSocket(api, member, hear, end) : openEvents(api, member, hear, end);
  stream.close = () => {
    isClosed = true;
    drop();
  };
  return stream;
}

type Hear = (text: string) => void;
type End = (how: string | number) => void;

function variablesOf({ conversationId }: Member): object {
  return { conversationId: conversationId && conversationGlobalId(conversationId) };
}

function openSocket(api: ApiProcess, member: Member, hear: Hear, end: End): () => void {
  const { origin } = member;
  const socket = new WebSocket(api.socketUrl, "graphql-transport-ws", origin === undefined ? {} : { origin });
  const send = (message: object) => socket.send(JSON.stringify(message));
  socket.on("open", () => send({ type: "connection_init", payload: { authorization: `Bearer ${member.credential}` } }));
  socket.on("message", (bytes) => {
    const text = String(bytes);
    const message = JSON.parse(text);
    if (message.type === "connection_ack")
      send({ id: "1", type: "subscribe", payload: { query: FOLLOW, variables: variablesOf(member) } });
    if (message.type === "next") hear(text);
    if (message.type === "error") end(message.payload[0].extensions.code);
  });
  socket.on("error", () => {});
  socket.on("close", (code) => end(code));
  return () => socket.terminate();
}

function openEvents(api: ApiProcess, member: Member, hear: Hear, end: End): () => void {
  const sent = member.door === "portal" ? askPortal(api, member) : askGraphql(api, member);
  sent.on("response", (response) => {
    if (response.statusCode !== 200) end(response.statusCode!);
    let waiting = "";
    response.setEncoding("utf8");
    response.on("data", (text: string) => {
      const frames = (waiting + text).split("\n\n");
      waiting = frames.pop()!;
      for (const frame of frames) hear(frame);
    });
    response.on("error", () => {});
    response.on("close", () => end("end"));
  });
  sent.on("error", () => end("lost"));
  return () => sent.destroy();
}

function askPortal({ url }: ApiProcess, { conversationId, credential }: Member): ClientRequest {
  const headers = { cookie: credential, accept: "text/event-stream", "sec-fetch-site": "same-origin" };
  return request(`${url}/portal/stream?conversation=${conversationId}`, { agent: connections, headers }).end();
}

function askGraphql({ url }: ApiProcess, member: Member): ClientRequest {
  const headers = {
    ...{ "content-type": "application/json", accept: "text/event-stream" },
    authorization: `Bearer ${member.credential}`,
  };
  const body = JSON.stringify({ query: FOLLOW, variables: variablesOf(member) });
  return request(`${url}/graphql`, { method: "POST", agent: connections, headers }).end(body);
}
