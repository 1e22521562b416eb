import { type Config, ConfigProblem, readConfig } from "./config.ts";
import { openHttpServer } from "./http-server.ts";
import { log, openLogging } from "./kernel/logging.ts";
import { measureProcess } from "./kernel/metrics.ts";
import { type Part, parts } from "./parts.ts";

/** A running server; `close` lets open requests end, then closes everything in the reverse of the order it was opened. */
export type RunningServer = { url: string; close: () => Promise<void> };

/** Opens what the roles of this process need, all of it by default. The database must be migrated. */
export async function startServer(config: Config = readConfig()): Promise<RunningServer> {
  const running = new AsyncDisposableStack();
  try {
    openLogging(config.LOG_LEVEL);
    measureProcess();
    for (const { open } of parts.filter((part) => isNeeded(part, config)))
      running.defer((await open(config)) ?? nothing);
    running.defer(await openHttpServer(config));
  } catch (fault) {
    await running.disposeAsync();
    throw fault;
  }
  return { url: config.PUBLIC_URL, close: () => running.disposeAsync() };
}

function isNeeded({ roles }: Part, { ROLES }: Config): boolean {
  return roles.some((role) => ROLES.includes(role));
}

function nothing(): void {}

/** Closes the server and ends the process, within SHUTDOWN_SECONDS whatever hangs. */
function stop(server: RunningServer, { SHUTDOWN_SECONDS }: Config): void {
  setTimeout(() => {
    log().warn("It could not be closed in time, and was ended.");
    process.exit(1);
  }, SHUTDOWN_SECONDS * 1_000);
  void server.close().then(() => process.exit(0));
}

if (import.meta.main) {
  try {
    const config = readConfig();
    const server = await startServer(config);
    process.once("SIGTERM", () => stop(server, config));
    process.once("SIGINT", () => stop(server, config));
  } catch (fault) {
    process.stderr.write(`${fault instanceof ConfigProblem ? fault.message : (fault as Error).stack}\n`);
    process.exit(1);
  }
}
