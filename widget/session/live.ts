import { documentIds } from "../document-ids.ts";
import type { ChatEvent } from "../operations.ts";
import type { Answer } from "./ask.ts";
import type { Input } from "./machine/state.ts";
import type { Outside, Socket } from "./outside.ts";

export interface LiveSettings {
  readonly url: string;
  /** An access token; `stale` is one the socket has been turned down with. */
  token(stale?: string): Promise<Answer<string>>;
  /** Is told when it is connected, lost or sent away, of each event, and when the subscription itself is turned down. */
  take(input: Input): void;
}

/** Speaks graphql-transport-ws over one socket with one subscription. A library for the protocol would cost 2.5 kB of the widget's bytes. */
export interface Live {
  /** Opens a socket and tells whether it is connected or lost. */
  connect(): Promise<void>;
  /** Subscribes on the socket at hand, in place of an earlier subscription. */
  subscribe(variables: { readonly after: string }): void;
  /** Takes no more events. */
  unsubscribe(): void;
  /** Lets go of the socket, and of one that is still being opened. */
  disconnect(): void;
}

type Frame = {
  readonly type: string;
  readonly id?: string;
  readonly payload?: { readonly data?: { readonly events: ChatEvent } };
};

const ACK_PATIENCE_MS = 10_000;
const PING_EVERY_MS = 20_000;
const PONG_PATIENCE_MS = 10_000;
const TURNED_DOWN_CODES = [4401, 4403];
/** The server stops, and says when to come back, to another. */
const SENT_AWAY_CODE = 1012;

export function openLive({ clock, openSocket }: Outside, { url, token, take }: LiveSettings): Live {
  let attempt = 0;
  let socket: Socket | null = null;
  let isSubscribed = false;
  let subscription = 0;
  let stale: string | undefined;
  let isOpen = false;
  let isHeard = false;
  let cancelTimer = () => {};

  const post = (frame: object) => socket?.send(JSON.stringify(frame));
  const lose = () => end({ is: "lost" });
  const end = (input: Input) => {
    live.disconnect();
    take(input);
  };
  const open = (bearer: string) => {
    stale = undefined;
    const opened = openSocket(url, "graphql-transport-ws");
    socket = opened;
    isOpen = false;
    opened.onopen = () => {
      isOpen = true;
      post({ type: "connection_init", payload: { authorization: `Bearer ${bearer}` } });
    };
    opened.onmessage = ({ data }) => hear(JSON.parse(data as string) as Frame);
    opened.onclose = ({ code, reason }) => {
      if (TURNED_DOWN_CODES.includes(code)) stale = bearer;
      const comeBackMs = code === SENT_AWAY_CODE && Number(/^retry: (\d+)$/.exec(reason)?.[1]);
      if (comeBackMs) end({ is: "sentAway", comeBackMs });
      else lose();
    };
    cancelTimer = clock.after(ACK_PATIENCE_MS, lose);
  };
  const hear = ({ type, id, payload }: Frame) => {
    isHeard = true;
    if (type === "connection_ack") {
      rest();
      take({ is: "connected" });
    } else if (type === "ping") post({ type: "pong" });
    if (!isSubscribed || id !== String(subscription)) return;
    if (type === "complete") lose();
    else if (type === "next" && payload?.data) take({ is: "eventCame", event: payload.data.events });
    else take({ is: "turnedDown" });
  };
  const rest = () => {
    cancelTimer();
    cancelTimer = clock.after(PING_EVERY_MS, ping);
  };
  /** A ping that nothing has followed tells that the line is dead. Where the page slept meanwhile, its answer may still be under way: it is asked once more. */
  const ping = (isAgain = false) => {
    const askedAt = clock.now();
    isHeard = false;
    post({ type: "ping" });
    cancelTimer = clock.after(PONG_PATIENCE_MS, () => {
      if (isHeard) rest();
      else if (!isAgain && clock.now() - askedAt > 2 * PONG_PATIENCE_MS) ping(true);
      else lose();
    });
  };

  const live: Live = {
    async connect() {
      const mine = ++attempt;
      const answer = await token(stale);
      if (mine !== attempt) return;
      try {
        if (answer.is === "done") return open(answer.value);
      } catch {
        // The browser forbids the socket itself, such as ws: under https:. It is as good as lost.
      }
      lose();
    },
    subscribe(variables) {
      live.unsubscribe();
      isSubscribed = true;
      // The protocol wants a query in any case: an empty one is none.
      const payload = { query: "", documentId: documentIds.events, variables };
      post({ id: String(subscription), type: "subscribe", payload });
    },
    unsubscribe() {
      if (isSubscribed) post({ id: String(subscription), type: "complete" });
      isSubscribed = false;
      // Frames of this one that are still under way must not be taken for the next one's own.
      subscription += 1;
    },
    disconnect() {
      attempt += 1;
      cancelTimer();
      isSubscribed = false;
      const left = socket;
      if (left) left.onmessage = left.onclose = null;
      // Closed before it is open, a browser complains of it on the console.
      if (left && !isOpen) left.onopen = () => left.close();
      else left?.close();
      socket = null;
    },
  };
  return live;
}
