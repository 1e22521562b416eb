import { existsSync, readFileSync, writeFileSync } from "node:fs";
import pg from "pg";
import { freePort, isPortFree } from "./ports.ts";
import { giveTo } from "./postgres-account.ts";
import { type Cluster, openCluster } from "./postgres-cluster.ts";
import { type Postmaster, startPostmaster, stopLeftover, stopPostmaster } from "./postmaster.ts";
import { LaunchProblem } from "./problem.ts";
import { words } from "./words.ts";

export interface PostgresOptions {
  /** Where the data, the password (0600), the log and the remembered port are kept; made when missing. */
  readonly directory: string;
  /** A TCP port of 127.0.0.1; by default the one of last time, or a free one when that is taken. */
  readonly port?: number;
  /** Settings of postgresql.conf, added to our own. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface RunningPostgres {
  /** The database `beseda`, as its owner: may create roles and databases, is no superuser. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server is gone, stopped or killed. */
  readonly exited: Promise<void>;
  /** Ends all sessions and stops the server; resolves when it is gone. */
  stop(): Promise<void>;
}

const ownSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  timezone: "UTC",
  log_timezone: "UTC",
  jit: "off",
};

/**
 * A PostgreSQL 18 on 127.0.0.1 from the binaries in node_modules, ready for connections. It outlives Ctrl+C and even
 * this process: stop it, or the next start on the same directory does. Refuses with a LaunchProblem, in one sentence.
 */
export async function startPostgres({ directory, port, settings }: PostgresOptions): Promise<RunningPostgres> {
  const cluster = openCluster(directory);
  await stopLeftover(cluster.data);
  giveTo(cluster.account, cluster.data);
  const chosen = port ?? (await rememberedPort(cluster)) ?? (await freePort());
  if (port !== undefined && !(await isPortFree(port))) throw new LaunchProblem(words.portTaken(port));
  const postmaster = await startPostmaster(cluster, { ...ownSettings, ...settings, port: String(chosen) });
  writeFileSync(cluster.portFile, `${chosen}\n`);
  try {
    await makeOwner(cluster, chosen);
  } catch (error) {
    await stopPostmaster(postmaster.pid);
    throw error;
  }
  return running(cluster, chosen, postmaster);
}

/** Last time's port, if nobody took it since. */
async function rememberedPort(cluster: Cluster): Promise<number | undefined> {
  if (!existsSync(cluster.portFile)) return undefined;
  const port = Number(readFileSync(cluster.portFile, "utf8"));
  return Number.isInteger(port) && port > 0 && (await isPortFree(port)) ? port : undefined;
}

/** The login that owns our database, so that nothing of ours ever runs as the superuser. */
async function makeOwner(cluster: Cluster, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(cluster, port, "postgres", "postgres") });
  try {
    await client.connect();
    const { rows } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'beseda'");
    if (rows.length > 0) return;
    const password = client.escapeLiteral(cluster.password);
    await client.query("DROP ROLE IF EXISTS beseda");
    await client.query(`CREATE ROLE beseda LOGIN CREATEDB CREATEROLE PASSWORD ${password}`);
    await client.query("CREATE DATABASE beseda OWNER beseda");
  } catch (error) {
    if ((error as { code?: string }).code === "28P01") throw new LaunchProblem(words.passwordLost(cluster.data));
    throw error;
  } finally {
    await client.end();
  }
}

function running(cluster: Cluster, port: number, { pid, exited }: Postmaster): RunningPostgres {
  const url = urlOf(cluster, port, "beseda", "beseda");
  return { url, port, pid, exited, stop: () => stopPostmaster(pid) };
}

function urlOf(cluster: Cluster, port: number, user: string, database: string): string {
  return `postgres://${user}:${cluster.password}@127.0.0.1:${port}/${database}`;
}
