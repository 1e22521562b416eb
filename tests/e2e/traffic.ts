import type { Page } from "playwright-core";

/** An event of the subscription, as the server pushed it. */
export type Push = {
  __typename: string;
  seq: number | null;
  readSeq?: number;
  person?: { name: string | null };
  message?: { body: string };
};

/** Everything that came to a page over the network since it was asked to listen. */
export type Traffic = {
  /** All of it as one text. */
  text: () => Promise<string>;
  /** Whether the page has asked for its conversation's events. */
  isFollowing: () => boolean;
  /** What the server pushed by itself, in the order it came. */
  pushes: () => Push[];
};

/** Listens to every answer and every frame that a page gets. */
export function trafficOf(page: Page): Traffic {
  const answers: Promise<string>[] = [];
  const sent: string[] = [];
  const received: string[] = [];
  page.on("response", (response) => void answers.push(response.text().catch(() => "")));
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => void sent.push(String(payload)));
    socket.on("framereceived", ({ payload }) => void received.push(String(payload)));
  });
  return {
    text: async () => [...(await Promise.all(answers)), ...received].join("\n"),
    isFollowing: () => sent.some((frame) => frame.includes('"subscribe"')),
    pushes: () =>
      received
        .map((frame) => JSON.parse(frame))
        .filter(({ type }) => type === "next")
        .map(({ payload }) => payload.data.events),
  };
}
