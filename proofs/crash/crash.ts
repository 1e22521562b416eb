import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { diceFor } from "../dice.ts";
import { type ApiProcess, startApi } from "../ground/api-process.ts";
import { type Cast, type Caller, hireCast } from "../ground/cast.ts";
import { openCursorReading } from "../ground/cursors.ts";
import { connect, type Ground, openGround } from "../ground/ground.ts";
import { post } from "../ground/post.ts";
import type { Proof, ProofOptions, Size } from "../options.ts";
import { until } from "../poll.ts";
import { type Tally, tell } from "../tally.ts";
import { judgeDrain } from "./drain.ts";
import { judgeAgainstFreshQuery } from "./fresh-query.ts";
import { followRaw } from "./raw-client.ts";
import { judgeRedisAway } from "./redis-away.ts";
import { followWithStockClient } from "./stock-client.ts";
import { type Damage, storm } from "./storm.ts";
import type { Subscriber } from "./subscriber.ts";
import { judgeCounters, judgeSubscriber, judgeWriters, readWritten } from "./verdict.ts";
import { openWritersRecord, write, type WritersRecord } from "./writer.ts";

/** The least that each of the two phases must come to, else nothing is proven. */
const least: Record<Size, { messages: number; blows: number; crossings: number }> = {
  full: { messages: 10_500, blows: 60, crossings: 25 },
  ci: { messages: 1_500, blows: 12, crossings: 6 },
  brief: { messages: 400, blows: 7, crossings: 3 },
};
const PHASE_MS = 20 * 60_000;
const CONVERGENCE_MS = 15_000;

type Stage = { ground: Ground; cast: Cast; apis: ApiProcess[]; database: pg.Client };

/**
 * Writers that retry and subscribers that resume, while everything under them is killed at random: first with one API
 * process, then with two. Judged by what clients were told and what the database holds in the end.
 */
export const crash: Proof = async (tally, options) => {
  const ground = await openGround();
  try {
    const secret = randomBytes(32).toString("hex");
    await openCursorReading({ databaseUrl: ground.databaseUrl, secret });
    const cast = await hireCast({ databaseUrl: ground.databaseUrl, secret, agents: 4, customers: 4, conversationsEach: 2 });
    const first = await startApi({ ground, secret, name: "api-1" });
    if (options.size !== "brief") await phase(tally, options, { ground, cast, apis: [first] });
    const second = await startApi({ ground, secret, name: "api-2" });
    await phase(tally, options, { ground, cast, apis: [first, second] });
    const cursor = () => cursorAt(first, cast.agents[0]!);
    await judgeRedisAway(tally, { ground, apis: [first, second], cast, cursor, rounds: least[options.size].crossings });
    const dice = diceFor(options.seed, "drain");
    await judgeDrain(tally, { apis: [first, second], cast, databaseUrl: ground.databaseUrl, dice });
  } finally {
    await ground.close();
  }
};

async function phase(tally: Tally, options: ProofOptions, { ground, cast, apis }: Omit<Stage, "database">): Promise<void> {
  const { messages, blows } = least[options.size];
  const diceOf = (name: string) => diceFor(options.seed, `${apis.length} ${name}`);
  const record = openWritersRecord(`writer-${apis.length}`);
  const subscribers = await subscribeAll(cast, apis, diceOf("subscribers").pick);
  await until("all subscribers are connected", () => subscribers.every(({ record }) => record.resumes > 0));
  const startedAt = Date.now();
  let struck = 0;
  const isOver = () => Date.now() - startedAt > PHASE_MS || (record.acknowledged.size >= messages && struck >= blows);

  const writers = [...cast.customers, ...cast.agents].map((caller, index) => {
    const name = `${record.prefix}-${index}`;
    const dice = diceOf(name);
    return write({ name, caller, dice, pickUrl: () => dice.pick(apis).url, record, isOver });
  });
  const isDue = () => record.acknowledged.size * blows > struck * messages;
  const onBlow = () => struck++;
  const damage = await storm({ ground, apis, subscribers, dice: diceOf("storm"), isOver, isDue, onBlow });
  await Promise.all(writers);
  await judgePhase(tally, { ground, cast, apis }, { record, subscribers, damage });
  const vacuous = record.acknowledged.size < messages || struck < blows;
  tally.expect(`at least ${messages} messages and ${blows} blows`, !vacuous, { messages: record.acknowledged.size, blows: struck });
  report(apis, { record, subscribers, damage });
}

type Course = { record: WritersRecord; subscribers: Subscriber[]; damage: Damage };

/** Four agents and four customers, half of each with the unmodified client; one of each follows a single conversation. */
async function subscribeAll(cast: Cast, apis: ApiProcess[], pick: <T>(from: readonly T[]) => T): Promise<Subscriber[]> {
  const after = await cursorAt(apis[0]!, cast.agents[0]!);
  return [...cast.agents, ...cast.customers].map((caller, index) => {
    const follow = index % 2 === 0 ? followWithStockClient : followRaw;
    const alone = index % 4 === 3 ? { conversationId: caller.conversationIds[0]! } : {};
    const name = `${caller.readers} ${index} (${follow === followRaw ? "raw" : "graphql-ws"})`;
    return follow({ name, caller, after, ...alone, pickSocketUrl: () => pick(apis).socketUrl });
  });
}

