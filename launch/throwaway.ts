import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres, type RunningPostgres } from "./embedded-postgres.ts";
import { stopLeftover } from "./postmaster.ts";
import { birthOf } from "./processes.ts";
import { stopLeftoverRedis } from "./redis.ts";

const prefix = "beseda-throwaway-";

/** Settings of a PostgreSQL whose data nobody will miss. */
const careless = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

export interface Throwaway {
  readonly postgres: RunningPostgres;
  /** A folder for whatever goes away with it; a Redis belongs into `redis`. */
  readonly directory: string;
  /** Stops the server and removes the folder. */
  stop(): Promise<void>;
}

/**
 * A PostgreSQL for one test run, check or bench. Those that were killed before they could stop theirs are cleared away
 * first: nothing else would ever end their servers.
 */
export async function startThrowaway(): Promise<Throwaway> {
  await clearAbandoned();
  const directory = mkdtempSync(join(tmpdir(), prefix));
  // PostgreSQL may have to run as nobody, who has to pass.
  chmodSync(directory, 0o711);
  writeFileSync(ownerFile(directory), `${process.pid} ${birthOf(process.pid)}`);
  const postgres = await startPostgres({ directory: join(directory, "postgres"), settings: careless });
  const stop = async () => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  return { postgres, directory, stop };
}

async function clearAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const directory = join(tmpdir(), name);
    if (!isAbandoned(directory)) continue;
    await stopLeftover(join(directory, "postgres", "data"));
    await stopLeftoverRedis(join(directory, "redis"));
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A folder without an owner is just being made. */
function isAbandoned(directory: string): boolean {
  if (!existsSync(ownerFile(directory))) return false;
  const [pid = "", ...birth] = readFileSync(ownerFile(directory), "utf8").split(" ");
  return birthOf(Number(pid)) !== birth.join(" ");
}

function ownerFile(directory: string): string {
  return join(directory, "owner");
}
