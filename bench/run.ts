import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { measureFanout } from "./fanout/fanout.ts";
import { measureLists } from "./lists/lists.ts";
import { measureMarkdown } from "./markdown/markdown.ts";
import { measureParse } from "./parse/parse.ts";
import { measurePortal } from "./portal/portal.ts";
import { measurePresence } from "./presence/presence.ts";
import type { Measured } from "./row.ts";
import { measureSend } from "./send/send.ts";
import { measureSockets } from "./sockets/sockets.ts";
import { measureStart } from "./start/start.ts";
import { table } from "./table.ts";
import { measureBoard } from "./tasks/board.ts";
import { measureTasks } from "./tasks/tasks.ts";
import { measureWidget } from "./widget/widget.ts";

const ROUNDS = 5;
const benches: Record<string, (rounds: number, size: "usual" | "large") => Promise<Measured>> = {
  send: measureSend,
  fanout: measureFanout,
  sockets: measureSockets,
  lists: measureLists,
  portal: measurePortal,
  presence: measurePresence,
  start: measureStart,
  widget: measureWidget,
  markdown: measureMarkdown,
  parse: measureParse,
  board: measureBoard,
  tasks: measureTasks,
};

try {
  await run();
} catch (fault) {
  process.stderr.write(`${(fault as Error).stack}\n`);
  process.exitCode = 1;
}
process.exit();

/**
 * `npm run bench [-- NAME...] [--json] [--rounds N] [--large]`: a table for people, or one JSON object a line for programs.
 * `--large` gives the lists ten times the messages, and the tasks ten times as many.
 */
async function run(): Promise<void> {
  const options = { json: { type: "boolean" }, rounds: { type: "string" }, large: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const rounds = Math.max(ROUNDS, Number(values.rounds ?? ROUNDS));
  const unknown = positionals.filter((name) => !benches[name]);
  if (unknown.length > 0)
    throw new Error(`No bench ${unknown.join(", ")}; there are ${Object.keys(benches).join(", ")}.`);

  const machine = describeMachine();
  for (const [name, measure] of Object.entries(benches)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const before = loadavg()[0]!;
    const { rows, notes } = await measure(rounds, values.large ? "large" : "usual");
    if (values.json)
      for (const row of rows)
        process.stdout.write(`${JSON.stringify({ bench: name, ...row, load: before, ...machine })}\n`);
    else
      print(
        name,
        { rows, notes },
        `${machine.cpu}, ${machine.memoryGib} GiB, ${machine.node}, load before ${before.toFixed(1)}`,
      );
  }
}

function describeMachine() {
  const [first, ...others] = cpus();
  const node = `Node ${process.versions.node}`;
  return {
    commit: commit(),
    cpu: `${others.length + 1} x ${first?.model ?? "unknown"}`,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node,
  };
}

function commit(): string {
  try {
    return execFileSync("git", ["describe", "--always", "--dirty"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "unknown";
  }
}

function print(name: string, { rows, notes }: Measured, machine: string): void {
  const rounds = rows[0]!.rounds;
  const head = `\n${name}: ${rounds} interleaved rounds; median (least-most). ${machine}\n\n`;
  process.stdout.write(`${head}${table(rows)}\n${notes.map((note) => `- ${note}\n`).join("")}`);
}
