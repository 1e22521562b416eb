import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { startRedis } from "../../launch/redis.ts";
import { eventually } from "../support/eventually.ts";

type Bus = typeof import("../../api/kernel/bus.ts");

/** Two copies of the module, each with its own name and connections, as two processes have them. */
let here: Bus;
let there: Bus;

beforeEach(async () => {
  vi.resetModules();
  here = await import("../../api/kernel/bus.ts");
  vi.resetModules();
  there = await import("../../api/kernel/bus.ts");
});
afterEach(() => {
  here.closeBus();
  there.closeBus();
});

function hearing(bus: Bus, channel: "signal" | "log" = "signal"): string[] {
  const heard: string[] = [];
  bus.subscribe(channel, (hint) => heard.push(hint));
  return heard;
}

async function open(url: string): Promise<void> {
  for (const bus of [here, there]) {
    bus.openBus(url);
    await eventually(() => bus.busState() === "up");
  }
  await crossed();
}

/** Settles when a hint has come through: what was given before the subscription stood is lost, as any hint may be. */
async function crossed(): Promise<void> {
  const heard = hearing(there, "log");
  await eventually(() => {
    here.publish("log", "0");
    return heard.length > 0;
  });
}

describe("the bus without Redis", () => {
  it("gives a hint to everyone in the process at once, and to no other process", () => {
    const [mine, theirs] = [hearing(here), hearing(there)];
    here.publish("signal", "typing");
    expect([mine, theirs]).toEqual([["typing"], []]);
    expect(here.busState()).toBe("process");
  });

  it("is silent for whoever has stopped hearing", () => {
    const heard: string[] = [];
    const stop = here.subscribe("signal", (hint) => heard.push(hint));
    stop();
    here.publish("signal", "typing");
    expect(heard).toEqual([]);
  });
});

describe("the bus with Redis", () => {
  it("carries a hint to other processes as it is, and does not echo it to its own", async () => {
    await open(inject("redisUrl"));
    const [mine, theirs] = [hearing(here), hearing(there)];
    const hint = JSON.stringify({ text: "кто-то печатает, with spaces" });
    here.publish("signal", hint);
    expect(mine).toEqual([hint]);
    await eventually(() => theirs.length > 0);
    await crossed();
    expect([mine, theirs]).toEqual([[hint], [hint]]);
  });

  it("keeps the channels apart", async () => {
    await open(inject("redisUrl"));
    const [signals, log] = [hearing(there, "signal"), hearing(there, "log")];
    here.publish("log", "41");
    await eventually(() => log.includes("41"));
    expect(signals).toEqual([]);
  });

  it("goes on in the process while Redis is away, and across processes when it is back", async () => {
    const directory = mkdtempSync(join(tmpdir(), "beseda-bus-"));
    const redis = await startRedis({ directory });
    await open(redis.url);
    await redis.stop();
    await eventually(() => here.busState() === "down" && there.busState() === "down");
    const mine = hearing(here);
    here.publish("signal", "alone");
    expect(mine).toEqual(["alone"]);

    const again = await startRedis({ directory, port: redis.port });
    await eventually(() => here.busState() === "up" && there.busState() === "up");
    await crossed();
    await again.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it("that was never there holds nobody up", async () => {
    here.openBus("redis://127.0.0.1:1");
    const mine = hearing(here);
    here.publish("signal", "typing");
    expect(mine).toEqual(["typing"]);
    expect(here.busState()).toBe("down");
  });
});
