import { randomBytes } from "node:crypto";
import { diceFor } from "../dice.ts";
import { type ApiProcess, startApi } from "../ground/api-process.ts";
import { type Caller, type Cast, hireCast } from "../ground/cast.ts";
import { openCursorReading } from "../ground/cursors.ts";
import { openGround } from "../ground/ground.ts";
import { post } from "../ground/post.ts";
import type { Proof, ProofOptions, Size } from "../options.ts";
import { until } from "../poll.ts";
import type { Tally } from "../tally.ts";
import { judgeDrain } from "./drain.ts";
import { judgePhase, type Stage } from "./judge-phase.ts";
import { followRaw } from "./raw-client.ts";
import { judgeRedisAway } from "./redis-away.ts";
import { followWithStockClient } from "./stock-client.ts";
import { storm } from "./storm.ts";
import type { Subscriber } from "./subscriber.ts";
import { openWritersRecord, write } from "./writer.ts";

/** The least that each of the two phases must come to, else nothing is proven. */
const least: Record<Size, { messages: number; blows: number; crossings: number }> = {
  full: { messages: 10_500, blows: 60, crossings: 25 },
  ci: { messages: 1_500, blows: 12, crossings: 6 },
  brief: { messages: 400, blows: 7, crossings: 3 },
};
const PHASE_MS = 20 * 60_000;

/**
 * Writers that retry and subscribers that resume, while everything under them is killed at random: first with one API
 * process, then with two. Judged by what clients were told and what the database holds in the end.
 */
export const crash: Proof = async (tally, options) => {
  const ground = await openGround();
  try {
    const secret = randomBytes(32).toString("hex");
    await openCursorReading({ databaseUrl: ground.databaseUrl, secret });
    const cast = await hireCast({
      databaseUrl: ground.databaseUrl,
      secret,
      agents: 4,
      customers: 4,
      conversationsEach: 2,
    });
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

async function phase(tally: Tally, options: ProofOptions, { ground, cast, apis }: Stage): Promise<void> {
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
  tally.expect(`at least ${messages} messages and ${blows} blows`, !vacuous, {
    messages: record.acknowledged.size,
    blows: struck,
  });
}

/** Four agents and four customers, half of each with the unmodified client; one of each follows a single conversation. */
async function subscribeAll(cast: Cast, apis: ApiProcess[], pick: <T>(from: readonly T[]) => T): Promise<Subscriber[]> {
  const following = [...cast.agents, ...cast.customers].map(async (caller, index) => {
    const after = await cursorAt(apis[0]!, caller);
    const follow = index % 2 === 0 ? followWithStockClient : followRaw;
    const alone = index % 4 === 3 ? { conversationId: caller.conversationIds[0]! } : {};
    const name = `${caller.readers} ${index} (${follow === followRaw ? "raw" : "graphql-ws"})`;
    return follow({ name, caller, after, ...alone, pickSocketUrl: () => pick(apis).socketUrl });
  });
  return Promise.all(following);
}

/** The end of the log as the API tells it. */
async function cursorAt(api: ApiProcess, { token, origin }: Caller): Promise<string> {
  const outcome = await post({ url: api.url, token: await token(), origin, query: "{ eventCursor }", variables: {} });
  if (!("answer" in outcome) || !outcome.answer.data) throw new Error(`No cursor: ${JSON.stringify(outcome)}.`);
  return outcome.answer.data.eventCursor;
}
