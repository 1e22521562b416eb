import type { Context } from "koa";
import { MOST_WAITING, type Sink } from "../kernel/live/view.ts";
import { COME_BACK_MS, comeBackMs } from "./come-back.ts";
import { addressOf } from "./limits/address.ts";
import { closeLine, openLine } from "./limits/lines.ts";

/** Between signs of life, in ms: a reader gives up on a line after three of these without one. */
const PING_MS = 15_000;
/** How long the last bytes may take to a reader that is sent away, in ms, before its line is cut. */
const GRACE_MS = 5_000;

/** An open event stream of one reader. */
export type EventStream = {
  /** Sends one frame or several; nothing once the stream has ended. */
  write: (frame: string | Buffer) => void;
  /** Ends the stream for good: all was said. */
  finish: (frame: string) => void;
  /** Ends it for now: the reader comes back with its last event's id. */
  sendAway: () => void;
  /** Runs when the stream is over, whoever ended it; at once if it is. */
  onClose: (react: () => void) => void;
} & Omit<Sink, "deliver">;

/**
 * Answers a request with an event stream: pings it, ends it when the process stops, and knows when its reader lags.
 * `ping` is the frame that says no more than that the line lives.
 */
export function openEventStream(
  ctx: Context,
  { ping, stopping }: { ping: string; stopping: AbortSignal },
): EventStream {
  const { res } = ctx;
  // Written by hand: Koa would report every browser that goes away as a fault.
  ctx.respond = false;
  ctx.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no" });
  res.writeHead(200);
  res.socket?.setNoDelay(true);
  write(`retry: ${COME_BACK_MS}\n${ping}`);

  const address = addressOf(ctx.req);
  openLine(address);
  onClose(() => closeLine(address));
  const pinging = setInterval(() => write(ping), PING_MS);
  stopping.addEventListener("abort", sendAway);
  onClose(() => {
    clearInterval(pinging);
    stopping.removeEventListener("abort", sendAway);
  });
  if (stopping.aborted) sendAway();
  return { write, finish, sendAway, onClose, isLagging, drained, end: sendAway };

  function write(frame: string | Buffer): void {
    if (!res.writableEnded) res.write(frame);
  }

  function finish(frame: string): void {
    if (res.writableEnded) return;
    res.end(frame);
    const overdue = setTimeout(() => res.destroy(), GRACE_MS);
    res.once("close", () => clearTimeout(overdue));
  }

  function sendAway(): void {
    // With the ping, since htmx passes over a frame that holds the advice alone.
    finish(`retry: ${comeBackMs()}\n${ping}`);
  }

  function onClose(react: () => void): void {
    if (res.closed || res.destroyed) react();
    else res.once("close", react);
  }

  function isLagging(): boolean {
    return res.writableLength > MOST_WAITING;
  }

  function drained(): Promise<void> {
    return new Promise((resolve) => {
      if (!res.writableNeedDrain || res.destroyed) return resolve();
      const settle = () => {
        res.off("drain", settle).off("close", settle);
        resolve();
      };
      res.once("drain", settle).once("close", settle);
    });
  }
}
