import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { aloneRow, type Measured, rowOf } from "../row.ts";
import { ask, openWorld, type World } from "../world.ts";
import { fillTasks, OPEN } from "./fill.ts";
import { follow, hireWatchers, load, type Watcher } from "./watchers.ts";

const WATCHERS = 50;
const MOVES = 60;
const BOARD = "/portal/projects/OPS";
const PATIENCE_MS = 10_000;

const MOVE = `mutation ($input: MoveTaskInput!) { moveTask(input: $input) { __typename ... on UserError { code } } }`;

/** A turn of moves: what each cost the server, when all have seen it, and how much each was told. */
type Turn = { cpuUs: number; seenMs: number; bytes: number };

/** The board of 2,000 cards: its page beside the SQL of its rows, and what a move costs before 50 who look on, beside nobody. */
export async function measureBoard(rounds: number): Promise<Measured> {
  await using opened = new AsyncDisposableStack();
  const world = await openWorld();
  opened.defer(() => world.close());
  await fillTasks(world.databaseUrl, { tasks: OPEN, workflow: shippedWorkflow("kanban", "en") });
  const cookies = await hireWatchers(world.databaseUrl, WATCHERS);
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  opened.defer(() => client.end());
  const { rows } = await client.query<{ id: string }>(
    "SELECT conversation_id AS id FROM task WHERE state_id = 'todo' ORDER BY rank LIMIT $1",
    [MOVES],
  );
  const ids = rows.map(({ id }) => id);

  const figures = { first: [] as number[], whole: [] as number[], sql: [] as number[], packed: 0, plain: 0 };
  for (let round = -1; round < rounds; round++) await loadBoard(world, client, { cookie: cookies[0]!, round, figures });
  const alone: Turn[] = [];
  for (let round = 0; round < rounds; round++) alone.push(await moveAll(world, ids, []));
  const watchers: Watcher[] = [];
  for (const cookie of cookies) {
    const page = await load(world, BOARD, { cookie });
    const { watcher, stop } = await follow(world, { cookie, page });
    opened.defer(stop);
    watchers.push(watcher);
  }
  const turns: Turn[] = [];
  for (let round = 0; round < rounds; round++) turns.push(await moveAll(world, ids, watchers));
  const of = (from: Turn[], pick: keyof Turn) => from.map((turn) => turn[pick]);
  return {
    rows: [
      rowOf("board of 2,000 cards, first byte", "ms", figures.first, figures.sql, "SQL of its rows"),
      rowOf("board of 2,000 cards, last byte", "ms", figures.whole, figures.sql, "SQL of its rows"),
      aloneRow("board of 2,000 cards, packed", "kB", [figures.packed / 1_000]),
      rowOf("a move, server CPU", "us", of(turns, "cpuUs"), of(alone, "cpuUs"), "nobody looks on"),
      aloneRow("a move, seen by all 50", "ms", of(turns, "seenMs")),
      aloneRow("a move, bytes for each who looks on", "B", of(turns, "bytes")),
    ],
    notes: [
      `A page as a browser asks for it, brotli (${(figures.plain / 1_000).toFixed(0)} kB before it); beside it all columns of the same ${OPEN.toLocaleString("en")} rows over a connection of its own.`,
      `${MOVES} moves a round, one after another; ${WATCHERS} boards open. Each board was told of each card, or there were no figures.`,
    ],
  };
}

type Loading = {
  cookie: string;
  round: number;
  figures: { first: number[]; whole: number[]; sql: number[]; packed: number; plain: number };
};

/** The first round makes the server warm, and counts for nothing. */
async function loadBoard(world: World, client: pg.Client, { cookie, round, figures }: Loading): Promise<void> {
  const begun = performance.now();
  const page = await load(world, BOARD, { cookie, "accept-encoding": "br" });
  const took = performance.now() - begun;
  const asked = performance.now();
  const { rowCount } = await client.query("SELECT * FROM task ORDER BY state_id, rank");
  if (rowCount !== OPEN) throw new Error(`The board has ${rowCount} cards.`);
  const sql = performance.now() - asked;
  if (round < 0) figures.plain = (await load(world, BOARD, { cookie })).bytes;
  else {
    figures.first.push(page.firstByteMs);
    figures.whole.push(took);
    figures.sql.push(sql);
    figures.packed = page.bytes;
  }
}

/** Moves all to their other column, one after another, each seen by everybody before the next. */
async function moveAll(world: World, ids: readonly string[], watchers: readonly Watcher[]): Promise<Turn> {
  const [cpu, bytes] = [await world.api.cpuSeconds(), told(watchers)];
  const seen: number[] = [];
  for (const id of ids) {
    const before = watchers.map((one) => one.told.get(id) ?? 0);
    const asked = performance.now();
    await move(world, id);
    const isSeen = () => watchers.every((one, index) => (one.told.get(id) ?? 0) > before[index]!);
    while (!isSeen()) {
      if (performance.now() - asked > PATIENCE_MS) throw new Error("Not every board was told of a move.");
      await pause(1);
    }
    seen.push(performance.now() - asked);
  }
  const cpuUs = (((await world.api.cpuSeconds()) - cpu) * 1e6) / ids.length;
  const seenMs = seen.toSorted((one, other) => one - other)[Math.floor(seen.length / 2)]!;
  return { cpuUs, seenMs, bytes: watchers.length === 0 ? 0 : (told(watchers) - bytes) / watchers.length / ids.length };
}

const begun = new Set<string>();

async function move(world: World, id: string): Promise<void> {
  const isBack = begun.delete(id);
  if (!isBack) begun.add(id);
  const taskId = Buffer.from(`Task:${id}`).toString("base64url");
  await ask(world, MOVE, { taskId, moveId: isBack ? "stop" : "start" }, world.agentToken);
}

function told(watchers: readonly Watcher[]): number {
  return watchers.reduce((sum, { bytes }) => sum + bytes, 0);
}
