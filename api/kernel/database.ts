import { AsyncLocalStorage } from "node:async_hooks";
import type { Writable } from "node:stream";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { Gauge } from "prom-client";
import { PrismaClient } from "../../prisma/generated/client/client.ts";
import { isAftermath, isDeadlock } from "./database-faults.ts";
import { gatherWrites } from "./gather-writes.ts";
import { log } from "./logging.ts";
import { registry } from "./metrics.ts";
import { statementOf } from "./statement.ts";

/** Runs one statement: `` await sql<Row>`SELECT ... ${value}` ``. Values are always parameters, fragments are taken up. */
export type Sql = <Row = unknown>(strings: TemplateStringsArray, ...values: unknown[]) => Promise<Row[]>;

/** An open transaction. `afterCommit` is run once the transaction is durable, and never if it is undone. */
export type Transaction = { sql: Sql; afterCommit: (effect: () => void) => void };

/** The application's role: it owns nothing, so it can change no table, and is no superuser. */
export const APPLICATION_ROLE = "beseda_app";

/** A statement that takes longer is given up, so that one bad plan cannot hold every connection. */
const LONGEST_STATEMENT_MS = 15_000;
/** How often work is begun that others stand in the way of, and it in theirs. */
const MOST_TRIES = 3;

let pool: pg.Pool;
let client: PrismaClient;

new Gauge({
  name: "beseda_database_connections",
  help: "Open connections of this process to PostgreSQL.",
  registers: [registry],
  collect() {
    this.set(pool?.totalCount ?? 0);
  },
});

/** Opens the process's connections. Nothing is connected before the first statement. */
export function openDatabase(settings: { url: string; connections: number }): void {
  pool = new pg.Pool({
    connectionString: settings.url,
    max: settings.connections,
    options: `-c role=${APPLICATION_ROLE} -c statement_timeout=${LONGEST_STATEMENT_MS}`,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // Statements that need no answer of each other share a round trip.
    pipeline: true,
    types: { getTypeParser },
  } as pg.PoolConfig);
  pool.on("error", (error) => {
    if (!pool.ending) log().warn({ err: error }, "An idle database connection broke.");
  });
  // The pool listens to idle connections alone: one that breaks while it is lent would end the process. From its first moment
  // on, since what breaks it may come in the packet that makes it ready, before whoever waits for it can listen.
  pool.on("connect", (connection) => connection.on("error", leaveToStatement));
  client = new PrismaClient({ adapter: new PrismaPg(pool) });
}

/** Closes the process's connections once their statements have ended. */
export async function closeDatabase(): Promise<void> {
  await client.$disconnect();
  if (!pool.ended) await pool.end();
}

/** Prisma, for reading alone: what writes is SQL, since the log's `record` and its projections are. Refuses in a transaction. */
export function prisma(): PrismaClient {
  refuseWhileLent();
  return client;
}

/** Runs one statement in a transaction of its own. Refuses in another one. */
export const sql: Sql = async (strings, ...values) => {
  refuseWhileLent();
  return run(pool, strings, values);
};

/** The transaction that runs what is called from here. */
const lent = new AsyncLocalStorage<{ isOver: boolean }>();

/**
 * Work that holds a connection must not ask for a second one: once as much work as there are connections does so, nobody gets
 * one, and everyone waits until the database seems to be away. So it fails at once, in the first test that comes by.
 */
function refuseWhileLent(): void {
  if (lent.getStore()?.isOver === false) throw new Error("A transaction reads with its own connection: use its sql.");
}

/** The transaction that the actions called from here are parts of. */
const whole = new AsyncLocalStorage<Transaction>();

/** Whether what is done from here is a part of a larger transaction. */
export function isPart(): boolean {
  return whole.getStore() !== undefined;
}

/**
 * Runs `work`, whose actions open no transactions of their own then: each is a part of this one and commits with it. What
 * refuses or fails is undone alone, by a savepoint, so parts come one after another, never side by side. Only what goes
 * through `inTransaction` takes part: a bare `sql` does not see what has not been committed.
 */
export function inPartsOf<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  return whole.run(tx, work);
}

