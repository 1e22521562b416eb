import { afterAll, beforeEach } from "vitest";
import { subscribe } from "../../api/kernel/bus.ts";
import { readSignal, type Signal } from "../../api/kernel/live/signal.ts";

/** The signals given since the test began, as every process hears them: those for whoever follows, or for somebody's own windows. */
export function hearSignals(whom: "followers" | "own" = "followers"): Signal[] {
  const heard: Signal[] = [];
  const stop = subscribe("signal", (text) => {
    const sign = readSignal(text);
    if ((sign.to !== undefined) === (whom === "own")) heard.push(sign);
  });
  beforeEach(() => {
    heard.length = 0;
  });
  afterAll(stop);
  return heard;
}
