import type { WebSocket } from "ws";
import type { ApiProcess } from "../ground/api-process.ts";
import { type Caller, conversationGlobalId } from "../ground/cast.ts";
import { openSocket } from "../ground/open-socket.ts";

/** One client of a conversation. */
export type Client = {
  name: string;
  readers: Caller["readers"];
  conversationId: string;
  /** The messages that it was sent, in the order of arrival, as often as they came. */
  heard: string[];
  /** Anything that it should not have been sent. */
  strange: string[];
  /** Opens a line and goes on after the last cursor; opens another whenever the line breaks. */
  connect: () => void;
  /** Whether its credential was taken on the line that it has. */
  isLetIn: () => boolean;
  /** From now on a line that breaks is not opened again. */
  stayAway: () => void;
  stop: () => void;
};

export type ClientOptions = {
  name: string;
  api: ApiProcess;
  caller: Caller;
  token: string;
  conversationId: string;
  /** A customer's own page follows all that is theirs; others one conversation. */
  follows: "own" | "conversation";
  after: string;
};

const FOLLOW = `subscription ($after: String, $conversationId: ID) {
  events(after: $after, conversationId: $conversationId) {
    __typename cursor seq conversation { id number status }
    ... on MessageSent { message { id seq body author { __typename name } } }
  }
}`;
const RETRY_MS = 500;

/** A client that has not connected yet. */
export function clientOf(options: ClientOptions): Client {
  const { name, api, caller, token, conversationId, follows } = options;
  const { readers } = caller;
  const client = { name, readers, conversationId, heard: [] as string[], strange: [] as string[] };
  const asked = { conversationId: follows === "own" ? null : conversationGlobalId(conversationId) };
  let cursor = options.after;
  let socket: WebSocket | undefined;
  let isWanted = false;
  let isLetIn = false;

  function hear(text: string): void {
    const event = JSON.parse(text).payload.data?.events;
    if (!event || event.__typename === "ReloadRequired") return void client.strange.push(text);
    cursor = event.cursor ?? cursor;
    if (event.message) client.heard.push(event.message.body);
  }

  function connect(): void {
    isWanted = true;
    const variables = { ...asked, after: cursor };
    const letIn = () => {
      isLetIn = true;
    };
    const closed = () => {
      isLetIn = false;
      if (isWanted) setTimeout(connect, RETRY_MS);
    };
    socket = openSocket(api, { token, origin: caller.origin, query: FOLLOW, variables, letIn, hear, closed });
  }

  const stayAway = () => {
    isWanted = false;
  };
  const stop = () => {
    stayAway();
    socket?.terminate();
  };
  return { ...client, connect, isLetIn: () => isLetIn, stayAway, stop };
}