/** The end of the log as the API tells it. */
async function cursorAt(api: ApiProcess, { token, origin }: Caller): Promise<string> {
  const outcome = await post({ url: api.url, token: await token(), origin, query: "{ eventCursor }", variables: {} });
  if (!("answer" in outcome) || !outcome.answer.data) throw new Error(`No cursor: ${JSON.stringify(outcome)}.`);
  return outcome.answer.data.eventCursor;
}

async function judgePhase(tally: Tally, { ground, cast, apis }: Omit<Stage, "database">, course: Course): Promise<void> {
  const database = await connect(ground.databaseUrl);
  await until("the outbox is empty", async () => {
    const { rows } = await database.query("SELECT FROM outbox LIMIT 1");
    return rows.length === 0;
  });
  await settle(database, course.subscribers);
  for (const subscriber of course.subscribers) subscriber.stop();

  const written = await readWritten(database);
  judgeWriters(tally, course.record, written);
  await judgeCounters(tally, database, written);
  for (const { record } of course.subscribers) {
    judgeSubscriber(tally, record, written);
    tally.expect(`${record.name} had to resume`, record.resumes > 1, record.resumes);
    await judgeAgainstFreshQuery(tally, apis[0]!.url, record);
  }
  await judgeListeners(tally, database, cast);
  explain(apis, [course.record, ...course.subscribers.map(({ record }) => record)]);
  for (const api of apis) {
    tally.expect(`${api.name} stayed up by itself`, api.collapses.length === 0, api.collapses[0]);
    api.collapses.length = 0;
  }
  await database.end();
}

/** Prints what the servers logged of the requests that went wrong. */
function explain(apis: ApiProcess[], records: { problems: string[] }[]): void {
  const ids = new Set(records.flatMap(({ problems }) => problems.flatMap((text) => text.match(/(?<="requestId":")[^"]+/g) ?? [])));
  const lines = apis.flatMap((api) => api.errors()).filter((line) => [...ids].some((id) => line.includes(id)));
  for (const line of lines.slice(0, 5)) tell(`  logged: ${line.slice(0, 1_200)}`);
}

/** Waits until every subscriber has gone quiet: for a second, nothing more came to anyone. */
async function settle(database: pg.Client, subscribers: Subscriber[]): Promise<void> {
  const { rows } = await database.query<{ position: number }>("SELECT position::int FROM log_head");
  const end = rows[0]!.position;
  const deadline = Date.now() + CONVERGENCE_MS;
  const heard = () => subscribers.reduce((sum, { record }) => sum + record.heard.length + record.repeats, 0);
  while (Date.now() < deadline) {
    const before = heard();
    await pause(1_500);
    const isAtEnd = subscribers.some(({ record }) => record.heard.at(-1)?.position === end);
    if (isAtEnd && heard() === before) return;
  }
}

/** What durable listeners keep is there for every conversation, and they have come to the end with nothing parked. */
async function judgeListeners(tally: Tally, database: pg.Client, { conversationIds }: Cast): Promise<void> {
  const behind = "SELECT name FROM listener WHERE position < (SELECT position FROM log_head)";
  const caughtUp = until("listeners have come to the end", async () => (await database.query(behind)).rows.length === 0);
  tally.expect("durable listeners come to the end", await caughtUp.catch(() => false));
  const { rows } = await database.query(`
    SELECT (SELECT count(*)::int FROM parked_event) AS parked, count(*)::int AS replied FROM ticket
    WHERE first_reply_at = (SELECT min(sent_at) FROM message WHERE message.conversation_id = ticket.conversation_id
                            AND agent_id IS NOT NULL AND visibility = 'everyone')`);
  tally.expect("durable listeners missed nothing", rows[0].parked === 0 && rows[0].replied === conversationIds.length, rows[0]);
}

function report(apis: ApiProcess[], { record, subscribers, damage }: Course): void {
  const sum = (pick: (subscriber: Subscriber) => number) => subscribers.reduce((total, one) => total + pick(one), 0);
  tell(`  ${apis.length} API process${apis.length > 1 ? "es" : ""}: ${record.acknowledged.size} messages acknowledged, ${record.lost} answers lost, ${record.repeats} asked for again`);
  tell(`  struck: ${Object.entries(damage).map(([blow, count]) => `${blow} ${count}`).join(", ")}`);
  tell(`  8 subscribers heard ${sum(({ record }) => record.heard.length)} events, connected ${sum(({ record }) => record.resumes)} times, ${sum(({ record }) => record.repeats)} came again, ${sum(({ record }) => record.reloads.length)} reloads`);
}
