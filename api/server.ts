import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createApp } from "./app.ts";
import { type Config, ConfigProblem, readConfig } from "./config.ts";
import { acceptSockets } from "./edge/graphql/upgrade.ts";
import { closeBus, openBus } from "./kernel/bus.ts";
import { closeDatabase, openDatabase } from "./kernel/database.ts";
import { startJobs } from "./kernel/jobs.ts";
import { closeLive, openLive } from "./kernel/live/follow.ts";
import { watchRights } from "./kernel/live/rights.ts";
import { openCursors } from "./kernel/log/cursor.ts";
import { startListeners } from "./kernel/log/listener.ts";
import { useProjections } from "./kernel/log/record.ts";
import { startSequencer } from "./kernel/log/sequencer.ts";
import { log, openLogging } from "./kernel/logging.ts";
import { measureProcess } from "./kernel/metrics.ts";
import { openVisitorTokens } from "./people/visitor-token.ts";
import { roster } from "./roster.ts";

/** A running server; `close` lets open requests end, then closes everything in the reverse of the order it was opened. */
export type RunningServer = { url: string; close: () => Promise<void> };

/** Opens every role in this process: web, sockets, sequencer, listeners and jobs. The database must be migrated. */
export async function startServer(config: Config = readConfig()): Promise<RunningServer> {
  const running = new AsyncDisposableStack();
  try {
    await open(config, running);
  } catch (fault) {
    await running.disposeAsync();
    throw fault;
  }
  return { url: config.PUBLIC_URL, close: () => running.disposeAsync() };
}

/** Opens part after part; each is closed before those it was opened upon. */
async function open(config: Config, running: AsyncDisposableStack): Promise<void> {
  openLogging(config.LOG_LEVEL);
  measureProcess();
  openDatabase({ url: config.DATABASE_URL, connections: config.DATABASE_POOL });
  running.defer(closeDatabase);
  openBus(config.REDIS_URL);
  running.defer(closeBus);
  openVisitorTokens(config.SECRET);
  openCursors(config.SECRET);
  useProjections(roster.projections);
  const rights = watchRights(roster.findLostKeys);
  running.defer(rights.stop);
  await openLive();
  running.defer(closeLive);
  const sequencer = startSequencer(config.DATABASE_URL);
  running.defer(sequencer.stop);
  const listeners = startListeners(roster.listeners);
  running.defer(listeners.stop);
  const jobs = await startJobs(config.DATABASE_URL, roster.jobs);
  running.defer(jobs.stop);

  const stopping = new AbortController();
  const app = await createApp(config, stopping.signal);
  const server = createServer(app.callback());
  await listen(server, config);
  running.defer(() => drain(server, config.SHUTDOWN_SECONDS));
  const sockets = acceptSockets(server, config.PUBLIC_URL);
  running.defer(sockets.close);
  running.defer(() => stopping.abort());
  const { port } = server.address() as AddressInfo;
  log().info({ port }, "Beseda is ready.");
}

function listen(server: Server, { HOST, PORT }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(PORT, HOST, resolve);
  });
}

/** Ends idle connections at once and the rest when their answer is out, or when the time is over. */
function drain(server: Server, seconds: number): Promise<void> {
  return new Promise((resolve) => {
    // Who keeps a connection busy would be served until the time is over: it is told to open the next one elsewhere.
    server.prependListener("request", (_request, response) => response.setHeader("Connection", "close"));
    const overdue = setTimeout(() => server.closeAllConnections(), seconds * 1_000);
    server.close(() => {
      clearTimeout(overdue);
      resolve();
    });
    server.closeIdleConnections();
  });
}

if (import.meta.main) {
  try {
    const server = await startServer();
    const stop = () => void server.close().then(() => process.exit(0));
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  } catch (fault) {
    process.stderr.write(`${fault instanceof ConfigProblem ? fault.message : (fault as Error).stack}\n`);
    process.exit(1);
  }
}
