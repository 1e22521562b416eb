import { readdirSync, readFileSync } from "node:fs";

/**
 * Memory in MiB: `rss` counts a page once for each process that has it, so shared ones (PostgreSQL's buffers) many times;
 * `pss` counts each page once in all.
 */
export type Memory = { rss: number; pss: number; processes: number };

/** What a process and all that it started, and they in turn, hold at this moment. Linux only. */
export function memoryOfTree(root: number): Memory {
  const pids = treeOf(root);
  const memory = { rss: 0, pss: 0, processes: pids.length };
  for (const pid of pids) {
    const rollup = readOr(`/proc/${pid}/smaps_rollup`);
    memory.rss += mebibytes(rollup, "Rss");
    memory.pss += mebibytes(rollup, "Pss");
  }
  return memory;
}

function treeOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const stat = readOr(`/proc/${entry}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(root);
}

function mebibytes(rollup: string, name: string): number {
  return Number(new RegExp(`^${name}: +(\\d+) kB`, "m").exec(rollup)?.[1] ?? 0) / 1024;
}

/** A process may end between being listed and being read. */
function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
