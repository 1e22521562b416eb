import { WebSocket } from "ws";
import { until } from "../poll.ts";
import { type ApiOptions, type ApiProcess, startApi } from "./api-process.ts";
import { freePort } from "../../launch/ports.ts";

/** What a process holds once garbage is gone, in bytes; `buffers` are what waits for sockets, among others. */
export type Held = { heap: number; buffers: number };

/** Looks into a process by Chrome's DevTools protocol. */
export type Inspector = { held: () => Promise<Held>; close: () => void };

/** Starts an API process that can be looked into. */
export async function startInspectedApi(options: ApiOptions): Promise<{ api: ApiProcess; inspector: Inspector }> {
  const port = await freePort();
  const inspected = await freePort();
  const api = await startApi({ ...options, port, flags: [`--inspect=127.0.0.1:${inspected}`] });
  return { api, inspector: await openInspector(inspected) };
}

async function openInspector(port: number): Promise<Inspector> {
  const targets = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [{ webSocketDebuggerUrl }] = (await targets.json()) as [{ webSocketDebuggerUrl: string }];
  const socket = new WebSocket(webSocketDebuggerUrl);
  // biome-ignore lint/suspicious/noExplicitAny: as the protocol has it
  const answers = new Map<number, any>();
  let asked = 0;
  socket.on("message", (bytes) => {
    const { id, ...answer } = JSON.parse(String(bytes));
    answers.set(id, answer);
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));

  async function ask(method: string, params = {}) {
    const id = ++asked;
    socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await until(`the inspector answers ${method}`, () => answers.get(id), 60_000);
    if (error) throw new Error(`The inspector refused ${method}: ${error.message}`);
    return result;
  }

  return {
    held: async () => {
      // Twice, since what the first one finalises is garbage for the second.
      await ask("HeapProfiler.collectGarbage");
      await ask("HeapProfiler.collectGarbage");
      const expression = "JSON.stringify(process.memoryUsage())";
      const { result } = await ask("Runtime.evaluate", { expression });
      const { heapUsed, arrayBuffers } = JSON.parse(result.value);
      return { heap: heapUsed, buffers: arrayBuffers };
    },
    close: () => socket.close(),
  };
}
