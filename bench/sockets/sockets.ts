import { openBare, openOurs, openSocketIo, type Server, visitorGroup } from "../fanout/servers.ts";
import type { Memory } from "../part.ts";
import { type Measured, type Row, rowOf } from "../row.ts";
import { openWorld, startTalks, type Talk, type World } from "../world.ts";

/** Subscribers before the measurement, so that code is compiled and tables and V8's young generation have their size, and those measured. */
const FIRST = 2_000;
const MEASURED = 4_000;

type Turn = Memory & { perSecond: number; cpuUs: number };
type Round = { ours: Turn; bare: Turn; socketIo: Turn };

/** What an idle subscriber holds of the server's memory, and how fast they come in, against bare ws and socket.io, in turns. */
export async function measureSockets(rounds: number): Promise<Measured> {
  const world = await openWorld();
  try {
    const talks = await startTalks(world, FIRST + MEASURED);
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round++) measured.push(await measureRound(world, talks));
    return { rows: rowsOf(measured), notes: notesOf() };
  } finally {
    await world.close();
  }
}

/** All processes are new in each round: one that has worked before has pages to spare for whoever comes. */
async function measureRound(world: World, talks: Talk[]): Promise<Round> {
  await world.restart();
  const ours = await openOurs(world, talks.map(visitorGroup), talks[0]!);
  return {
    ours: await takeTurn(ours),
    bare: await takeTurn(await openBare(ours)),
    socketIo: await takeTurn(await openSocketIo(ours)),
  };
}

async function takeTurn({ part, subscribers, join }: Server): Promise<Turn> {
  await join(FIRST);
  const before = { memory: await part.memory(), cpu: await part.cpuSeconds(), at: performance.now() };
  await join(MEASURED);
  const seconds = (performance.now() - before.at) / 1_000;
  const spent = (await part.cpuSeconds()) - before.cpu;
  const after = await part.memory();
  await subscribers.ask("refuseLoss");
  await subscribers.stop();
  await part.stop();
  const each = (pick: keyof Memory) => (after[pick] - before.memory[pick]) / MEASURED;
  return {
    ...{ rss: each("rss"), pss: each("pss"), used: each("used") },
    ...{ perSecond: MEASURED / seconds, cpuUs: (spent * 1e6) / MEASURED },
  };
}

function rowsOf(rounds: Round[]): Row[] {
  const rows = (name: string, unit: string, of: (turn: Turn) => number): Row[] => {
    const [ours, bare, socketIo] = (["ours", "bare", "socketIo"] as const).map((who) =>
      rounds.map((round) => of(round[who])),
    ) as [number[], number[], number[]];
    return [rowOf(name, unit, ours, bare, "bare ws"), rowOf(name, unit, ours, socketIo, "socket.io")];
  };
  return [
    ...rows("resident memory (RSS)", "KiB per subscriber", ({ rss }) => rss / 1024),
    ...rows("resident memory (PSS)", "KiB per subscriber", ({ pss }) => pss / 1024),
    ...rows("of it JavaScript and buffers", "KiB per subscriber", ({ used }) => used / 1024),
    ...rows("connections", "per second", ({ perSecond }) => perSecond),
    ...rows("server CPU", "us per connection", ({ cpuUs }) => cpuUs),
  ];
}

function notesOf(): string[] {
  return [
    `What ${MEASURED.toLocaleString("en")} subscribers add to a process that has ${FIRST} already, each time after garbage collection; processes are new in each round. Goal: at most 1.3 times the memory of bare ws.`,
    "Ours: graphql-ws, each subscriber a visitor of their own who follows their own conversation. The others: a socket in a set, a socket in a room. Nobody is sent anything.",
    "A connection: the handshake; for socket.io also its connect; for ours also sign-in by token, the right to the conversation, and the subscription, begun. 128 at once.",
  ];
}
