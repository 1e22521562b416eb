import { type Measured, aloneRow, type Row, rowOf } from "../row.ts";
import { openWorld, startTalks, type Talk, type World } from "../world.ts";
import {
  CLASSES,
  metric,
  newestFrames,
  openBare,
  openOurs,
  openStock,
  type Server,
  SUBSCRIBERS,
  sendMessage,
} from "./servers.ts";

const MESSAGES = 20;
/** Messages before the first round, so that nobody's code is measured before it was compiled. */
const WARMING = 60;

type Turn = { cpuUs: number; spanMs: number };
type Turns = { ours: Turn[]; bare: Turn[]; stock: Turn[]; alone: number[] };
type Executions = { ours: number; stock: number };

/** What one delivery costs the server, against a bare broadcast of the same bytes and against stock graphql-ws, in turns. */
export async function measureFanout(rounds: number): Promise<Measured> {
  await using opened = new AsyncDisposableStack();
  const world = await openWorld();
  opened.defer(() => world.close());
  const keep = (server: Server) => {
    opened.defer(() => server.subscribers.stop());
    if (server.part !== world.api) opened.defer(() => server.part.stop());
    return server;
  };
  const [followed, unfollowed] = (await startTalks(world, 2)) as [Talk, Talk];
  const ours = keep(await openOurs(world, followed));
  await tellAll(ours, 1, WARMING);
  const bare = keep(await openBare(ours));
  const stock = keep(await openStock(world, ours));
  for (const server of [bare, stock]) await tellAll(server, 1, WARMING);

  const turns: Turns = { ours: [], bare: [], stock: [], alone: [] };
  const before = await executionsOf(world, stock);
  for (let round = 0; round < rounds; round++) {
    const from = 1 + WARMING + round * MESSAGES;
    turns.ours.push(await takeTurn(ours, from));
    turns.bare.push(await takeTurn(bare, from));
    turns.stock.push(await takeTurn(stock, from));
    turns.alone.push(await sendUnfollowed(world, unfollowed, from));
  }
  const after = await executionsOf(world, stock);
  const events = rounds * MESSAGES;
  const executions = { ours: (after.ours - before.ours) / events, stock: (after.stock - before.stock) / events };
  if (executions.ours !== CLASSES.length) {
    throw new Error(`${executions.ours} executions for each event instead of one for each class of readers.`);
  }
  const [frame] = await newestFrames(ours);
  return { rows: rowsOf(turns, executions), notes: notesOf(Buffer.byteLength(frame!), events) };
}

async function executionsOf(world: World, stock: Server): Promise<Executions> {
  return { ours: await metric(world, "beseda_live_renders_total"), stock: await stock.part.ask("executions") };
}

async function takeTurn(server: Server, from: number): Promise<Turn> {
  const before = await server.part.cpuSeconds();
  const spanMs = await tellAll(server, from, MESSAGES);
  const spent = (await server.part.cpuSeconds()) - before;
  return { cpuUs: (spent * 1e6) / (MESSAGES * SUBSCRIBERS), spanMs: spanMs / MESSAGES };
}

/** Tells messages one after another, each when all have the one before; answers how long that took, in ms. */
async function tellAll({ subscribers, tell }: Server, from: number, count: number): Promise<number> {
  const begun = performance.now();
  for (let number = from; number < from + count; number++) {
    await Promise.all([subscribers.ask("reach", { number }), tell(number)]);
  }
  return performance.now() - begun;
}

/** The CPU, in us, of a message that nobody follows: what ours spends before the first delivery, but for the executions. */
async function sendUnfollowed(world: World, talk: Talk, from: number): Promise<number> {
  const before = await world.api.cpuSeconds();
  for (let number = from; number < from + MESSAGES; number++) await sendMessage(world, talk, number);
  return (((await world.api.cpuSeconds()) - before) * 1e6) / MESSAGES;
}

function rowsOf({ ours, bare, stock, alone }: Turns, executions: Executions): Row[] {
  const bareWs = "bare ws, same bytes";
  const stockWs = "stock graphql-ws";
  const row = (name: string, unit: string, of: (turn: Turn) => number, beside: Turn[], whose: string) =>
    rowOf(name, unit, ours.map(of), beside.map(of), whose);
  return [
    row("server CPU", "us per delivery", ({ cpuUs }) => cpuUs, bare, bareWs),
    row("server CPU", "us per delivery", ({ cpuUs }) => cpuUs, stock, stockWs),
    row("from telling to the last one's receipt", "ms", ({ spanMs }) => spanMs, bare, bareWs),
    row("from telling to the last one's receipt", "ms", ({ spanMs }) => spanMs, stock, stockWs),
    rowOf("executions", "per event", [executions.ours], [executions.stock], stockWs),
    aloneRow("server CPU of a send that nobody follows", "us per message", alone),
  ];
}

function notesOf(bytes: number, events: number): string[] {
  return [
    `${SUBSCRIBERS} graphql-ws subscribers of one conversation, half staff and half the customer; frames of ${bytes} bytes; ${MESSAGES} messages a round, the next when all have the last.`,
    "Ours includes all that its process does for a message: sendMessage over HTTP with its transaction, the sequencer, the log's tail and listeners, one execution for each class of readers, the deliveries. The others are only told what to send.",
    `Each subscriber got each of ${events} messages once and in order from each server, or there were no figures. Executions: ours counted by beseda_live_renders_total, one for each event and class, asserted.`,
  ];
}
