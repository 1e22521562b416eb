import type { Page } from "playwright-core";

/** Everything that came to a page over the network since it was asked to listen. */
export type Traffic = {
  /** All of it as one text. */
  text: () => Promise<string>;
  /** What the server pushed by itself: the events of the subscription. */
  pushes: () => string[];
};

/** Listens to every answer and every frame that a page gets. */
export function trafficOf(page: Page): Traffic {
  const answers: Promise<string>[] = [];
  const frames: string[] = [];
  page.on("response", (response) => void answers.push(response.text().catch(() => "")));
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => void frames.push(String(payload))));
  return {
    text: async () => [...(await Promise.all(answers)), ...frames].join("\n"),
    pushes: () => frames.filter((frame) => frame.includes('"next"')),
  };
}
