import { randomBytes } from "node:crypto";
import { diceFor } from "../dice.ts";
import { type ApiProcess, startApi } from "../ground/api-process.ts";
import { type Caller, type Cast, hireCast } from "../ground/cast.ts";
import { readMetric, residentMemory } from "../ground/gauges.ts";
import { openGround } from "../ground/ground.ts";
import { post } from "../ground/post.ts";
import { COUNTING, mostAsked, openStatementCount, total } from "../ground/statement-count.ts";
import type { Proof, Size } from "../options.ts";
import { until } from "../poll.ts";
import { tell } from "../tally.ts";
import { type Client, clientOf } from "./client.ts";
import { judgeClient, meantFor } from "./judge-clients.ts";
import { readWritten, writer } from "./writing.ts";

/** Conversations, each with five clients; for how long is written before the process is killed, and while it is away. */
type Course = { conversations: number; beforeMs: number; awayMs: number; idleMs: number; mostQueries: number };

/** A small storm lasts as long on a slow machine as a larger one, and asks as often: a query for each client shows all the same. */
// biome-ignore format: a table, aligned
const courses: Record<Size, Course> = {
  full:  { conversations: 1_000, beforeMs: 5_000, awayMs: 30_000, idleMs: 10_000, mostQueries: 1 },
  ci:    { conversations: 60,    beforeMs: 1_000, awayMs: 3_000,  idleMs: 2_000,  mostQueries: 3 },
  brief: { conversations: 20,    beforeMs: 500,   awayMs: 1_000,  idleMs: 1_000,  mostQueries: 5 },
};
const AGENTS = 10;
const AFTER_MS = 1_000;
const PATIENCE_MS = 120_000;

/** The memory that a storm may cost, against what the same clients took before. */
const MOST_MEMORY = 1.5;

/**
 * All clients are on one process. It is killed, messages are written through another one, it is started again, and all come
 * back at once with their last cursors. Each must have its conversation's messages, each once and in order, and the storm
 * must cost little.
 */
export const reconnect: Proof = async (tally, options) => {
  const { conversations, beforeMs, awayMs, idleMs, mostQueries } = courses[options.size];
  const ground = await openGround(COUNTING);
  try {
    const { databaseUrl } = ground;
    const secret = randomBytes(32).toString("hex");
    const cast = await hireCast({
      databaseUrl,
      secret,
      agents: AGENTS,
      customers: conversations,
      conversationsEach: 1,
    });
    const api = await startApi({ ground, secret, name: "api-1" });
    const elsewhere = await startApi({ ground, secret, name: "api-2" });
    const statements = await openStatementCount(databaseUrl);
    const clients = await clientsOf(api, cast);
    const { writeFor } = writer(elsewhere, cast, diceFor(options.seed, "reconnect"));
    // Asked late, since a look at /metrics costs queries too.
    const areThere = async () =>
      clients.every(({ isLetIn }) => isLetIn()) && (await readMetric(api, "beseda_live_followers")) === clients.length;
    const haveAll = async () => {
      const written = await readWritten(databaseUrl);
      const hasAll = (client: Client) => client.heard.length >= meantFor(client, written).length;
      await until("everyone has heard all", () => clients.every(hasAll), PATIENCE_MS).catch(() => {});
      return written;
    };

    for (const client of clients) client.connect();
    await until("all clients are there", areThere, PATIENCE_MS);
    const idleRate = await statements.idleRate(idleMs);
    await writeFor(beforeMs);
    const before = await residentMemory(api);

    for (const client of clients) client.stayAway();
    const [missed] = await Promise.all([writeFor(awayMs), api.kill(awayMs)]);
    await api.ready();
    await statements.begin();
    const backAt = performance.now();
    for (const client of clients) client.connect();
    await until("all clients are back", areThere, PATIENCE_MS);
    await haveAll();
    const seconds = (performance.now() - backAt) / 1_000;
    const asked = await statements.read();
    const after = await residentMemory(api);
    await writeFor(AFTER_MS);
    const written = await haveAll();

    for (const client of clients) judgeClient(tally, client, written);
    const queries = (total(asked) - idleRate * seconds) / conversations;
    const memory = after.peak / before.now;
    tell(
      `  ${clients.length} clients of ${conversations} conversations missed ${missed} messages, back in ${seconds.toFixed(1)} s`,
    );
    tell(
      `  ${total(asked)} queries, ${idleRate.toFixed(1)} a second when idle: ${queries.toFixed(2)} for each conversation`,
    );
    tell(
      `  memory ${Math.round(before.now)} MiB before, ${Math.round(after.peak)} MiB at most: ${memory.toFixed(2)} times`,
    );
    tally.expect(`at most ${mostQueries} queries for each conversation`, queries <= mostQueries, mostAsked(asked, 8));
    tally.expect(`at most ${MOST_MEMORY} times the memory`, memory <= MOST_MEMORY, { before, after });
    const problems = [api, elsewhere].flatMap((one) => [...one.errors(), ...one.collapses]);
    tally.expect("no process failed", problems.length === 0, problems.slice(0, 3));
    for (const client of clients) client.stop();
    await statements.close();
  } finally {
    await ground.close();
  }
};

/** Two of each conversation's customer, as two tabs, and three of agents who have it open; all from where the log ends now. */
async function clientsOf(api: ApiProcess, { agents, customers, conversationIds }: Cast): Promise<Client[]> {
  const ends = { staff: await cursorFor(api, agents[0]!), customer: await cursorFor(api, customers[0]!) };
  const tokens = new Map<Caller, string>();
  for (const caller of [...agents, ...customers]) tokens.set(caller, await caller.token());
  return conversationIds.flatMap((conversationId, index) => {
    const clients = (caller: Caller, name: string, follows: "own" | "conversation") => {
      const given = { api, caller, token: tokens.get(caller)!, conversationId, follows, after: ends[caller.readers] };
      return clientOf({ ...given, name: `${name} of conversation ${index}` });
    };
    const customer = customers[index]!;
    const staff = [0, 1, 2].map((nth) => agents[(index + nth) % agents.length]!);
    return [
      clients(customer, "the customer's page", "own"),
      clients(customer, "the customer's program", "conversation"),
      ...staff.map((agent, nth) => clients(agent, `agent ${nth}`, "conversation")),
    ];
  });
}

async function cursorFor({ url }: ApiProcess, { token, origin }: Caller): Promise<string> {
  const query = "{ viewer { __typename } eventCursor }";
  const outcome = await post({ url, token: await token(), ...(origin && { origin }), query, variables: {} });
  if (!("answer" in outcome) || !outcome.answer.data) throw new Error(`No cursor: ${JSON.stringify(outcome)}.`);
  return outcome.answer.data.eventCursor;
}
