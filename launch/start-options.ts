import { parseArgs } from "node:util";
import { LaunchProblem } from "./problem.ts";
import { words } from "./words.ts";

export interface StartOptions {
  /** Forget everything of the last starts. */
  readonly reset: boolean;
  /** Begin with a workspace that nobody has written in yet. */
  readonly empty: boolean;
  /** A database of the user's own, in place of the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly stateFolder: string;
  readonly port: number;
  readonly shopPort: number;
  readonly publicUrl: string;
}

/** Reads the flags and variables of `npm start`. Refuses with a LaunchProblem what it does not know. */
export function readStartOptions(options: string[], environment: NodeJS.ProcessEnv): StartOptions {
  const { reset, empty } = readFlags(options);
  const databaseUrl = environment.DATABASE_URL || undefined;
  if (reset && databaseUrl) throw new LaunchProblem(words.resetOfOwnDatabase());
  const port = readPort(environment, "PORT", 8080);
  return {
    ...{ reset, empty, databaseUrl, port },
    stateFolder: environment.STATE_DIR || ".beseda",
    shopPort: readPort(environment, "SHOP_PORT", 8081),
    publicUrl: (environment.PUBLIC_URL || `http://localhost:${port}`).replace(/\/$/, ""),
  };
}

function readFlags(options: string[]): { reset: boolean; empty: boolean } {
  try {
    const { values } = parseArgs({
      args: options,
      options: { reset: { type: "boolean" }, empty: { type: "boolean" } },
    });
    return { reset: values.reset ?? false, empty: values.empty ?? false };
  } catch {
    throw new LaunchProblem(words.unknownFlag(options.join(" ")));
  }
}

function readPort(environment: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const port = Number(environment[name] || otherwise);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new LaunchProblem(words.notAPort(name, environment[name] ?? ""));
}
