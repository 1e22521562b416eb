import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { publish, subscribe } from "../bus.ts";
import { log } from "../logging.ts";
import { sequenced } from "../metrics.ts";
import { sleeper } from "../sleeper.ts";

/** One sequencer in all processes: whoever holds this advisory lock on the very connection that moves the rows. */
const LOCK = 20_261_122;
const BATCH = 1_000;
/** How long a commit in a process without the lock may wait when no hint reaches the sequencer, in ms. */
const SWEEP_MS = 250;
const RETRY_MS = 500;

/**
 * What was moved leaves dead rows at the head of the outbox, which every move must pass: after 10,000 a move takes three times
 * as long. Autovacuum comes once a minute. A vacuum takes 2 ms; while a long transaction holds the dead rows back it takes
 * longer and gains nothing, so it may take no more than a twentieth of the time.
 */
const VACUUM = "VACUUM (SKIP_LOCKED, TRUNCATE false) outbox";
const MOVES_PER_VACUUM = 2_000;
const VACUUM_SHARE = 1 / 20;

/**
 * One statement, so a crash leaves either all of it or none. DELETE sees committed rows only, so positions follow commits:
 * an `id > last` reader would lose rows whose ids were taken early and committed late.
 */
const MOVE = `
  WITH batch AS (
    DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT ${BATCH}) RETURNING *
  ), head AS (
    UPDATE log_head SET position = position + (SELECT count(*) FROM batch)
    WHERE id = 1 AND EXISTS (SELECT FROM batch)
    RETURNING position, position - (SELECT count(*) FROM batch) AS base
  ), moved AS (
    INSERT INTO event (position, workspace_id, type, version, audience, space_id, conversation_id, contact_id,
                       staff_seq, customer_seq, to_agent_id, payload, occurred_at)
    SELECT head.base + row_number() OVER (ORDER BY batch.id), workspace_id, type, version, audience, space_id,
           conversation_id, contact_id, staff_seq, customer_seq, to_agent_id, payload, occurred_at
    FROM batch, head
  )
  SELECT position::int8, (position - base)::int AS moved FROM head`;

const idle = sleeper();
let isHere = false;

/** After a commit that recorded something: the sequencer, here or in another process, has work. */
export function wakeSequencer(): void {
  if (isHere) idle.wake();
  else publish("outbox", "");
}

/** Runs the sequencer's duty in this process until `stop`: waits for the lock, then moves what commits. */
export function startSequencer(databaseUrl: string): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const unsubscribe = subscribe("outbox", idle.wake);
  const ended = serve(databaseUrl, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      unsubscribe();
      idle.wake();
      await ended;
    },
  };
}

async function serve(databaseUrl: string, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const connection = new pg.Client({ connectionString: databaseUrl, options: "-c role=beseda_app", keepAlive: true });
    connection.on("error", () => {});
    try {
      await connection.connect();
      isHere = await takeLock(connection, stop);
      if (isHere) await moveUntilStopped(connection, stop);
    } catch (fault) {
      log().warn({ err: fault }, "The sequencer lost its connection.");
    } finally {
      isHere = false;
      await connection.end().catch(() => {});
    }
    await pause(stop);
  }
}

async function takeLock(connection: pg.Client, stop: AbortSignal): Promise<boolean> {
  while (!stop.aborted) {
    const { rows } = await connection.query<{ held: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS held`);
    if (rows[0]!.held) return true;
    await pause(stop);
  }
  return false;
}

/** A pause that only stopping ends: without the lock, commits are no reason to ask for it. */
async function pause(signal: AbortSignal): Promise<void> {
  await setTimeout(RETRY_MS, undefined, { signal }).catch(() => {});
}

async function moveUntilStopped(connection: pg.Client, stop: AbortSignal): Promise<void> {
  const clear = clearing(connection);
  while (!stop.aborted) {
    const { rows } = await connection.query({ name: "move", text: MOVE });
    if (rows.length > 0) {
      sequenced.inc(rows[0].moved);
      publish("log", String(rows[0].position));
      await clear(rows[0].moved);
      if (rows[0].moved === BATCH) continue;
    }
    await idle.sleep(SWEEP_MS);
  }
}

/** Vacuums the outbox now and then, told how many rows have left it. */
function clearing(connection: pg.Client): (moved: number) => Promise<void> {
  let dead = 0;
  let notBefore = 0;
  return async (moved) => {
    dead += moved;
    const begunAt = performance.now();
    if (dead < MOVES_PER_VACUUM || begunAt < notBefore) return;
    await connection.query(VACUUM);
    const endedAt = performance.now();
    notBefore = endedAt + (endedAt - begunAt) / VACUUM_SHARE;
    dead = 0;
  };
}
