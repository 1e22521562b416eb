import { type ChildProcess, fork } from "node:child_process";

/** A process of a measurement, which answers what it is asked; so nobody's work is counted as another's. */
export type Part = {
  /** Resolves with the answer; rejects with the part's own words when it failed, or when the part has died. */
  ask: <T = void>(question: string, about?: unknown) => Promise<T>;
  /** CPU seconds of the whole process since it began, kernel included. */
  cpuSeconds: () => Promise<number>;
  /** What the process holds once all garbage is collected. Linux only. */
  memory: () => Promise<Memory>;
  stop: () => Promise<void>;
};

/** In bytes: resident pages; resident pages, shared ones in part; what JavaScript and its buffers use of them. */
export type Memory = { rss: number; pss: number; used: number };

type Answer = { id: number; answer?: unknown; failure?: string };

/** Starts a program of this folder in a process of its own. */
export async function startPart(file: string, environment: Record<string, string> = {}): Promise<Part> {
  const child = fork(new URL(file, import.meta.url), {
    execArgv: ["--expose-gc"],
    env: { ...process.env, NODE_ENV: "production", ...environment },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ask = asker(child);
  const stop = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("exit", () => resolve());
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 15_000).unref();
    });
  return { ask, cpuSeconds: () => ask("cpuSeconds"), memory: () => ask("memory"), stop };
}

function asker(child: ChildProcess): Part["ask"] {
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  child.on("message", (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.on("exit", (code, signal) => {
    for (const [id, hear] of waiting) hear({ id, failure: `The part ended (${signal ?? code}).` });
  });
  return <T>(question: string, about?: unknown) =>
    new Promise<T>((resolve, reject) => {
      const id = ++asked;
      waiting.set(id, ({ answer, failure }) =>
        failure === undefined ? resolve(answer as T) : reject(new Error(`${question}: ${failure}`)),
      );
      child.send({ id, question, about });
    });
}
