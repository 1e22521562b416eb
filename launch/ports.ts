import { createServer } from "node:net";

/** A TCP port of 127.0.0.1 that nobody listens on now. */
export async function freePort(): Promise<number> {
  const opened = await listenOnce(0, "127.0.0.1");
  if (typeof opened !== "number") throw new Error(`127.0.0.1 has no free port: ${opened}.`);
  return opened;
}

/** Whether nobody listens on this TCP port, neither on 127.0.0.1 nor on ::1, which browsers try first for localhost. */
export async function isPortFree(port: number): Promise<boolean> {
  if (typeof (await listenOnce(port, "127.0.0.1")) !== "number") return false;
  return (await listenOnce(port, "::1")) !== "EADDRINUSE";
}

/** Listens for a moment and answers the port, or the code of what stood in the way. */
function listenOnce(port: number, host: string): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, ipv6Only: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : "EADDRNOTAVAIL"));
    });
  });
}
