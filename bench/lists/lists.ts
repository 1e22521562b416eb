import { closedLoop, type Load } from "../load.ts";
import { aloneRow, type Measured, type Row, rowOf } from "../row.ts";
import type { HttpClient } from "../send/http-client.ts";
import { openWorld, type World } from "../world.ts";
import { fill, type Size } from "./fill.ts";
import { fillRooms, NEAR, OWN_ROOMS, type Rooms } from "./fill-rooms.ts";
import { answered, connected, PAGE, refuseOther, type Request } from "./request.ts";
import { requestsFor } from "./requests.ts";
import { requestsForRooms } from "./requests-rooms.ts";

type Sizes = { desk: Size; rooms: Rooms };

/** The big databases; the small one has fewer conversations of the same length, and rooms that have what is near and no more. */
const SIZES = {
  usual: { desk: { conversations: 10_000, each: 100 }, rooms: { others: 2_500, each: 8_000, long: 40_000 } },
  large: { desk: { conversations: 1_000_000, each: 10 }, rooms: { others: 25_000, each: 80_000, long: 400_000 } },
};
const SMALL = 100;
const SMALL_ROOMS = { others: 50, each: NEAR, long: NEAR };
const SECONDS = 1;
/** Requests that are looked at for their statements. */
const COUNTED = 10;

type Shop = { world: World; requests: Request[]; loads: Map<string, Load[]> };

/** Inbox, rooms and history at one client, in a big database against a small one, in turns. */
export async function measureLists(rounds: number, size: keyof typeof SIZES): Promise<Measured> {
  await using opened = new AsyncDisposableStack();
  const bigSize = SIZES[size];
  const smallSize = { desk: { ...bigSize.desk, conversations: SMALL }, rooms: SMALL_ROOMS };
  const small = await openShop(opened, smallSize);
  const big = await openShop(opened, bigSize);
  for (let round = 0; round < rounds; round++) {
    for (const { name } of big.requests) for (const shop of [small, big]) await takeTurn(shop, name);
  }
  const statements = new Map<string, string[][]>();
  for (const request of big.requests) statements.set(request.name, await statementsOf(big, request));
  return {
    rows: rowsOf(small, big, statements),
    notes: [...notesOf(smallSize, bigSize), ...statementNotesOf(statements)],
  };
}

async function openShop(opened: AsyncDisposableStack, { desk, rooms }: Sizes): Promise<Shop> {
  const world = await openWorld("lists/counted-api.ts");
  opened.defer(() => world.close());
  await fill(world.databaseUrl, desk);
  await fillRooms(world.databaseUrl, rooms);
  const requests = [...(await requestsFor(world, desk)), ...(await requestsForRooms(world, rooms))];
  for (const request of requests) await load(world, request);
  return { world, requests, loads: new Map(requests.map(({ name }) => [name, []])) };
}

/** What is deep in a long list is not in the small shop. */
async function takeTurn({ world, requests, loads }: Shop, name: string): Promise<void> {
  const request = requests.find((one) => one.name === name);
  if (request) loads.get(name)!.push(await load(world, request));
}

function load(world: World, request: Request): Promise<Load> {
  return connected(world, (http) => closedLoop(1, SECONDS, () => askOnce(world, http, request)));
}

async function askOnce(world: World, http: HttpClient, request: Request): Promise<void> {
  refuseOther(request, await answered(world, http, request.body));
}

/** What each of some requests asked of PostgreSQL. */
function statementsOf({ world }: Shop, request: Request): Promise<string[][]> {
  return connected(world, async (http) => {
    const all: string[][] = [];
    for (let times = 0; times < COUNTED; times++) {
      await askOnce(world, http, request);
      all.push(await world.api.ask("statements"));
    }
    return all;
  });
}

function rowsOf(small: Shop, big: Shop, statements: Map<string, string[][]>): Row[] {
  const times = (shop: Shop, name: string, pick: "p50Ms" | "p99Ms") => shop.loads.get(name)!.map((load) => load[pick]);
  const row = (name: string, pick: "p50Ms" | "p99Ms") =>
    rowOf(`${name}: ${pick.slice(0, 3)}`, "ms", times(big, name, pick), times(small, name, pick), "small database");
  const growing = big.requests.filter(({ name }) => small.loads.has(name));
  const deep = big.requests.filter(({ first }) => first !== undefined);
  return [
    ...growing.flatMap(({ name }) => [row(name, "p50Ms"), row(name, "p99Ms")]),
    ...deep.map(({ name, first }) =>
      rowOf(`${name}: p50`, "ms", times(big, name, "p50Ms"), times(big, first!, "p50Ms"), "its first page"),
    ),
    ...[...statements].map(([name, all]) =>
      aloneRow(
        `${name}: statements`,
        "per request",
        all.map(({ length }) => length),
      ),
    ),
  ];
}

function notesOf(small: Sizes, big: Sizes): string[] {
  const shown = (count: number) => count.toLocaleString("en");
  const desk = ({ desk: { conversations, each } }: Sizes) =>
    `${shown(conversations)} conversations with ${shown(conversations * each)} messages`;
  const rooms = ({ rooms: { others, each, long } }: Sizes) =>
    `${shown(others)} rooms of others, and ${shown(others * NEAR + (OWN_ROOMS - 1) * each + long)} messages in rooms`;
  return [
    `${desk(big)} against ${desk(small)}; both also have one of 10,000 messages, the newest, and 60 open and 40 pending tickets. Loaded by SQL through all keys and checks, then VACUUM ANALYZE; PostgreSQL as the product ships it.`,
    `${rooms(big)} against ${rooms(small)}; the caller is in ${OWN_ROOMS} in both, of whose messages the newest ${NEAR} are the same in both. In ${shown(big.rooms.long)} of one channel is a thread of a quarter of them. One in five messages of a room is a reply; of the threads the caller follows a fifth.`,
    `Pages of ${PAGE}, by GraphQL over HTTP, one client after another. Each answer held the very rows that plain SQL names, or there were no figures. Goal: growth at most 1.2.`,
  ];
}

function statementNotesOf(statements: Map<string, string[][]>): string[] {
  return [
    `Statements: those that the request itself caused in the API's process, of ${COUNTED} requests; who calls is asked once a second.`,
    ...[...statements].map(([name, all]) => `${name}: ${shortest(all).map(tableOf).join(", ")}.`),
  ];
}

function shortest(all: string[][]): string[] {
  return all.toSorted((one, other) => one.length - other.length)[0]!;
}

/** The table that a statement reads first. */
function tableOf(text: string): string {
  const tables = [...text.matchAll(/\b(?:FROM|JOIN) (?:"public"\.)?"?(\w+)/g)].map(([, table]) => table!);
  return tables.find((table) => table !== "unnest") ?? text.slice(0, 40);
}
