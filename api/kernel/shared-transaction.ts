import { setTimeout as pause } from "node:timers/promises";
import { inTransaction, isRefusal, type Transaction } from "./database.ts";

/** The most that share one commit: more would hold the first ones' locks longer than a commit saves. */
const MOST = 16;
/** How long a company may wait for a lock before each of it goes alone, and the next company for it, in ms. */
const PATIENCE_MS = 25;

type Waiting = { key: string; work: (tx: Transaction) => Promise<unknown>; settle: (result: Promise<unknown>) => void };

let waiting: Waiting[] = [];
let isServing = false;

/**
 * Like `inTransaction`, but while one is under way the next ones gather, and are then carried out together in one: a
 * commit, and the round trips to it, are the dearest part of a send. Nobody waits for company that is not there. When
 * one of a company is refused or fails, all are undone and each is done again by itself; so `work` may run twice.
 * `key` names what it locks: companies take their locks in its order, so that two processes cannot block each other.
 */
export function inSharedTransaction<T>(key: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return new Promise((resolve) => {
    waiting.push({ key, work, settle: resolve as (result: Promise<unknown>) => void });
    if (!isServing) void serve();
  });
}

async function serve(): Promise<void> {
  isServing = true;
  // What came in the same tick shares already.
  await new Promise(process.nextTick);
  while (waiting.length > 0) {
    const company = waiting.slice(0, MOST);
    waiting = waiting.slice(MOST);
    // Who waits for the lock of a slow transaction must not keep everyone else waiting too.
    await Promise.race([carryOut(company), pause(PATIENCE_MS)]);
  }
  isServing = false;
}

async function carryOut(company: Waiting[]): Promise<void> {
  const alone = (one: Waiting) => one.settle(inTransaction(one.work));
  if (company.length === 1) {
    const only = inTransaction(company[0]!.work);
    company[0]!.settle(only);
    return void (await only.catch(() => {}));
  }
  company.sort((one, other) => (one.key < other.key ? -1 : 1));
  try {
    const results = await inTransaction(async (tx) => {
      const patience = tx.sql`SELECT set_config('lock_timeout', ${String(PATIENCE_MS)}, true)`;
      const [made] = await Promise.all([Promise.all(company.map(({ work }) => work(tx))), patience]);
      if (made.some(isRefusal)) throw new Error("One of a shared transaction was refused.");
      return made;
    });
    for (const [index, one] of company.entries()) one.settle(Promise.resolve(results[index]));
  } catch {
    company.forEach(alone);
  }
}
