import pg from "pg";
import type { Load } from "../load.ts";
import { type Part, startPart } from "../part.ts";
import { type Measured, type Row, rowOf } from "../row.ts";
import { openWorld, ORIGIN, startTalks, type World } from "../world.ts";

const CONVERSATIONS = 1_000;
const SECONDS = 4;
/** Before the first round, so that nobody's code is measured before it was compiled. */
const WARMING_SECONDS = 5;
const RAW_CLIENTS = 32;
const CLIENTS = [32, 64];
const WHOSE = "raw commits, 32 connections";

type Turn = { load: Load; cpuUs: number };

/** Sends that were acknowledged, against bare commits of the same facts on the same PostgreSQL, in turns. */
export async function measureSend(rounds: number): Promise<Measured> {
  const world = await openWorld();
  const [senders, raw] = await Promise.all([startPart("send/senders.ts"), startPart("send/raw-commit.ts")]);
  try {
    const talks = await startTalks(world, CONVERSATIONS);
    await senders.ask("set", { port: world.port, origin: ORIGIN, agentToken: world.agentToken, talks });
    await raw.ask("open", { databaseUrl: world.databaseUrl, clients: RAW_CLIENTS, conversations: CONVERSATIONS });
    await raw.ask("run", { seconds: WARMING_SECONDS });
    const warm = await senders.ask<Load>("run", { clients: 64, seconds: WARMING_SECONDS });

    const limit: Turn[] = [];
    const ours = CLIENTS.map((): Turn[] => []);
    for (let round = 0; round < rounds; round++) {
      limit.push(await takeTurn(raw, raw, { seconds: SECONDS }));
      for (const [index, clients] of CLIENTS.entries())
        ours[index]!.push(await takeTurn(senders, world.api, { clients, seconds: SECONDS }));
    }
    const acknowledged = warm.done + ours.flat().reduce((sum, { load }) => sum + load.done, 0);
    await refuseLoss(world, acknowledged + CONVERSATIONS);
    return {
      rows: CLIENTS.flatMap((clients, index) => rowsOf(clients, ours[index]!, limit)),
      notes: notesOf(world, acknowledged),
    };
  } finally {
    await Promise.all([senders.stop(), raw.stop()]);
    await world.close();
  }
}

/** One measurement of a load, with the CPU that `worker` needed for each of its operations. */
async function takeTurn(generator: Part, worker: Part, run: object): Promise<Turn> {
  const before = await worker.cpuSeconds();
  const load = await generator.ask<Load>("run", run);
  return { load, cpuUs: ((await worker.cpuSeconds()) - before) * (1e6 / load.done) };
}

/** A figure that counts lost messages is worth nothing: every acknowledged one must be stored, once, and nothing besides. */
async function refuseLoss({ databaseUrl }: World, acknowledged: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query("SELECT count(*)::int AS stored FROM message");
  await client.end();
  if (rows[0].stored !== acknowledged)
    throw new Error(`${acknowledged} sends were acknowledged, ${rows[0].stored} are stored.`);
}

function rowsOf(clients: number, ours: Turn[], limit: Turn[]): Row[] {
  const row = (name: string, unit: string, of: (turn: Turn) => number) =>
    rowOf(`${name}, ${clients} clients`, unit, ours.map(of), limit.map(of), WHOSE);
  return [
    row("sends", "per second", ({ load }) => load.perSecond),
    row("send p50", "ms", ({ load }) => load.p50Ms),
    row("send p99", "ms", ({ load }) => load.p99Ms),
    row("CPU of the process", "us per send", ({ cpuUs }) => cpuUs),
  ];
}

function notesOf({ durability }: World, acknowledged: number): string[] {
  return [
    `Ours: GraphQL sendMessage over HTTP keep-alive, acknowledged after commit; ${CONVERSATIONS} conversations, 120 characters, half as their visitors, half as an agent. The sequencer works meanwhile.`,
    `Raw: one statement (take the number, insert message and outbox row) in a commit of its own, over pg, without HTTP, sign-in, permission, idempotency or foreign keys; nothing empties its outbox.`,
    `The same PostgreSQL (${durability}); floor for sends: 0.25. The generator has its own process, on the same cores. ${acknowledged} acknowledged, all stored.`,
  ];
}
