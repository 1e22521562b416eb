import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import type { ApiProcess } from "../ground/api-process.ts";
import type { Cast } from "../ground/cast.ts";
import { connect, type Ground } from "../ground/ground.ts";
import { until } from "../poll.ts";
import { type Tally, tell } from "../tally.ts";
import { judgeAgainstFreshQuery } from "./fresh-query.ts";
import type { Damage } from "./storm.ts";
import type { Subscriber } from "./subscriber.ts";
import { judgeCounters, judgeSubscriber, judgeWriters, readWritten } from "./verdict.ts";
import type { WritersRecord } from "./writer.ts";

/** Where a phase plays. */
export type Stage = { ground: Ground; cast: Cast; apis: ApiProcess[] };

/** How it went: what writers and subscribers say, and what was done to them. */
export type Course = { record: WritersRecord; subscribers: Subscriber[]; damage: Damage };

const CONVERGENCE_MS = 15_000;

/** Waits until everyone has heard everything, judges what each was told against what is written, and prints how it went. */
export async function judgePhase(tally: Tally, { ground, cast, apis }: Stage, course: Course): Promise<void> {
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
  report(apis, course);
}

/** Prints what the servers logged of the requests that went wrong. */
function explain(apis: ApiProcess[], records: { problems: string[] }[]): void {
  const ids = new Set(
    records.flatMap(({ problems }) => problems.flatMap((text) => text.match(/(?<="requestId":")[^"]+/g) ?? [])),
  );
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
  const caughtUp = until(
    "listeners have come to the end",
    async () => (await database.query(behind)).rows.length === 0,
  );
  tally.expect("durable listeners come to the end", await caughtUp.catch(() => false));
  const { rows } = await database.query(`
    SELECT (SELECT count(*)::int FROM parked_event) AS parked, count(*)::int AS replied FROM ticket
    WHERE first_reply_at = (SELECT min(sent_at) FROM message WHERE message.conversation_id = ticket.conversation_id
                            AND agent_id IS NOT NULL AND visibility = 'everyone')`);
  tally.expect(
    "durable listeners missed nothing",
    rows[0].parked === 0 && rows[0].replied === conversationIds.length,
    rows[0],
  );
}

function report(apis: ApiProcess[], { record, subscribers, damage }: Course): void {
  const sum = (pick: (subscriber: Subscriber) => number) => subscribers.reduce((total, one) => total + pick(one), 0);
  tell(
    `  ${apis.length} API process${apis.length > 1 ? "es" : ""}: ${record.acknowledged.size} messages acknowledged, ${record.lost} answers lost, ${record.repeats} asked for again`,
  );
  tell(
    `  struck: ${Object.entries(damage)
      .map(([blow, count]) => `${blow} ${count}`)
      .join(", ")}`,
  );
  tell(
    `  8 subscribers heard ${sum(({ record }) => record.heard.length)} events, connected ${sum(({ record }) => record.resumes)} times, ${sum(({ record }) => record.repeats)} came again, ${sum(({ record }) => record.reloads.length)} reloads`,
  );
}
