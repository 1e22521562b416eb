import { type Measured, aloneRow, type Row, rowOf } from "../row.ts";
import { openWorld, startTalks, type Talk, type World } from "../world.ts";
import {
  agentGroup,
  metric,
  newest,
  openBare,
  openOurs,
  openSocketIo,
  openStock,
  type Server,
  sendMessage,
  visitorGroup,
} from "./servers.ts";

/** Subscribers, and how many messages and bursts they are given in a round: enough that CPU can be told from noise. */
const SIZES = [
  { subscribers: 100, singles: 60, bursts: 20 },
  { subscribers: 1_000, singles: 20, bursts: 6 },
  { subscribers: 5_000, singles: 6, bursts: 2 },
];
const BURST = 10;
/** Messages before the first round, so that nobody's code is measured before it was compiled; fewer for each later size. */
const WARMING = { first: 60, later: 10 };
/** Staff and the customer: half of the subscribers each. */
const CLASSES = 2;

const PEERS = { bare: "bare ws, same bytes", socketIo: "socket.io, rooms", stock: "stock graphql-ws" } as const;
type Name = "ours" | keyof typeof PEERS;
type Servers = Record<Name, Server>;

type Turn = { cpuUs: number; spanMs: number };
/** One size's turns, round by round, and what ours spends on a message that nobody follows. */
type Turns = Record<Name, Turn[]> & { aloneUs: number[] };

let told = 0;

/** What one delivery costs the server, against a bare broadcast of the same bytes, socket.io and stock graphql-ws, in turns. */
export async function measureFanout(rounds: number): Promise<Measured> {
  await using opened = new AsyncDisposableStack();
  const world = await openWorld();
  opened.defer(() => world.close());
  const [followed, unfollowed] = (await startTalks(world, 2)) as [Talk, Talk];
  // The first answer makes the ticket its agent's, and tells so.
  for (const talk of [followed, unfollowed]) await sendMessage(world, talk, 0);
  const servers = await openServers(opened, world, followed);

  const rows: Row[] = [];
  let joined = 0;
  for (const { subscribers, singles, bursts } of SIZES) {
    for (const server of Object.values(servers)) {
      await server.join(subscribers - joined);
      await tellAll(server, batches(joined === 0 ? WARMING.first : WARMING.later, 1));
      await tellAll(server, batches(WARMING.later / 5, BURST));
    }
    joined = subscribers;
    for (const [count, size] of [[singles, 1] as const, [bursts, BURST] as const]) {
      const turns = await takeTurns(servers, { world, unfollowed, rounds, subscribers, count, size });
      rows.push(...rowsOf(`${subscribers.toLocaleString("en")}, ${size === 1 ? "single" : "bursts of ten"}`, turns));
    }
  }
  const [frame] = await newest(servers.ours.subscribers);
  return { rows, notes: notesOf(Buffer.byteLength(frame!)) };
}

async function openServers(opened: AsyncDisposableStack, world: World, talk: Talk): Promise<Servers> {
  const keep = (server: Server) => {
    opened.defer(() => server.subscribers.stop());
    if (server.part !== world.api) opened.defer(() => server.part.stop());
    return server;
  };
  const ours = keep(await openOurs(world, [agentGroup(world, talk), visitorGroup(talk)], talk));
  return {
    ours,
    bare: keep(await openBare(ours)),
    socketIo: keep(await openSocketIo(ours)),
    stock: keep(await openStock(world, ours)),
  };
}

type Load = { world: World; unfollowed: Talk; rounds: number; subscribers: number; count: number; size: number };

async function takeTurns(servers: Servers, load: Load): Promise<Turns> {
  const { world, unfollowed, rounds, subscribers, count, size } = load;
  const turns: Turns = { ours: [], bare: [], socketIo: [], stock: [], aloneUs: [] };
  const before = await metric(world, "beseda_live_renders_total");
  for (let round = 0; round < rounds; round++) {
    for (const [name, server] of Object.entries(servers) as [Name, Server][])
      turns[name].push(await takeTurn(server, subscribers, batches(count, size)));
    turns.aloneUs.push(await sendUnfollowed(world, unfollowed, batches(count, size)));
  }
  const executions = ((await metric(world, "beseda_live_renders_total")) - before) / (rounds * count * size);
  if (executions !== CLASSES)
    throw new Error(`${executions} executions for each event instead of one for each class of readers.`);
  return turns;
}

async function takeTurn(server: Server, subscribers: number, told: number[][]): Promise<Turn> {
  const before = await server.part.cpuSeconds();
  const spanMs = await tellAll(server, told);
  const spent = (await server.part.cpuSeconds()) - before;
  return { cpuUs: (spent * 1e6) / (told.flat().length * subscribers), spanMs: spanMs / told.length };
}

/** Tells batch after batch, each when all have the one before; answers how long that took from telling to having, in ms. */
async function tellAll({ subscribers, tell }: Server, told: number[][]): Promise<number> {
  let spanMs = 0;
  for (const numbers of told) {
    await subscribers.ask("expect", numbers);
    const begun = performance.now();
    await Promise.all([subscribers.ask("reached"), tell(numbers)]);
    spanMs += performance.now() - begun;
  }
  return spanMs;
}

/** The CPU, in us, of a message that nobody follows: what ours spends before the first delivery, but for the executions. */
async function sendUnfollowed(world: World, talk: Talk, told: number[][]): Promise<number> {
  const before = await world.api.cpuSeconds();
  for (const numbers of told) await Promise.all(numbers.map((number) => sendMessage(world, talk, number)));
  return (((await world.api.cpuSeconds()) - before) * 1e6) / told.flat().length;
}

/** So many batches of so many messages each, with numbers that nobody was given before. */
function batches(count: number, size: number): number[][] {
  return Array.from({ length: count }, () => Array.from({ length: size }, () => ++told));
}

function rowsOf(what: string, { aloneUs, ...turns }: Turns): Row[] {
  const of = (name: Name, pick: keyof Turn) => turns[name].map((turn) => turn[pick]);
  const peers = Object.keys(PEERS) as (keyof typeof PEERS)[];
  return [
    ...peers.map((peer) =>
      rowOf(`${what}: server CPU`, "us per delivery", of("ours", "cpuUs"), of(peer, "cpuUs"), PEERS[peer]),
    ),
    rowOf(`${what}: telling to last receipt`, "ms", of("ours", "spanMs"), of("bare", "spanMs"), PEERS.bare),
    aloneRow(`${what}: the send alone, unfollowed`, "us per message", aloneUs),
  ];
}

function notesOf(bytes: number): string[] {
  return [
    `graphql-ws subscribers of one conversation, half staff and half the customer; frames of ${bytes} bytes. Single: the next message when all have the last. Burst: ten at once, the next ten when all have them; the order within is the server's.`,
    "Ours includes all that its process does for a message: sendMessage over HTTP with its transaction, the sequencer, the log's tail and listeners, one execution for each class of readers, the deliveries. The others are only told what to send. The send alone: the same without a subscriber.",
    "Each subscriber got each message once and in the order of the conversation from each server, or there were no figures. Ours made each payload once for each class, by beseda_live_renders_total, asserted; goals beside bare ws: at most 0.8 for single messages, at most 0.15 in bursts.",
  ];
}
