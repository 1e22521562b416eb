import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../launch/ports.ts";
import { type Measured, aloneRow, type Row, rowOf } from "../row.ts";
import { launch, type Launched, runToEnd } from "./launch.ts";

const HELLO = fileURLToPath(new URL("hello-koa.ts", import.meta.url));

type Round = { first: Launched; later: Launched; koa: Launched; nothing: number };

/** From `npm start` to ready, on an empty state folder and again on a full one, and the memory of all its processes. */
export async function measureStart(rounds: number): Promise<Measured> {
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round++) measured.push(await measureRound());
  return { rows: rowsOf(measured), notes: notesOf(measured) };
}

async function measureRound(): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), "beseda-bench-start-"));
  try {
    const first = await launchBeseda(folder);
    const nothing = await runToEnd([process.execPath, "-e", "0"]);
    const later = await launchBeseda(folder);
    const koa = await launch([process.execPath, HELLO], { PORT: String(await freePort()) }, /ready/);
    return { first, later, koa, nothing };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `npm start` beside whatever runs here already: its own folder and ports. Ready is when it says where to go. */
async function launchBeseda(folder: string): Promise<Launched> {
  const [port, shopPort] = [await freePort(), await freePort()];
  const environment = {
    STATE_DIR: folder,
    PORT: String(port),
    SHOP_PORT: String(shopPort),
    DATABASE_URL: "",
    REDIS_URL: "",
    PUBLIC_URL: "",
  };
  return launch(["npm", "start"], environment, new RegExp(`localhost:${port}/graphql`));
}

function rowsOf(rounds: Round[]): Row[] {
  const of = (pick: (round: Round) => number) => rounds.map(pick);
  const koaSeconds = of(({ koa }) => koa.seconds);
  const nothing = of((round) => round.nothing);
  return [
    rowOf(
      "start, first time",
      "s",
      of(({ first }) => first.seconds),
      koaSeconds,
      "hello-world Koa",
    ),
    rowOf(
      "start, first time",
      "s",
      of(({ first }) => first.seconds),
      nothing,
      "node -e 0",
    ),
    rowOf(
      "start, later",
      "s",
      of(({ later }) => later.seconds),
      koaSeconds,
      "hello-world Koa",
    ),
    rowOf(
      "start, later",
      "s",
      of(({ later }) => later.seconds),
      nothing,
      "node -e 0",
    ),
    aloneRow(
      "stop",
      "s",
      of(({ later }) => later.stopSeconds),
    ),
    rowOf(
      "memory, all processes, each page once (PSS)",
      "MiB",
      of(({ later }) => later.memory.pss),
      of(({ koa }) => koa.memory.pss),
      "hello-world Koa",
    ),
    rowOf(
      "memory, sum of processes (RSS)",
      "MiB",
      of(({ later }) => later.memory.rss),
      of(({ koa }) => koa.memory.rss),
      "hello-world Koa",
    ),
  ];
}

function notesOf(rounds: Round[]): string[] {
  const { processes } = rounds[0]!.later.memory;
  return [
    "From exec of `npm start` to the banner with the addresses, npm's own half second included; node_modules are in place, so the minutes of a first `npm ci` come on top.",
    "First: an empty state folder (initdb, migrations, the story). Later: the same folder again.",
    `Memory: 1 s after ready, later start, ${processes} processes: npm, Beseda in every role with the demo shop, PostgreSQL.`,
  ];
}
