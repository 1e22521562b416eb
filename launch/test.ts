import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { LaunchProblem } from "./problem.ts";
import { findProgram, type Program, programs } from "./programs.ts";
import { step } from "./step.js";
import { words } from "./words.ts";

/** What `npm test` runs: all projects, or those named by `--project`; other arguments are vitest's own. */
const options = process.argv.slice(2);
const named = options.join("=").match(/(?<=--project=)[^=]+/g) ?? [];

try {
  if (named.length === 0 || named.some((project) => project !== "unit")) await bringPrograms();
  process.exitCode = await runVitest();
} catch (error) {
  if (!(error instanceof LaunchProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Chromium and Redis are not on npm: root on Debian gets them here, anyone else is told what to install. */
async function bringPrograms(): Promise<void> {
  const missing = absent();
  if (missing.length === 0) return;
  const packages = missing.map((program) => programs[program].debian);
  if (mayInstall()) await step(`Installing ${packages.join(" and ")}`, async () => aptInstall(packages));
  if (absent().length > 0) throw new LaunchProblem(words.programsMissing(missing, packages.join(" ")));
}

function absent(): Program[] {
  return (Object.keys(programs) as Program[]).filter((program) => !findProgram(program));
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
}

function aptInstall(packages: string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const command of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", ...packages],
  ]) {
    const { status, stderr } = spawnSync("apt-get", command, { env: environment, encoding: "utf8" });
    if (status !== 0) throw new LaunchProblem(`apt-get ${command.join(" ")}: ${stderr.trim()}`);
  }
}

function runVitest(): Promise<number> {
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const child = spawn(process.execPath, [vitest, "run", ...options], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}
