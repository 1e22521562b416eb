import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../../launch/ports.ts";
import { isGoneWithin } from "../../launch/processes.ts";
import { until } from "../poll.ts";
import type { Ground } from "./ground.ts";

/** The tree under proof: the one this file stands in, so that a copy of the tree proves itself. */
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** One API process at an address of its own, which is killed and started again. */
export type ApiProcess = {
  name: string;
  url: string;
  socketUrl: string;
  /** The number of the process that runs now. */
  pid: () => number;
  /** Kills it and starts it again in the background after so many ms. */
  kill: (awayMs: number) => Promise<void>;
  /** Asks it to end, as an orchestrator does; answers its exit code and the ms it took. */
  end: () => Promise<{ code: number | null; ms: number }>;
  /** Resolves once it answers that it is ready; throws when it does not come back. */
  ready: () => Promise<void>;
  /** Times it ended though nobody had asked, each with its last words. */
  collapses: string[];
  /** What it logged as errors. */
  errors: () => string[];
};

export type ApiOptions = { ground: Ground; name: string; secret: string; port?: number; flags?: string[] };

/** Every process of ours still alive, ended at last when the proof breaks off. */
const alive = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of alive) child.kill("SIGKILL");
});

/** Starts `node api/server.ts`, with `flags` of Node's own, and keeps it running, like a supervisor, until `end`. */
export async function startApi({ ground, name, secret, port, flags = [] }: ApiOptions): Promise<ApiProcess> {
  const chosen = port ?? (await freePort());
  const url = `http://127.0.0.1:${chosen}`;
  const logFile = join(ground.directory, `${name}.log`);
  const environment = {
    ...process.env,
    ...{ DATABASE_URL: ground.databaseUrl, REDIS_URL: ground.redisUrl, PORT: String(chosen), PUBLIC_URL: url },
    ...{
      SECRET: secret,
      STATE_DIR: join(ground.directory, name),
      LOG_LEVEL: "warn",
      NODE_ENV: "test",
      // Customers here ask what the widget never asks, and faster than any person does.
      ...{ RATE_LIMITS: "off", DOCUMENTS: "any" },
      HOST: "127.0.0.1",
      // All of a proof's clients have one address, and documents of their own.
      RATE_LIMITS: "off",
      DOCUMENTS: "any",
    },
  };
  const collapses: string[] = [];
  let child: ChildProcess;
  let wanted = true;
  let wasReady = false;

  function launch(): void {
    wasReady = false;
    const log = openSync(logFile, "a");
    const started = spawn(process.execPath, [...flags, join(root, "api", "server.ts")], {
      cwd: root,
      env: environment,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    child = started;
    alive.add(started);
    started.once("exit", (code, signal) => {
      alive.delete(started);
      if (!wanted || started !== child) return;
      // Without a database it may refuse to start, and is started again; once ready it must stay up whatever happens.
      if (wasReady) collapses.push(`${name} ended by itself (${signal ?? code}): ${lastWords(logFile)}`);
      setTimeout(() => wanted && launch(), 200);
    });
  }

  async function isReady(): Promise<boolean> {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    const launched = child;
    const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status !== 200 || launched !== child) return false;
    wasReady = true;
    return true;
  }
  const ready = async () => void (await until(`${name} is ready`, isReady, 30_000));

  launch();
  await ready();
  return {
    ...{ name, url, collapses, ready },
    socketUrl: `ws://127.0.0.1:${chosen}/graphql`,
    pid: () => child.pid!,
    kill: async (awayMs) => {
      wanted = false;
      child.kill("SIGKILL");
      await isGoneWithin(child.pid!, 5_000);
      await pause(awayMs);
      wanted = true;
      launch();
    },
    end: () => {
      wanted = false;
      const askedAt = performance.now();
      child.kill("SIGTERM");
      const overdue = setTimeout(() => child.kill("SIGKILL"), 30_000);
      return new Promise((resolve) => {
        child.once("exit", (code) => {
          clearTimeout(overdue);
          resolve({ code, ms: Math.round(performance.now() - askedAt) });
        });
      });
    },
    errors: () =>
      readFileSync(logFile, "utf8")
        .split("\n")
        .filter((line) => /"level":(50|60)/.test(line)),
  };
}

function lastWords(logFile: string): string {
  return readFileSync(logFile, "utf8").trim().split("\n").slice(-12).join("\n    ");
}
