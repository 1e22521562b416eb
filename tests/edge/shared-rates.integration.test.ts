import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startRedis } from "../../launch/redis.ts";
import { eventually } from "../support/eventually.ts";

/** The modules of one process: its bus, its clock and its rates. */
type Process = {
  bus: typeof import("../../api/kernel/bus.ts");
  rates: typeof import("../../api/edge/limits/rates.ts");
  close: () => void;
};

let folder: string;
let redis: Awaited<ReturnType<typeof startRedis>>;
let here: Process;
let there: Process;

async function start(): Promise<Process> {
  vi.resetModules();
  const bus = await import("../../api/kernel/bus.ts");
  const rates = await import("../../api/edge/limits/rates.ts");
  const clock = await import("../../api/kernel/clock.ts");
  const at = Date.now();
  // Standing still: nothing flows back.
  clock.setClock(() => at);
  bus.openBus(redis.url);
  const stop = rates.shareRates();
  await eventually(() => bus.busState() === "up");
  const close = () => {
    stop();
    bus.closeBus();
  };
  return { bus, rates, close };
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "beseda-rates-"));
  redis = await startRedis({ directory: folder });
  here = await start();
  there = await start();
  await crossed(here, there);
  await crossed(there, here);
});
afterEach(async () => {
  here.close();
  there.close();
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Settles when hints come through: what was told before the other one listened is lost, as any hint may be. */
async function crossed(from: Process, to: Process): Promise<void> {
  let heard = 0;
  const stop = to.bus.subscribe("log", () => heard++);
  await eventually(() => {
    from.bus.publish("log", "0");
    return heard > 0;
  });
  stop();
}

let addresses = 0;
const newPayer = () => ({ address: `203.0.113.${++addresses}`, actor: null });
const points = (cost: number) => ({ cost, calls: new Map<string, number>() });
/** All that an address may spend at once, and what flows back in a second. */
const BURST = 1_000_000;
const PER_SECOND = 20_000;

describe("two processes on one Redis", () => {
  it("share a rate: what was taken in one is gone in the other", async () => {
    const payer = newPayer();
    expect(here.rates.spend(payer, points(BURST))).toBeUndefined();
    expect(there.rates.remaining(payer)).toBe(BURST);
    await eventually(() => there.rates.remaining(payer) === 0);
    expect(there.rates.spend(payer, points(1))).toEqual({ limit: "address", retryAfterSeconds: 1 });
  });

  it("share the rate of a field", async () => {
    const payer = newPayer();
    const visits = (count: number) => ({ cost: 0, calls: new Map([["startVisit", count]]) });
    here.rates.spend(payer, { ...visits(300), cost: BURST });
    await eventually(() => there.rates.remaining(payer) === 0);
    expect(there.rates.spend(payer, visits(1))).toMatchObject({ limit: "startVisit" });
  });

  it("owe what both let pass before they heard of each other", async () => {
    const payer = newPayer();
    expect(here.rates.spend(payer, points(BURST))).toBeUndefined();
    expect(there.rates.spend(payer, points(BURST))).toBeUndefined();
    const waits = () => [here, there].map(({ rates }) => rates.spend(payer, points(PER_SECOND))!.retryAfterSeconds);
    await eventually(() => waits().every((seconds) => seconds === (BURST + PER_SECOND) / PER_SECOND));
  });

  it("keep apart who pays", async () => {
    const [one, other] = [newPayer(), newPayer()];
    here.rates.spend(one, points(BURST));
    await eventually(() => there.rates.remaining(one) === 0);
    expect(there.rates.remaining(other)).toBe(BURST);
  });

  it("go on at once with their own counts when Redis is killed, and share again when it is back", async () => {
    const payer = newPayer();
    process.kill(redis.pid, "SIGKILL");
    expect(here.rates.spend(payer, points(BURST))).toBeUndefined();
    expect(here.rates.spend(payer, points(1))).toMatchObject({ limit: "address" });
    await eventually(() => here.bus.busState() === "down" && there.bus.busState() === "down");
    expect(there.rates.spend(payer, points(BURST))).toBeUndefined();
    expect(there.rates.spend(payer, points(1))).toMatchObject({ limit: "address" });

    redis = await startRedis({ directory: folder, port: redis.port });
    await eventually(() => here.bus.busState() === "up" && there.bus.busState() === "up");
    await crossed(here, there);
    const later = newPayer();
    here.rates.spend(later, points(BURST));
    await eventually(() => there.rates.remaining(later) === 0);
  });
});
