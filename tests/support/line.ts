import { WebSocket } from "ws";
import type { Credentials } from "./bearers.ts";
import type { Answer } from "./socket.ts";

/** The transports that must answer alike. */
export const doors = ["HTTP", "WebSocket", "SSE"] as const;
export type Door = (typeof doors)[number];

export type Asked = { query: string; variables?: object };

/** All that came of an operation: its results, and in which words it ended. */
export type Told = { results: Answer[]; ended: string };

/** Hears each result of an operation. */
type Hear = (result: Answer) => void;
/** An operation under way: how it ends by itself, and how to end it. */
type Running = { ended: Promise<string>; stop: () => void };

/** One caller's way to the API, through any door. */
export type Line = {
  /** Asks, and answers once all is told; what still goes on after `patienceMs`, as a subscription does, has "followed". */
  ask: (door: Door, asked: Asked, patienceMs?: number) => Promise<Told>;
  /** Follows a subscription through a door that can. */
  follow: (door: Exclude<Door, "HTTP">, asked: Asked, hear: Hear) => () => void;
  /** The same, for who minds that it ends by itself. */
  run: (door: Exclude<Door, "HTTP">, asked: Asked, hear: Hear) => Running;
  close: () => void;
};

const PATIENCE_MS = 20_000;

/** Opens a line for whoever brings these credentials; nothing is sent before something is asked. */
export function openLine(url: string, as: Credentials): Line {
  const headers = Object.fromEntries(Object.entries(as).filter((entry): entry is [string, string] => !!entry[1]));
  let socket: ReturnType<typeof openSocket> | undefined;
  const runs: Record<Door, (asked: Asked, hear: Hear) => Running> = {
    HTTP: (asked, hear) => post(url, { headers, accept: "application/graphql-response+json" }, asked, hear),
    SSE: (asked, hear) => post(url, { headers, accept: "text/event-stream" }, asked, hear),
    WebSocket: (asked, hear) => {
      socket ??= openSocket(url, as, () => {
        socket = undefined;
      });
      return socket.run(asked, hear);
    },
  };
  return {
    ask: async (door, asked, patienceMs = PATIENCE_MS) => {
      const results: Answer[] = [];
      const running = runs[door](asked, (result) => results.push(result));
      const overdue = setTimeout(running.stop, patienceMs);
      const ended = await running.ended;
      clearTimeout(overdue);
      return { results, ended };
    },
    follow: (door, asked, hear) => runs[door](asked, hear).stop,
    run: (door, asked, hear) => runs[door](asked, hear),
    close: () => socket?.close(),
  };
}

type Post = { headers: Record<string, string>; accept: string };

function post(url: string, { headers, accept }: Post, asked: Asked, hear: Hear): Running {
  const leaving = new AbortController();
  const read = async () => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { ...headers, accept, "content-type": "application/json" },
      body: JSON.stringify(asked),
      signal: leaving.signal,
    });
    if (response.headers.get("content-type") !== "text/event-stream") {
      hear((await response.json()) as Answer);
      return `status ${response.status}`;
    }
    let waiting = "";
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
      const frames = (waiting + text).split("\n\n");
      waiting = frames.pop()!;
      for (const frame of frames) {
        if (frame.includes("event: complete")) return "complete";
        const [, result] = /^data: (.+)$/m.exec(frame) ?? [];
        if (result) hear(JSON.parse(result));
      }
    }
    return "broken off";
  };
  const ended = read().catch((fault) => (leaving.signal.aborted ? "followed" : `lost: ${fault}`));
  return { ended, stop: () => leaving.abort() };
}

type Operation = { hear: Hear; end: (how: string) => void };

/** A socket that many operations share. */
function openSocket(url: string, { authorization, origin }: Credentials, onClose: () => void) {
  const socket = new WebSocket(
    `${url.replace("http", "ws")}/graphql`,
    "graphql-transport-ws",
    origin ? { origin } : {},
  );
  const operations = new Map<string, Operation>();
  const ready = new Promise<void>((resolve) => socket.once("message", () => resolve()));
  const send = (message: object) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(message));
  socket.once("open", () => send({ type: "connection_init", payload: authorization ? { authorization } : undefined }));
  socket.on("error", () => {});
  socket.on("message", (bytes) => {
    const { id, type, payload } = JSON.parse(String(bytes));
    const operation = operations.get(id);
    if (type === "next") operation?.hear(payload);
    if (type === "error") operation?.hear({ errors: payload });
    if (type === "complete" || type === "error") operation?.end(type);
  });
  socket.on("close", (code) => {
    onClose();
    for (const { end } of operations.values()) end(`closed with ${code}`);
  });
  let count = 0;
  const run = (asked: Asked, hear: Hear): Running => {
    const id = String(++count);
    const ended = new Promise<string>((resolve) => {
      operations.set(id, { hear, end: resolve });
      void ready.then(() => send({ id, type: "subscribe", payload: asked }));
    });
    const stop = () => {
      send({ id, type: "complete" });
      operations.get(id)?.end("followed");
    };
    return { ended: ended.finally(() => operations.delete(id)), stop };
  };
  return { run, close: () => socket.terminate() };
}
