import { setTimeout as pause } from "node:timers/promises";
import { inTransaction, isPart, isRefusal, type Transaction } from "./database.ts";

/**
 * The most that share one commit: more would hold the first ones' locks longer than a commit saves. One company is under way
 * at a time: with two at once each is smaller, and both cores did a fifth more for each send.
 */
const MOST = 64;
/** How long a company may wait for a lock before each of it goes alone, and the next company for it, in ms. */
const PATIENCE_MS = 25;

type Waiting = { key: string; work: (tx: Transaction) => Promise<unknown>; settle: (result: Promise<unknown>) => void };

let waiting: Waiting[] = [];
let isServing = false;
/** What companies under way have locked: whoever wants the same waits here, and not with a company behind them. */
const locked = new Set<string>();

/**
 * Like `inTransaction`, but while some are under way the next ones gather, and are then carried out together in one: a
 * commit, and the round trips to it, are the dearest part of a send. Nobody waits for company that is not there. When one
 * is refused, the others are done again together without it; when one fails, each is done again by itself: so `work` may
 * run more than once.
 * `key` names what it locks: companies take their locks in its order, so that two processes cannot block each other.
 */
export function inSharedTransaction<T>(key: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  // What is a part of a transaction already shares that one, and must not take others into it.
  if (isPart()) return inTransaction(work);
  return new Promise((resolve) => {
    waiting.push({ key, work, settle: resolve as (result: Promise<unknown>) => void });
    void serve();
  });
}

async function serve(): Promise<void> {
  if (isServing) return;
  isServing = true;
  // What came in the same tick shares already.
  await new Promise(process.nextTick);
  for (let company = nextCompany(); company.length > 0; company = nextCompany()) {
    // Who waits for the lock of a slow transaction must not keep everyone else waiting too.
    await Promise.race([carryOut(company), pause(PATIENCE_MS)]);
  }
  isServing = false;
}

function nextCompany(): Waiting[] {
  const company = waiting.filter(({ key }) => !locked.has(key)).slice(0, MOST);
  waiting = waiting.filter((one) => !company.includes(one));
  for (const { key } of company) locked.add(key);
  return company.sort((one, other) => (one.key < other.key ? -1 : 1));
}

async function carryOut(company: Waiting[]): Promise<void> {
  const results = company.length === 1 ? company.map(alone) : await together(company);
  const settled = company.map((one, index) => settle(one, results[index]!));
  await Promise.all(settled);
}

async function settle(one: Waiting, result: Promise<unknown>): Promise<void> {
  one.settle(result);
  await result.catch(() => {});
  locked.delete(one.key);
  void serve();
}

function alone({ work }: Waiting): Promise<unknown> {
  return inTransaction(work);
}

async function together(company: Waiting[]): Promise<Promise<unknown>[]> {
  let refused: Waiting[] = [];
  try {
    const results = await inTransaction(async (tx) => {
      const patience = tx.sql`SELECT set_config('lock_timeout', ${String(PATIENCE_MS)}, true)`;
      const [made] = await Promise.all([Promise.all(company.map(({ work }) => work(tx))), patience]);
      refused = company.filter((_, index) => isRefusal(made[index]));
      if (refused.length > 0) throw new Error("One of a shared transaction was refused.");
      return made;
    });
    return results.map((result) => Promise.resolve(result));
  } catch {
    return refused.length > 0 ? apart(company, refused) : company.map(alone);
  }
}

/** Each who was refused goes alone, after the others, who stay together: one who is refused over and over costs them little. */
async function apart(company: Waiting[], refused: Waiting[]): Promise<Promise<unknown>[]> {
  const others = company.filter((one) => !refused.includes(one));
  const results = others.length > 1 ? await together(others) : others.map(alone);
  return company.map((one) => (refused.includes(one) ? alone(one) : results[others.indexOf(one)]!));
}
