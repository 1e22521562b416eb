import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { LaunchProblem } from "./problem.ts";
import { words } from "./words.ts";

/** Programs that npm does not bring: where each is named by a variable, and the names it has on the PATH. */
export const programs = {
  chromium: {
    variable: "BESEDA_CHROMIUM",
    names: ["chromium", "chromium-browser", "google-chrome"],
    debian: "chromium",
  },
  redis: { variable: "BESEDA_REDIS", names: ["redis-server", "valkey-server"], debian: "redis-server" },
} as const;

export type Program = keyof typeof programs;

/** The path of a program, undefined when it is not installed. */
export function findProgram(program: Program): string | undefined {
  const named = process.env[programs[program].variable];
  if (named) return isRunnable(named) ? named : undefined;
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return programs[program].names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isRunnable);
}

/** The path of a program; refuses with a LaunchProblem that says what to install. */
export function requireProgram(program: Program): string {
  const path = findProgram(program);
  if (!path) throw new LaunchProblem(words.programsMissing([program], programs[program].debian));
  return path;
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
