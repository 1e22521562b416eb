import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stopLeftoverDatabase } from "../../launch/local-database.ts";
import { freePort } from "../../launch/ports.ts";
import { type Demo, readDemo } from "../../launch/state-folder.ts";
import { eventually } from "../support/eventually.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** A first start makes a database cluster, on a machine that may be busy with everything else. */
const PATIENCE_MS = 60_000;

/** A Beseda as `npm start` runs it: a process of its own, with a state folder and two ports that are only its own. */
export type Beseda = {
  demo: Demo;
  /** Its database, for what no face of it offers. */
  databaseUrl: string;
  /** What it has printed since its last start. */
  said: () => string;
  /** Kills the process at once, as a power cut would; its database is left behind running. */
  kill: () => Promise<void>;
  /** Starts it again after `kill`, on what it kept. */
  startAgain: () => Promise<void>;
  /** Ctrl+C, and nothing stays behind. Answers the exit code; null when it had to be killed. */
  stop: () => Promise<number | null>;
};

/** Starts Beseda with its demo story on free ports and resolves when every door of it is open. */
export async function startBeseda(): Promise<Beseda> {
  const folder = mkdtempSync(join(tmpdir(), "beseda-e2e-"));
  const environment = { STATE_DIR: folder, PORT: String(await freePort()), SHOP_PORT: String(await freePort()) };
  let child = run(environment);
  const remove = async () => {
    await stopLeftoverDatabase(folder);
    rmSync(folder, { recursive: true, force: true });
  };
  const end = (signal: NodeJS.Signals) => endOf(child, signal);
  try {
    await becomesReady(child, environment);
  } catch (error) {
    await end("SIGKILL").then(remove);
    throw error;
  }
  return {
    demo: readDemo(folder)!,
    databaseUrl: databaseOf(folder),
    said: () => child.said,
    kill: async () => void (await end("SIGKILL")),
    startAgain: () => {
      child = run(environment);
      return becomesReady(child, environment);
    },
    stop: async () => {
      const code = await end("SIGINT");
      await remove();
      return code;
    },
  };
}

function databaseOf(folder: string): string {
  const kept = (name: string) => readFileSync(join(folder, "postgres", name), "utf8").trim();
  return `postgres://beseda:${kept("password")}@127.0.0.1:${kept("port")}/beseda`;
}

type Started = ChildProcess & { said: string };

function run(environment: Record<string, string>): Started {
  // Only what a terminal would give it: the tests' own variables are not for it.
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { PATH, HOME, TMPDIR, ...environment };
  const child = spawn(process.execPath, [join("launch", "start.ts")], { cwd: root, env });
  const started = Object.assign(child, { said: "" });
  for (const output of [child.stdout, child.stderr]) output.on("data", (text) => (started.said += text));
  const stop = () => child.kill("SIGINT");
  process.once("exit", stop);
  child.once("exit", () => process.off("exit", stop));
  return started;
}

async function becomesReady(child: Started, { PORT, SHOP_PORT }: Record<string, string>): Promise<void> {
  const doors = [`http://localhost:${PORT}/ready`, `http://127.0.0.1:${SHOP_PORT}`];
  await eventually(async () => {
    if (hasEnded(child)) throw new Error(`Beseda ended with ${child.exitCode}:\n${child.said}`);
    const answers = await Promise.all(doors.map((door) => fetch(door).catch(() => undefined)));
    return answers.every((answer) => answer?.ok);
  }, PATIENCE_MS);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (hasEnded(child)) return child.exitCode;
  const ended = once(child, "exit");
  child.kill(signal);
  const overdue = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS / 2);
  await ended;
  clearTimeout(overdue);
  return child.exitCode;
}
