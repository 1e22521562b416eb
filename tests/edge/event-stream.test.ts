import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Koa from "koa";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type EventStream, openEventStream } from "../../api/edge/event-stream.ts";
import { openStream } from "../support/event-stream.ts";
import { eventually } from "../support/eventually.ts";

const PING = "event: ping\ndata: \n\n";

let server: Server;
let stopping: AbortController;
let opened: EventStream[];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout"] });
  stopping = new AbortController();
  opened = [];
  const app = new Koa();
  app.use((ctx) => {
    opened.push(openEventStream(ctx, { ping: PING, stopping: stopping.signal }));
  });
  server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(() => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
});

const open = () => openStream(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { method: "GET" });

it("begins with when to come back and a ping, and pings every 15 s", async () => {
  const reader = await open();
  expect(reader.headers).toMatchObject({ "content-type": "text/event-stream", "cache-control": "no-store" });
  await eventually(() => reader.text() === `retry: 1000\n${PING}`);
  vi.advanceTimersByTime(30_000);
  await eventually(() => reader.text() === `retry: 1000\n${PING}${PING}${PING}`);
});

it("ends every reader when the process stops, and spreads their return over seconds", async () => {
  const readers = await Promise.all(Array.from({ length: 40 }, open));
  stopping.abort();
  for (const reader of readers) expect(await reader.ended).toBe(true);
  const advice = readers.map((reader) => reader.retry());
  expect(Math.min(...advice)).toBeGreaterThanOrEqual(1_000);
  expect(Math.max(...advice)).toBeLessThan(5_000);
  expect(Math.max(...advice) - Math.min(...advice)).toBeGreaterThan(1_000);
  expect(vi.getTimerCount()).toBe(0);
});

it("ends at once a reader who comes while the process stops", async () => {
  stopping.abort();
  const reader = await open();
  expect(await reader.ended).toBe(true);
  expect(reader.retry()).toBeGreaterThanOrEqual(1_000);
});

it("writes nothing after its end", async () => {
  const reader = await open();
  opened[0]!.finish("data: last\n\n");
  opened[0]!.write("data: later\n\n");
  opened[0]!.sendAway();
  expect(await reader.ended).toBe(true);
  expect(reader.text()).toMatch(/data: last\n\n$/);
});

/** Writes to the stream until it says that its reader lags. */
function fill(stream: EventStream): void {
  for (let frames = 0; !stream.isLagging(); frames++) {
    if (frames > 10_000) throw new Error("It never lags.");
    stream.write(`data: ${"x".repeat(10_000)}\n\n`);
  }
}

it("lags with more than 64 KiB waiting, and not once the reader has taken it", async () => {
  const reader = await open();
  const [stream] = opened;
  stream!.write(`data: ${"x".repeat(64_000)}\n\n`);
  expect(stream!.isLagging()).toBe(false);
  reader.pause();
  fill(stream!);
  const drained = stream!.drained();
  reader.resume();
  await drained;
  expect(stream!.isLagging()).toBe(false);
});

it("is cut 5 s after its end when its reader never takes what waits, and leaves nothing running", async () => {
  const reader = await open();
  const [stream] = opened;
  const closed = new Promise<void>((resolve) => stream!.onClose(resolve));
  reader.pause();
  // As much as no network between us holds.
  for (let frames = 0; frames < 2_000; frames++) stream!.write(`data: ${"x".repeat(10_000)}\n\n`);
  stream!.end("lagging");
  vi.advanceTimersByTime(4_999);
  expect(vi.getTimerCount()).toBeGreaterThan(0);
  vi.advanceTimersByTime(1);
  await closed;
  reader.resume();
  expect(await reader.ended).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

it("leaves nothing running when its reader goes away", async () => {
  const reader = await open();
  const closed = new Promise<void>((resolve) => opened[0]!.onClose(resolve));
  reader.close();
  await closed;
  expect(vi.getTimerCount()).toBe(0);
  const late = vi.fn();
  opened[0]!.onClose(late);
  expect(late).toHaveBeenCalledOnce();
});
