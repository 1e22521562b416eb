import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createApp, createHealthApp } from "./app.ts";
import type { Config } from "./config.ts";
import { acceptSockets, refuseSockets } from "./edge/graphql/upgrade.ts";
import { log } from "./kernel/logging.ts";

/** How often connections whose last answer is out are looked for, in ms: browsers would keep them. */
const SWEEP_MS = 50;
/** The share of SHUTDOWN_SECONDS after which requests are cut; the rest is for what is closed after them. */
const SHARE_OF_REQUESTS = 0.8;

/**
 * Takes what the process's roles are there for, and tells how it is whatever they are. Answers how to stop: /ready says no
 * at once; after SHUTDOWN_DELAY_SECONDS nobody new is taken, and streams and sockets are told when to come back; open
 * requests have their answers, or are cut when their time is over.
 */
export async function openHttpServer(config: Config): Promise<() => Promise<void>> {
  const { ROLES: roles, PUBLIC_URL: publicUrl } = config;
  const announced = new AbortController();
  const stopping = new AbortController();
  const health = {
    roles,
    followsLog: roles.includes("web") || roles.includes("socket"),
    isStopping: () => announced.signal.aborted,
  };
  const surroundings = { health, stopping: stopping.signal };
  const app = roles.includes("web") ? await createApp(config, surroundings) : createHealthApp(health);
  const server = createServer(app.callback());
  const sockets = roles.includes("socket") ? acceptSockets(server, publicUrl) : refuseSockets(server);
  await listen(server, config);
  log().info({ port: (server.address() as AddressInfo).port, roles }, "Beseda is ready.");

  return async () => {
    const overdue = setTimeout(() => server.closeAllConnections(), config.SHUTDOWN_SECONDS * SHARE_OF_REQUESTS * 1_000);
    announced.abort();
    // Who keeps a connection busy would be served until the time is over: it is told to open the next one elsewhere.
    server.prependListener("request", (_request, response) => response.setHeader("Connection", "close"));
    await pause(config.SHUTDOWN_DELAY_SECONDS * 1_000);
    const closed = once(server, "close");
    server.close();
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    stopping.abort();
    sockets.close();
    await closed;
    clearInterval(sweep);
    clearTimeout(overdue);
  };
}

function listen(server: Server, { HOST, PORT }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(PORT, HOST, resolve);
  });
}
