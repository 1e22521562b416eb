import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Where ports are looked for: below those that the system gives to outgoing connections, which could take one before its
 * server listens, or while it is away. Each run begins somewhere else.
 */
const FIRST = 20_000;
const COUNT = 12_000;
let next = randomInt(COUNT);

/** A TCP port of 127.0.0.1 that nobody listens on now; another one each time. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < COUNT; tried++) {
    const port = FIRST + (next++ % COUNT);
    if (await isPortFree(port)) return port;
  }
  throw new Error("127.0.0.1 has no free port.");
}

/** Whether nobody listens on this TCP port, neither on 127.0.0.1 nor on ::1, which browsers try first for localhost. */
export async function isPortFree(port: number): Promise<boolean> {
  if (await obstacle(port, "127.0.0.1")) return false;
  return (await obstacle(port, "::1")) !== "EADDRINUSE";
}

/** Listens for a moment; answers the code of what stood in the way. */
function obstacle(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, ipv6Only: true }, () => server.close(() => resolve(undefined)));
  });
}
