import { randomBytes } from "node:crypto";
import { relative } from "node:path";
import { ConfigProblem } from "../api/config.ts";
import { DatabaseProblem } from "../api/kernel/database-problem.ts";
import { migrate } from "../api/migrate.ts";
import { banner } from "./banner.ts";
import { seedDemo } from "./demo.ts";
import { startLocalDatabase, stopLeftoverDatabase } from "./local-database.ts";
import { isPortFree } from "./ports.ts";
import { LaunchProblem } from "./problem.ts";
import { startShop } from "./shop.ts";
import { takeStartLock } from "./start-lock.ts";
import { readStartOptions, type StartOptions } from "./start-options.ts";
import {
  type Demo,
  demoFileIn,
  emptyStateFolder,
  isUnfinished,
  keptSecret,
  markFinished,
  markUnfinished,
  openStateFolder,
  readDemo,
  writeDemo,
} from "./state-folder.ts";
import { step } from "./step.js";
import { stopAsked } from "./stop-signals.ts";
import { words } from "./words.ts";

/** What is up, to be taken down in the reverse order, and how to end it all at once. */
const running = new AsyncDisposableStack();
let killDatabase = () => {};

const asked = stopAsked(() => killDatabase());
try {
  await bringUp(readStartOptions(process.argv.slice(2), process.env));
  await asked;
  process.stdout.write(`\n${words.stopping()}\n`);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${isProblem(error) ? error.message : (error as Error).stack}\n`);
}
await running.disposeAsync();
process.exit();

async function bringUp(options: StartOptions): Promise<void> {
  const stateFolder = openStateFolder(options.stateFolder);
  running.defer(takeStartLock(stateFolder));
  for (const port of [options.port, options.shopPort]) {
    if (!(await isPortFree(port))) throw new LaunchProblem(words.portTaken(port));
  }
  if (options.reset || isUnfinished(stateFolder)) await reset(stateFolder);
  if (!options.databaseUrl) markUnfinished(stateFolder);
  const databaseUrl = options.databaseUrl ?? (await openDatabase(stateFolder));
  const applied = await migrate(databaseUrl);
  if (applied.length > 0) process.stdout.write(`${words.migrated(applied.length)}\n`);
  const demo = await tellStory(options, { stateFolder, databaseUrl });
  await serve(options, { stateFolder, databaseUrl, inboxKey: demo.inboxKey });
  const folder = relative(process.cwd(), stateFolder) || stateFolder;
  process.stdout.write(banner(demo, { seconds: process.uptime().toFixed(1), folder }));
}

async function reset(stateFolder: string): Promise<void> {
  await stopLeftoverDatabase(stateFolder);
  emptyStateFolder(stateFolder);
}

async function openDatabase(stateFolder: string): Promise<string> {
  const database = await step(words.startingDatabase(), () => startLocalDatabase(stateFolder));
  running.defer(() => database.stop());
  killDatabase = () => database.kill();
  return database.url;
}

/** Fills an empty database, and keeps what people need to know about it for this and the later starts. */
async function tellStory(
  { empty, publicUrl, shopPort }: StartOptions,
  { stateFolder, databaseUrl }: { stateFolder: string; databaseUrl: string },
): Promise<Demo> {
  const shop = `http://127.0.0.1:${shopPort}`;
  const remembered = readDemo(stateFolder);
  const seeded = await seedDemo({ databaseUrl, stateFolder, shopOrigin: shop, isEmpty: empty, remembered });
  const key = randomBytes(24).toString("base64url");
  const urls = {
    ...{ home: publicUrl, try: `${publicUrl}/try?key=${key}` },
    ...{ portal: `${publicUrl}/portal`, graphql: `${publicUrl}/graphql`, shop },
  };
  const demo = { urls, ...seeded };
  writeDemo(stateFolder, demo);
  markFinished(stateFolder);
  return demo;
}

/** Every role of the API in this process, and beside it the shop: another site, as a customer's own would be. */
async function serve(
  { port, shopPort, publicUrl }: StartOptions,
  { stateFolder, databaseUrl, inboxKey }: { stateFolder: string; databaseUrl: string; inboxKey: string },
): Promise<void> {
  Object.assign(process.env, {
    ...{ DATABASE_URL: databaseUrl, STATE_DIR: stateFolder, PORT: String(port), PUBLIC_URL: publicUrl },
    SECRET: process.env.SECRET || keptSecret(stateFolder),
    DEMO_FILE: demoFileIn(stateFolder),
    LOG_LEVEL: process.env.LOG_LEVEL || "warn",
    // No balancer stands before it, so Ctrl+C need not wait for one.
    SHUTDOWN_DELAY_SECONDS: process.env.SHUTDOWN_DELAY_SECONDS || "0",
  });
  const { startServer } = await import("../api/server.ts");
  const server = await startServer();
  running.defer(() => server.close());
  const shop = await startShop({ host: "127.0.0.1", port: shopPort, apiUrl: publicUrl, inboxKey });
  running.defer(() => shop.close());
}

function isProblem(error: unknown): error is Error {
  return error instanceof LaunchProblem || error instanceof DatabaseProblem || error instanceof ConfigProblem;
}
