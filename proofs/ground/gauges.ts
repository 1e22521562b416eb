import { readFile } from "node:fs/promises";
import type { ApiProcess } from "./api-process.ts";

/** What a process tells of itself at /metrics: by `name` or `name{label="value"}` as it is printed there. */
export async function readMetrics({ url }: ApiProcess): Promise<Map<string, number>> {
  const answer = await fetch(`${url}/metrics`);
  const lines = (await answer.text()).split("\n").filter((line) => line && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

/** One figure of /metrics; 0 where it is not told. */
export async function readMetric(api: ApiProcess, name: string): Promise<number> {
  return (await readMetrics(api)).get(name) ?? 0;
}

/** The resident memory of a process, in MiB: now and at its highest. Linux alone tells. */
export async function residentMemory({ pid }: ApiProcess): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid()}/status`, "utf8");
  const read = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)![1]) / 1_024;
  return { now: read("VmRSS"), peak: read("VmHWM") };
}
