import { type IncomingMessage, request } from "node:http";
import type { ApiProcess } from "./api-process.ts";
import type { Asked } from "./open-socket.ts";

export type OpenEvents = {
  /** Takes no more from the network until `resume`. */
  pause: () => void;
  resume: () => void;
  /** Leaves without a word. */
  terminate: () => void;
};

/** The same over an event stream of its own; `hear` hears each event's frame, `closed` is told 0. */
export function openEvents({ url }: ApiProcess, asked: Asked): OpenEvents {
  const { token, origin, query, variables, letIn, hear, closed } = asked;
  const headers = {
    ...{ "content-type": "application/json", accept: "text/event-stream" },
    ...{ authorization: `Bearer ${token}`, ...(origin && { origin }) },
  };
  const sent = request(`${url}/graphql`, { method: "POST", agent: false, headers });
  let response: IncomingMessage | undefined;
  let isPaused = false;
  sent.on("response", (answer) => {
    response = answer;
    if (answer.headers["content-type"] !== "text/event-stream")
      throw new Error(`A subscriber was answered ${answer.statusCode}.`);
    letIn?.();
    let waiting = "";
    answer.setEncoding("utf8");
    answer.on("data", (text: string) => {
      const frames = (waiting + text).split("\n\n");
      waiting = frames.pop()!;
      for (const frame of frames) if (frame.includes("event: next")) hear(frame);
    });
    if (isPaused) answer.pause();
    answer.on("error", () => {});
    answer.once("close", () => closed?.(0));
  });
  sent.on("error", () => {
    if (!response) closed?.(0);
  });
  sent.end(JSON.stringify({ query, variables }));
  return {
    pause: () => {
      isPaused = true;
      response?.pause();
    },
    resume: () => {
      isPaused = false;
      response?.resume();
    },
    terminate: () => sent.destroy(),
  };
}
