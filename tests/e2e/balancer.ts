import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

const ASK_EVERY_MS = 250;

/** A plain balancer: each request goes to the next process that says it is ready, no matter who asks. */
export type Balancer = {
  /** Sends requests to the process at this port too, from now on. */
  add: (port: number) => void;
  close: () => Promise<void>;
};

type Process = { port: number; isReady: boolean };

/** Opens a balancer at this port. A process that takes no connection is passed over, like one whose /ready says no. */
export async function startBalancer(port: number): Promise<Balancer> {
  const processes: Process[] = [];
  let turn = 0;

  const asking = setInterval(() => {
    for (const process of processes) void isReady(process.port).then((answer) => (process.isReady = answer));
  }, ASK_EVERY_MS);

  /** A connection to the process whose turn it is. */
  async function reach(): Promise<Socket | undefined> {
    for (let tries = 0; tries < processes.length; tries++) {
      const process = processes[turn++ % processes.length]!;
      const socket = process.isReady && (await connection(process.port));
      if (socket) return socket;
    }
    return undefined;
  }

  async function pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const socket = await reach();
    if (!socket) return void answer.writeHead(502).end();
    const { method, url: path, headers } = asked;
    const passed = request({
      createConnection: () => socket,
      method,
      path,
      headers: { ...headers, connection: "close" },
    });
    passed.once("error", () => answer.destroy());
    passed.once("response", (response) => {
      const { connection: _theirs, "keep-alive": _time, "transfer-encoding": _form, ...kept } = response.headers;
      answer.writeHead(response.statusCode!, kept).flushHeaders();
      response.on("error", () => answer.destroy()).pipe(answer);
    });
    answer.once("close", () => passed.destroy());
    asked.pipe(passed);
  }

  async function passUpgrade(asked: IncomingMessage, client: Duplex, head: Buffer): Promise<void> {
    const socket = await reach();
    if (!socket) return void client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    client.on("error", () => socket.destroy()).on("close", () => socket.destroy());
    socket.on("error", () => client.destroy()).on("close", () => client.destroy());
    const lines = asked.rawHeaders.flatMap((text, index, all) => (index % 2 ? [] : [`${text}: ${all[index + 1]}`]));
    socket.write([`${asked.method} ${asked.url} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
    socket.write(head);
    socket.pipe(client).pipe(socket);
  }

  const server = createServer((asked, answer) => void pass(asked, answer));
  server.on("upgrade", (asked, client, head) => void passUpgrade(asked, client, head));
  server.listen(port, "localhost");
  await once(server, "listening");
  return {
    add: (added) => void processes.push({ port: added, isReady: true }),
    close: async () => {
      clearInterval(asking);
      server.close();
      server.closeAllConnections();
    },
  };
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined);
  return answer?.ok ?? false;
}

async function connection(port: number): Promise<Socket | undefined> {
  const socket = connect(port, "127.0.0.1");
  return new Promise((resolve) => {
    socket.once("connect", () => resolve(socket)).once("error", () => resolve(undefined));
  });
}