/**
 * Runs `work` in one transaction, or as a part of the one that `inPartsOf` names. A refusal (`ok: false`) and a thrown fault
 * undo it; anything else commits. `work` may be run again, from its beginning, where it and another wait for each other's locks: then
 * nothing of the first time has happened. An error from COMMIT itself leaves the result unknown: the caller's client retries under the
 * same clientId.
 */
export async function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const tx = whole.getStore();
  if (tx) return asPart(tx, work);
  for (let tries = 1; ; tries++) {
    try {
      return await asWhole(work);
    } catch (fault) {
      // Two took each other's locks: the one who is given up has done nothing, and goes again.
      if (tries === MOST_TRIES || !isDeadlock(fault)) throw fault;
    }
  }
}

/**
 * Runs work that has no part in the transaction it is called from, with connections of its own. For one caller at a time: many
 * would each hold a connection and wait for another.
 */
export function apart<T>(work: () => Promise<T>): Promise<T> {
  return whole.exit(() => lent.exit(work));
}

async function asPart<T>(tx: Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const effects: (() => void)[] = [];
  let isOver = false;
  // What one of its statements did not wait for comes too late: it would be a statement of the whole.
  const sql: Sql = async (strings, ...values) => {
    if (isOver) throw new Error("A part of a transaction is over.");
    return tx.sql(strings, ...values);
  };
  const part: Transaction = { sql, afterCommit: (effect) => effects.push(effect) };
  await tx.sql`SAVEPOINT part`;
  try {
    const result = await whole.run(part, () => work(part));
    isOver = true;
    if (isRefusal(result)) await undo(tx);
    else for (const effect of effects) tx.afterCommit(effect);
    await tx.sql`RELEASE SAVEPOINT part`;
    return result;
  } catch (fault) {
    isOver = true;
    await undo(tx);
    await tx.sql`RELEASE SAVEPOINT part`;
    throw fault;
  }
}

async function undo(tx: Transaction): Promise<void> {
  await tx.sql`ROLLBACK TO SAVEPOINT part`;
}

async function asWhole<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  refuseWhileLent();
  const connection = await pool.connect();
  // Statements that are issued together leave in one write: a send costs three instead of seven.
  const wire = (connection as unknown as { connection: { stream: Writable } }).connection.stream;
  const effects: (() => void)[] = [];
  const loan = { isOver: false };
  let cause: unknown;
  const tx: Transaction = {
    sql: async (strings, ...values) => {
      // A branch of the work that goes on after another one failed would write outside the transaction.
      if (loan.isOver) throw new Error("The transaction is over.");
      gatherWrites(wire);
      return run<never>(connection, strings, values).catch((fault) => {
        cause ??= fault;
        throw fault;
      });
    },
    afterCommit: (effect) => effects.push(effect),
  };
  let broken: Error | undefined;
  gatherWrites(wire);
  const begun = connection.query("BEGIN");
  try {
    const [, result] = await Promise.all([begun, lent.run(loan, () => work(tx))]);
    loan.isOver = true;
    const { command } = await connection.query(isRefusal(result) ? "ROLLBACK" : "COMMIT");
    if (isRefusal(result)) return result;
    // PostgreSQL answers COMMIT with ROLLBACK, and no error, where a statement failed and the work went on regardless.
    if (command !== "COMMIT") throw new Error("A statement failed unheeded: the transaction was undone.");
    for (const effect of effects) effect();
    return result;
  } catch (fault) {
    loan.isOver = true;
    broken = await connection.query("ROLLBACK").then(
      () => undefined,
      (error: Error) => error,
    );
    throw isAftermath(fault) ? cause : fault;
  } finally {
    connection.release(broken);
  }
}

/** What broke the connection reaches whoever waits for its next statement. */
function leaveToStatement(): void {}

/** Whether the outcome undoes its transaction. */
export function isRefusal(result: unknown): boolean {
  return typeof result === "object" && result !== null && "ok" in result && result.ok === false;
}

function run<Row>(on: pg.Pool | pg.PoolClient, strings: TemplateStringsArray, values: unknown[]): Promise<Row[]> {
  return on.query(statementOf(strings, values)).then((result) => result.rows as Row[]);
}

/** bigint comes as a number: positions and counters stay far below 2^53. */
function getTypeParser(oid: number, format?: "text" | "binary") {
  if (oid === pg.types.builtins.INT8) return Number;
  return pg.types.getTypeParser(oid, format as "text");
}
