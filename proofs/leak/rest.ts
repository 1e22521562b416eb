import type { ApiProcess } from "../ground/api-process.ts";
import { readMetrics } from "../ground/gauges.ts";
import { until } from "../poll.ts";

/** What an API process keeps for those who are connected, as it tells at /metrics. */
export type Kept = { followers: number; held: number; sockets: number; timers: number };

/** Reads what it keeps now. */
export async function readKept(api: ApiProcess): Promise<Kept> {
  const metrics = await readMetrics(api);
  const read = (name: string) => metrics.get(name) ?? 0;
  return {
    followers: read("beseda_live_followers"),
    held: read("beseda_rights_held"),
    sockets: read('nodejs_active_resources{type="TCPSocketWrap"}'),
    timers: read('nodejs_active_resources{type="Timeout"}'),
  };
}

/** Sockets and timers of the process's own work, such as its database connections and sweeps, that may come and go. */
const BESIDE = { sockets: 20, timers: 20 };

/** Whether nothing of clients is left; `before` is what was kept before any came. */
export function isAtRest(now: Kept, before: Kept): boolean {
  if (now.followers > 0 || now.held > 0) return false;
  return now.sockets <= before.sockets + BESIDE.sockets && now.timers <= before.timers + BESIDE.timers;
}

/** Waits until nothing of clients is left; answers what is kept when it is, or in the end still is. */
export async function comeToRest(api: ApiProcess, before: Kept, withinMs = 10_000): Promise<Kept> {
  let kept = before;
  await until(
    "nothing of clients is left",
    async () => {
      kept = await readKept(api);
      return isAtRest(kept, before);
    },
    withinMs,
  ).catch(() => {});
  return kept;
}
