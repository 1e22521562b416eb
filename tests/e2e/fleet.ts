import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedDemo } from "../../launch/demo.ts";
import { freePort } from "../../launch/ports.ts";
import { startRedis } from "../../launch/redis.ts";
import { startShop } from "../../launch/shop.ts";
import type { Demo } from "../../launch/state-folder.ts";
import { testDatabase } from "../support/database.ts";
import { type Ended, startProcess } from "../support/process.ts";
import { startBalancer } from "./balancer.ts";

/** Beseda in several processes: two for web and sockets behind a plain balancer, a worker, Redis. */
export type Fleet = {
  demo: Demo;
  /**
   * Starts the second API process. Until then who wants may sign in: the embedded identity provider keeps a begun sign-in
   * in the memory of the process where it began.
   */
  grow: () => Promise<void>;
  /** All parts, with how to end each as an orchestrator does and to start it again. */
  parts: () => { name: string; restart: () => Promise<Ended> }[];
  close: () => Promise<void>;
};

/** Starts the fleet with its demo story, its second API process yet to come. */
export async function startFleet(): Promise<Fleet> {
  const running = new AsyncDisposableStack();
  const database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), "beseda-fleet-"));
  running.defer(() => rmSync(folder, { recursive: true, force: true }));
  const bus = { directory: join(folder, "redis"), port: await freePort() };
  let redis = await startRedis(bus);
  running.defer(() => redis.stop());

  const [port, shopPort] = [await freePort(), await freePort()];
  const home = `http://localhost:${port}`;
  const shopOrigin = `http://127.0.0.1:${shopPort}`;
  const told = await seedDemo({
    ...{ databaseUrl: database.url, stateFolder: folder, shopOrigin, isEmpty: false, remembered: undefined },
  });
  const shop = await startShop({ port: shopPort, host: "127.0.0.1", apiUrl: home, inboxKey: told.inboxKey });
  running.defer(() => shop.close());

  const settings = {
    ...{ DATABASE_URL: database.url, REDIS_URL: redis.url, PUBLIC_URL: home, STATE_DIR: folder },
    // The balancer asks four times as often.
    SHUTDOWN_DELAY_SECONDS: "1",
  };
  const startApi = () => startProcess({ ...settings, ROLES: "web,socket" });
  const worker = await startProcess({ ...settings, ROLES: "worker,sequencer" });
  const apis = [await startApi()];
  const balancer = await startBalancer(port);
  running.defer(() => balancer.close());
  balancer.add(apis[0]!.port);

  async function restartRedis(): Promise<Ended> {
    const askedAt = performance.now();
    await redis.stop();
    const ms = Math.round(performance.now() - askedAt);
    redis = await startRedis(bus);
    return { code: 0, ms };
  }

  return {
    demo: {
      urls: { home, try: `${home}/try`, portal: `${home}/portal`, graphql: `${home}/graphql`, shop: shopOrigin },
      ...told,
    },
    grow: async () => {
      const second = await startApi();
      apis.push(second);
      balancer.add(second.port);
    },
    parts: () =>
      [
        ...apis.map((process, index) => ({ name: `API process ${index + 1}`, process })),
        { name: "worker", process: worker },
      ]
        .map(({ name, process }) => ({
          name,
          restart: async () => {
            const ended = await process.end();
            await process.startAgain();
            return ended;
          },
        }))
        .concat({ name: "Redis", restart: restartRedis }),
    close: () => running.disposeAsync(),
  };
}
