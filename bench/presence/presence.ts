import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startRedis } from "../../launch/redis.ts";
import { metric } from "../fanout/servers.ts";
import { type Part, startPart } from "../part.ts";
import { aloneRow, type Measured, rowOf } from "../row.ts";
import { openWorld, type World } from "../world.ts";
import type { Crowd, Person } from "./people.ts";
import { hire, type Member } from "./staff.ts";

const PEOPLE = 5_000;
const LOOKERS = 500;
const LOOKED_AT = 50;
/** Who come in a round, and how many in a second. The naive server has fewer: each costs it a delivery to everybody. */
const OURS = { coming: 500, perSecond: 100 };
const NAIVE = { coming: 40, perSecond: 8 };
/** After this whoever comes has had the answer to their own subscription, in ms. */
const ANSWERED_MS = 1_000;
/** After this somebody who has gone is seen to be gone, in ms. */
const GONE_MS = 7_000;

const BE_THERE = `subscription ($own: OwnPresence) { presence(agentIds: [], own: $own) { agentId } }`;
const LOOK = `subscription ($agentIds: [ID!]!) { presence(agentIds: $agentIds) { agentId presence } }`;

type Turn = { cpuUs: number; perChange: number; p99Ms: number };

/** What it costs that somebody comes, among 5,000 of whom 500 look at 50 each, beside a server that tells everybody of everybody. */
export async function measurePresence(rounds: number): Promise<Measured> {
  await using opened = new AsyncDisposableStack();
  const directory = mkdtempSync(join(tmpdir(), "beseda-bench-redis-"));
  opened.defer(() => rmSync(directory, { recursive: true, force: true }));
  const redis = await startRedis({ directory });
  opened.defer(() => redis.stop());
  const world = await openWorld("api.ts", { REDIS_URL: redis.url });
  opened.defer(() => world.close());
  const staff = await hire(world.databaseUrl, PEOPLE);
  const naive = await startPart("presence/everyone.ts");
  opened.defer(() => naive.stop());
  const ours = await gather(opened, oursOf(world, staff));
  const everyone = await gather(opened, await naiveOf(naive, staff));
  await until(async () => (await metric(world, "beseda_live_followers")) >= PEOPLE);
  await until(async () => (await naive.ask<number>("joined")) === PEOPLE);

  const unseen = staff.map(() => 0);
  const alone: Turn[] = [];
  for (let round = 0; round < rounds; round++) alone.push(await comeToOurs(world, ours, unseen));
  const seenBy = await look(world, ours, staff);
  const turns: Turn[] = [];
  const naiveTurns: Turn[] = [];
  for (let round = 0; round < rounds; round++) {
    turns.push(await comeToOurs(world, ours, seenBy));
    naiveTurns.push(await comeToAll(naive, everyone));
  }
  return { rows: rowsOf(alone, turns, naiveTurns), notes };
}

async function gather(opened: AsyncDisposableStack, crowd: Crowd): Promise<Part> {
  const people = await startPart("presence/people.ts");
  opened.defer(() => people.stop());
  await people.ask("set", crowd);
  await people.ask("join");
  return people;
}

/** Each has left their window alone, and comes by another that they use. */
function oursOf({ port }: World, staff: Member[]): Crowd {
  const subscribe = (id: string, own: string) =>
    JSON.stringify({ id, type: "subscribe", payload: { query: BE_THERE, variables: { own } } });
  const people = staff.map(({ globalId, token }): Person => {
    const init = JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
    const go = JSON.stringify({ id: "come", type: "complete" });
    return { globalId, opening: init, ready: subscribe("there", "AWAY"), come: subscribe("come", "ONLINE"), go };
  });
  return { port, path: "/graphql", headers: { "Sec-WebSocket-Protocol": "graphql-transport-ws" }, people };
}

async function naiveOf(naive: Part, staff: Member[]): Promise<Crowd> {
  const tell = (agentId: string, presence: string) => JSON.stringify({ agentId, presence });
  const people = staff.map(({ globalId }) => ({
    globalId,
    ...{ come: tell(globalId, "ONLINE"), go: tell(globalId, "AWAY") },
  }));
  return { port: await naive.ask("port"), path: "/", headers: {}, people };
}

