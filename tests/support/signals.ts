import { afterAll, beforeEach } from "vitest";
import { subscribe } from "../../api/kernel/bus.ts";
import { readSignal, type Signal } from "../../api/kernel/live/signal.ts";

/** The signals given since the test began, as every process hears them. */
export function hearSignals(): Signal[] {
  const heard: Signal[] = [];
  const stop = subscribe("signal", (text) => heard.push(readSignal(text)));
  beforeEach(() => {
    heard.length = 0;
  });
  afterAll(stop);
  return heard;
}
