import pg from "pg";
import { shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { answered, connected, PAGE, refuseOther, type Request, requestOf, valuesOf } from "../lists/request.ts";
import { closedLoop, type Load } from "../load.ts";
import { type Measured, type Row, rowOf } from "../row.ts";
import { openWorld, type World } from "../world.ts";
import { fillTasks, OPEN } from "./fill.ts";

const SMALL = 10_000;
const SIZES = { usual: 100_000, large: 1_000_000 };
const SECONDS = 0.5;

type Asked = Request & { raw: string };
type Shop = { world: World; requests: Asked[]; loads: Map<string, Load[]> };

/** Queries of tasks at one client, in a project with many against one with 10,000, beside the plainest SQL of each, in turns. */
export async function measureTasks(rounds: number, size: keyof typeof SIZES): Promise<Measured> {
  await using opened = new AsyncDisposableStack();
  const small = await openShop(opened, SMALL);
  const big = await openShop(opened, SIZES[size]);
  for (let round = 0; round < rounds; round++)
    for (const { name } of big.requests) for (const shop of [small, big]) await takeTurn(shop, name);
  return {
    rows: rowsOf(small, big),
    notes: [
      `${SIZES[size].toLocaleString("en")} tasks of one project against ${SMALL.toLocaleString("en")}; ${OPEN.toLocaleString("en")} are open in both, spread over all. Loaded by SQL through all keys and checks, then VACUUM ANALYZE.`,
      `Pages of ${PAGE}, by GraphQL over HTTP, one client after another; beside each the plainest SQL that names the same rows, over a connection of its own. Each answer held those very rows, or there were no figures. Goal: growth at most 1.2.`,
    ],
  };
}

async function openShop(opened: AsyncDisposableStack, tasks: number): Promise<Shop> {
  const world = await openWorld();
  opened.defer(() => world.close());
  await fillTasks(world.databaseUrl, { tasks, workflow: shippedWorkflow("kanban", "en") });
  const requests = await requestsFor(world);
  const shop = {
    world,
    requests,
    loads: new Map(requests.flatMap(({ name }) => [name, rawOf(name)].map((one) => [one, []]))),
  };
  for (const request of requests) await load(world, request);
  return shop;
}

function rawOf(name: string): string {
  return `${name}, raw`;
}

async function takeTurn({ world, requests, loads }: Shop, name: string): Promise<void> {
  const request = requests.find((one) => one.name === name)!;
  loads.get(name)!.push(await load(world, request));
  loads.get(rawOf(name))!.push(await loadRaw(world, request));
}

function load(world: World, request: Request): Promise<Load> {
  return connected(world, (http) =>
    closedLoop(1, SECONDS, async () => refuseOther(request, await answered(world, http, request.body))),
  );
}

async function loadRaw({ databaseUrl }: World, { raw }: Asked): Promise<Load> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await closedLoop(1, SECONDS, async () => void (await client.query(raw)));
  } finally {
    await client.end();
  }
}

function rowsOf(small: Shop, big: Shop): Row[] {
  const times = (shop: Shop, name: string) => shop.loads.get(name)!.map((one) => one.p50Ms);
  return big.requests.flatMap(({ name }) => [
    rowOf(`${name}: p50`, "ms", times(big, name), times(small, name), "10,000 tasks"),
    rowOf(`${name}: p50 beside SQL`, "ms", times(big, name), times(big, rawOf(name)), "raw SQL"),
  ]);
}

const FIELDS =
  "id key title type priority group state { key name } due { at } assignees { name } labels { name colour }";
const FOUND = `query Found($filter: String) { tasks(first: ${PAGE}, filter: $filter) { nodes { number ${FIELDS} } } }`;
const OF_PROJECT = `query Column($state: String, $filter: String) {
  project(key: "OPS") { tasks(first: ${PAGE}, state: $state, filter: $filter) { nodes { number ${FIELDS} } } } }`;

type Found = { tasks: { nodes: { number: number }[] } };
type Column = { project: Found };

/** What is asked, and the plainest SQL of it. */
// biome-ignore format: a table, aligned
const ASKED = [
  { name: "all, the newest",   filter: "",                          where: "true" },
  { name: "open",              filter: "is:open",                   where: "state_group NOT IN ('completed', 'cancelled')" },
  { name: "mine and open",     filter: "is:open assignee:me",       where: "state_group NOT IN ('completed', 'cancelled') AND conversation_id IN (SELECT task_id FROM task_assignee)" },
  { name: "open and urgent",   filter: "is:open priority:urgent",   where: "state_group NOT IN ('completed', 'cancelled') AND priority = 'urgent'" },
  { name: "a rare label",      filter: "label:rare",                where: "conversation_id IN (SELECT task_id FROM task_label)" },
  { name: "due within a week", filter: "is:open due:<7d",           where: "state_group NOT IN ('completed', 'cancelled') AND due_at < now() + interval '7 days'" },
  { name: "a word",            filter: "\"flickers\" is:open",      where: "title ILIKE '%flickers%' AND state_group NOT IN ('completed', 'cancelled') AND number > (SELECT last_number FROM project) - 5000" },
  { name: "a rare word",       filter: "77",                        where: "title ILIKE '%77%' AND number > (SELECT last_number FROM project) - 5000" },
] as const;

const FROM_OPS =
  "SELECT number FROM task WHERE workspace_id = (SELECT workspace_id FROM project) AND project_id = (SELECT id FROM project)";

async function requestsFor(world: World): Promise<Asked[]> {
  const found = ASKED.map(async ({ name, filter, where }) => {
    const raw = `${FROM_OPS} AND ${where} ORDER BY conversation_id DESC LIMIT ${PAGE}`;
    const got = ({ tasks }: Found) => tasks.nodes.map(({ number }) => number);
    const wanted = await valuesOf(world, raw);
    return { ...requestOf<Found>({ name: `tasks, ${name}`, query: FOUND, variables: { filter }, wanted, got }), raw };
  });
  const columns = [
    { name: "a column of the board", variables: { state: "doing" }, where: "state_id = 'doing'" },
    { name: "what is done", variables: { state: "done" }, where: "state_id = 'done'" },
    { name: "a project's open ones, by rank", variables: { filter: "is:open" }, where: ASKED[1].where },
  ].map(async ({ name, variables, where }) => {
    const raw = `${FROM_OPS} AND ${where} ORDER BY rank, conversation_id LIMIT ${PAGE}`;
    const got = ({ project }: Column) => project.tasks.nodes.map(({ number }) => number);
    return {
      ...requestOf<Column>({ name, query: OF_PROJECT, variables, wanted: await valuesOf(world, raw), got }),
      raw,
    };
  });
  return Promise.all([...found, ...columns]);
}
