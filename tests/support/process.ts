import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { freePort } from "../../launch/ports.ts";
import { eventually } from "./eventually.ts";
import { SECRET } from "./world.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** A start on a machine that may be busy with everything else. */
const PATIENCE_MS = 30_000;

/** How a process ended, and how many ms after it was asked to. */
export type Ended = { code: number | null; ms: number };

/** `node api/server.ts` as an orchestrator runs it, at a port of its own. */
export type ServerProcess = {
  port: number;
  url: string;
  /** What it has logged since its last start. */
  said: () => string;
  /** SIGTERM; resolves when it has ended. */
  end: () => Promise<Ended>;
  /** SIGKILL: it says goodbye to nobody. */
  crash: () => Promise<Ended>;
  /** Starts it again after `end` or `crash`, at the same port. */
  startAgain: () => Promise<void>;
};

const stateFolders: string[] = [];
const children = new Set<Started>();

afterAll(async () => {
  await Promise.all([...children].map((child) => endOf(child, "SIGKILL")));
  for (const folder of stateFolders) rmSync(folder, { recursive: true, force: true });
});

/** Starts a process with these settings and resolves when it is ready; killed after the file if it still runs. */
export async function startProcess(settings: Record<string, string>): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const own = { PORT: String(port), PUBLIC_URL: url, SECRET, STATE_DIR: newStateFolder(), LOG_LEVEL: "warn" };
  let child: Started;
  const start = () => {
    child = run({ ...own, ...settings });
    return becomesReady(child, url);
  };
  await start();
  return {
    port,
    url,
    said: () => child.said,
    end: () => endOf(child, "SIGTERM"),
    crash: () => endOf(child, "SIGKILL"),
    startAgain: start,
  };
}

function newStateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "beseda-process-"));
  stateFolders.push(folder);
  return folder;
}

type Started = ChildProcess & { said: string };

function run(environment: Record<string, string>): Started {
  // The tests' own variables are not for it.
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { PATH, HOME, TMPDIR, ...environment };
  const child = spawn(process.execPath, [join("api", "server.ts")], { cwd: root, env });
  const started = Object.assign(child, { said: "" });
  for (const output of [child.stdout, child.stderr]) output.on("data", (text) => (started.said += text));
  children.add(started);
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => {
    children.delete(started);
    process.off("exit", kill);
  });
  return started;
}

async function becomesReady(child: Started, url: string): Promise<void> {
  await eventually(async () => {
    if (hasEnded(child)) throw new Error(`The process ended with ${child.exitCode}:\n${child.said}`);
    return (await fetch(`${url}/ready`).catch(() => undefined))?.ok;
  }, PATIENCE_MS);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<Ended> {
  const askedAt = performance.now();
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
  return { code: child.exitCode, ms: Math.round(performance.now() - askedAt) };
}
