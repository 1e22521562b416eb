import { closedLoop, type Load } from "../load.ts";
import { aloneRow, type Measured, type Row, rowOf } from "../row.ts";
import type { HttpClient } from "../send/http-client.ts";
import { openWorld, type World } from "../world.ts";
import { fill, type Size } from "./fill.ts";
import { answered, connected, DEEP, PAGE, refuseOther, type Request, requestsFor } from "./requests.ts";

/** The big databases; the small one has fewer conversations of the same length. */
const SIZES = { usual: { conversations: 10_000, each: 100 }, large: { conversations: 1_000_000, each: 10 } };
const SMALL = 100;
const SECONDS = 1;
/** Requests that are looked at for their statements. */
const COUNTED = 10;

type Shop = { world: World; requests: Request[]; loads: Map<string, Load[]> };

/** Inbox and history at one client, in a big database against a small one, in turns. */
export async function measureLists(rounds: number, size: keyof typeof SIZES): Promise<Measured> {
  await using opened = new AsyncDisposableStack();
  const [smallSize, bigSize] = [{ ...SIZES[size], conversations: SMALL }, SIZES[size]];
  const small = await openShop(opened, smallSize);
  const big = await openShop(opened, bigSize);
  for (let round = 0; round < rounds; round++) {
    for (const index of big.requests.keys()) for (const shop of [small, big]) await takeTurn(shop, index);
  }
  const statements = new Map<string, string[][]>();
  for (const request of big.requests) statements.set(request.name, await statementsOf(big, request));
  return { rows: rowsOf(small, big, statements), notes: notesOf(smallSize, bigSize, statements) };
}

async function openShop(opened: AsyncDisposableStack, size: Size): Promise<Shop> {
  const world = await openWorld("lists/counted-api.ts");
  opened.defer(() => world.close());
  await fill(world.databaseUrl, size);
  const requests = await requestsFor(world, size);
  for (const request of requests) await load(world, request);
  return { world, requests, loads: new Map(requests.map(({ name }) => [name, []])) };
}

/** Page 240 of the inbox is the last request, and not in the small shop. */
async function takeTurn({ world, requests, loads }: Shop, index: number): Promise<void> {
  const request = requests[index];
  if (request) loads.get(request.name)!.push(await load(world, request));
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
  const isGrowing = ({ name }: Request) => small.loads.has(name);
  const row = (name: string, pick: "p50Ms" | "p99Ms") =>
    rowOf(`${name}: ${pick.slice(0, 3)}`, "ms", times(big, name, pick), times(small, name, pick), "small database");
  const deep = (list: string, first: string) => {
    const name = `${list}, page ${DEEP}`;
    const request = big.requests.find((found) => found.name.startsWith(name))!;
    return rowOf(
      `${request.name}: p50`,
      "ms",
      times(big, request.name, "p50Ms"),
      times(big, first, "p50Ms"),
      "its first page",
    );
  };
  return [
    ...big.requests.filter(isGrowing).flatMap(({ name }) => [row(name, "p50Ms"), row(name, "p99Ms")]),
    deep("inbox", "inbox, first page"),
    deep("history", "history, end of a long conversation"),
    ...[...statements].map(([name, all]) =>
      aloneRow(
        `${name}: statements`,
        "per request",
        all.map(({ length }) => length),
      ),
    ),
  ];
}

function notesOf(small: Size, big: Size, statements: Map<string, string[][]>): string[] {
  const told = ({ conversations, each }: Size) =>
    `${conversations.toLocaleString("en")} conversations with ${(conversations * each).toLocaleString("en")} messages`;
  return [
    `${told(big)} against ${told(small)}; both also have one of 10,000 messages, the newest, and 60 open and 40 pending tickets. Loaded by SQL through all keys and checks, then VACUUM ANALYZE; PostgreSQL as the product ships it.`,
    `Pages of ${PAGE}, by GraphQL over HTTP, one client after another. Each answer held the very rows that plain SQL names, or there were no figures. Goal: growth at most 1.2.`,
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
