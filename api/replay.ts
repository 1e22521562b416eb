import { ConfigProblem, readDatabaseUrl } from "./config.ts";
import { closeDatabase, openDatabase } from "./kernel/database.ts";
import { replayParked } from "./kernel/log/parking.ts";
import { useProjections } from "./kernel/log/record.ts";
import { openLogging } from "./kernel/logging.ts";
import { roster } from "./roster.ts";

/** What came of a replay; `left` counts the events that failed again, with those behind them, and stay parked. */
export type Replayed = { heard: number; left: number };

/**
 * Lets a durable listener of the roster hear again what was parked for it. Servers may go on running meanwhile. Answers
 * undefined for a name that no listener bears.
 */
export async function replay(name: string, databaseUrl: string): Promise<Replayed | undefined> {
  const listener = roster.listeners.find((each) => each.name === name);
  if (!listener) return undefined;
  openDatabase({ url: databaseUrl, connections: 2 });
  // A listener may record facts of its own, which the projections must hear as they do in a server.
  useProjections(roster.projections);
  try {
    return await replayParked(listener);
  } finally {
    await closeDatabase();
  }
}

if (import.meta.main) {
  const [name = ""] = process.argv.slice(2);
  try {
    const databaseUrl = readDatabaseUrl();
    openLogging("warn");
    const replayed = await replay(name, databaseUrl);
    const names = roster.listeners.map((listener) => listener.name).join(", ");
    process.stdout.write(
      replayed
        ? `${name}: ${replayed.heard} heard, ${replayed.left} still parked\n`
        : `Usage: npm run replay -- LISTENER, one of: ${names}\n`,
    );
    process.exitCode = replayed ? Math.min(replayed.left, 1) : 2;
  } catch (fault) {
    process.stderr.write(`${fault instanceof ConfigProblem ? fault.message : (fault as Error).stack}\n`);
    process.exitCode = 1;
  }
}
