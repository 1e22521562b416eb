import { type IncomingMessage, request } from "node:http";
import { afterEach } from "vitest";

/** One event as the stream told it. */
export type StreamEvent = { id?: string; event: string; data: string };

/** One open request for an event stream, read by hand, so that a test may also not read it. */
export type TestStream = {
  status: number;
  headers: IncomingMessage["headers"];
  /** All that came, as it came. */
  text: () => string;
  /** The whole events that came. */
  events: () => StreamEvent[];
  /** What the last advice says: when to come back, in ms. */
  retry: () => number;
  /** Settles when the server has ended the stream; false when the line broke instead. */
  ended: Promise<boolean>;
  /** Takes no more from the network until `resume`. */
  pause: () => void;
  resume: () => void;
  close: () => void;
};

export type StreamRequest = { method?: "GET" | "POST"; headers?: Record<string, string | undefined>; body?: string };

const open: TestStream[] = [];

afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});

/** Asks for an event stream and answers once the headers are here; closed after the test. */
export function openStream(url: string, { method = "POST", headers, body }: StreamRequest): Promise<TestStream> {
  const given = Object.entries(headers ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method,
      agent: false,
      headers: { accept: "text/event-stream", ...Object.fromEntries(given) },
    });
    asked.on("error", reject);
    asked.once("response", (response) => {
      const stream = reading(response, () => asked.destroy());
      open.push(stream);
      resolve(stream);
    });
    asked.end(body);
  });
}

function reading(response: IncomingMessage, close: () => void): TestStream {
  let text = "";
  response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
  response.on("error", () => {});
  const ended = new Promise<boolean>((resolve) => response.once("close", () => resolve(response.complete)));
  return {
    status: response.statusCode!,
    headers: response.headers,
    text: () => text,
    events: () => eventsIn(text),
    retry: () => Number(/.*^retry: (\d+)$/ms.exec(text)?.[1]),
    ended,
    pause: () => response.pause(),
    resume: () => response.resume(),
    close,
  };
}

function eventsIn(text: string): StreamEvent[] {
  return text
    .split("\n\n")
    .slice(0, -1)
    .map((frame) => Object.fromEntries(frame.split("\n").map((line) => line.split(/: ?(.*)/s).slice(0, 2))))
    .filter((fields) => fields.event !== undefined);
}