/** Lets the first 500 look at 50 each; answers how many look at each. */
async function look(world: World, ours: Part, staff: Member[]): Promise<number[]> {
  const seenBy = staff.map(() => 0);
  const before = await metric(world, "beseda_live_followers");
  const said = Array.from({ length: LOOKERS }, (_, index): [number, string] => {
    const places = Array.from({ length: LOOKED_AT }, (_each, nth) => (index * LOOKED_AT + nth * 7) % PEOPLE);
    for (const place of new Set(places)) seenBy[place]! += 1;
    const variables = { agentIds: places.map((place) => staff[place]!.globalId) };
    return [index, JSON.stringify({ id: "look", type: "subscribe", payload: { query: LOOK, variables } })];
  });
  await ours.ask("say", said);
  await until(async () => (await metric(world, "beseda_live_followers")) === before + LOOKERS);
  return seenBy;
}

async function comeToOurs(world: World, people: Part, seenBy: number[]): Promise<Turn> {
  const { coming, perSecond } = OURS;
  const who = someOf(coming);
  const [cpu, delivered] = [await world.api.cpuSeconds(), await metric(world, "beseda_live_deliveries_total")];
  const latencies = await people.ask<number[]>("come", { who, perSecond, lookers: who.map((one) => seenBy[one]!) });
  await pause(ANSWERED_MS);
  await people.ask("go", who);
  await pause(GONE_MS);
  // Each has come and gone; the answer to their own subscription is no delivery of presence.
  const deliveries = (await metric(world, "beseda_live_deliveries_total")) - delivered - coming;
  const changes = 2 * coming;
  const expected = 2 * who.reduce((sum, one) => sum + seenBy[one]!, 0);
  if (deliveries !== expected) throw new Error(`${deliveries} deliveries instead of ${expected}.`);
  const cpuUs = (((await world.api.cpuSeconds()) - cpu) * 1e6) / changes;
  return { cpuUs, perChange: deliveries / changes, p99Ms: p99Of(latencies) };
}

async function comeToAll(naive: Part, people: Part): Promise<Turn> {
  const { coming, perSecond } = NAIVE;
  const who = someOf(coming);
  const cpu = await naive.cpuSeconds();
  const latencies = await people.ask<number[]>("come", { who, perSecond, lookers: who.map(() => PEOPLE) });
  const cpuUs = (((await naive.cpuSeconds()) - cpu) * 1e6) / coming;
  return { cpuUs, perChange: latencies.length / coming, p99Ms: p99Of(latencies) };
}

function someOf(count: number): number[] {
  const from = Math.floor(Math.random() * PEOPLE);
  return Array.from({ length: count }, (_, nth) => (from + nth * 9) % PEOPLE);
}

function p99Of(latencies: number[]): number {
  return latencies.toSorted((one, other) => one - other)[Math.floor(latencies.length * 0.99)] ?? 0;
}

async function until(is: () => Promise<boolean>): Promise<void> {
  while (!(await is())) await pause(50);
}

function rowsOf(alone: Turn[], ours: Turn[], naive: Turn[]) {
  const of = (turns: Turn[], pick: keyof Turn) => turns.map((turn) => turn[pick]);
  const whose = "bare ws, everybody told";
  return [
    rowOf("deliveries", "per change", of(ours, "perChange"), of(naive, "perChange"), whose),
    rowOf("server CPU", "us per change", of(ours, "cpuUs"), of(naive, "cpuUs"), whose),
    rowOf("change to look, p99", "ms", of(ours, "p99Ms"), of(naive, "p99Ms"), whose),
    aloneRow("server CPU while nobody looks", "us per change", of(alone, "cpuUs")),
  ];
}

const notes = [
  `${PEOPLE.toLocaleString("en")} people, each with a WebSocket and a token of their own; ${LOOKERS} of them look at ${LOOKED_AT} each. In a round ${OURS.coming} come, ${OURS.perSecond} in a second, and go. PostgreSQL and Redis as in production.`,
  `Ours: coming is a GraphQL subscription on the open socket, going its end, seen 5 s later; its CPU holds all that the process does meanwhile, the sweep of ${PEOPLE.toLocaleString("en")} people's rights included. Each looker got each change once, by beseda_live_deliveries_total, asserted.`,
  `The other sends what a person says to all ${PEOPLE.toLocaleString("en")} sockets and does nothing else: ${NAIVE.coming} changes in a round, ${NAIVE.perSecond} in a second, since it could not keep our pace.`,
];
