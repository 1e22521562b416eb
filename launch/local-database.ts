import { join } from "node:path";
import { type RunningPostgres, startPostgres } from "./embedded-postgres.ts";
import { stopLeftover } from "./postmaster.ts";
import { words } from "./words.ts";

/** The embedded PostgreSQL of a state folder, kept running. */
export interface LocalDatabase {
  readonly url: string;
  /** Ends all sessions and stops the server. */
  stop(): Promise<void>;
  /** Stops the server at once; it recovers at the next start. */
  kill(): void;
}

/** Starts the embedded PostgreSQL under a state folder and, should it be killed, starts it again on the same port. */
export async function startLocalDatabase(stateFolder: string): Promise<LocalDatabase> {
  const directory = join(stateFolder, "postgres");
  let isStopping = false;
  let postgres: RunningPostgres;
  const start = async (port?: number): Promise<void> => {
    postgres = await startPostgres(port === undefined ? { directory } : { directory, port });
    void postgres.exited.then(restart).catch(giveUp);
  };
  const restart = async (): Promise<void> => {
    if (isStopping) return;
    process.stderr.write(`${words.databaseRestarts()}\n`);
    await start(postgres.port);
  };
  await start();
  const stop = () => {
    isStopping = true;
    return postgres.stop();
  };
  const kill = () => {
    isStopping = true;
    process.kill(postgres.pid, "SIGQUIT");
  };
  return { url: postgres!.url, stop, kill };
}

/** Without its database the whole run is over. */
function giveUp(error: Error): never {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

/** Stops what a killed start left running under a state folder, so that its files may be removed. */
export async function stopLeftoverDatabase(stateFolder: string): Promise<void> {
  await stopLeftover(join(stateFolder, "postgres", "data"));
}
