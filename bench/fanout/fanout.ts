import { setTimeout as pause } from "node:timers/promises";
import { type Part, startPart } from "../part.ts";
import { type Row, rowOf } from "../row.ts";
import type { Measured } from "../run.ts";
import { ask, openWorld, ORIGIN, startTalks, type Talk, type World } from "../world.ts";
import type { Group } from "./subscribers.ts";

const SUBSCRIBERS = 1_000;
const MESSAGES = 20;
/** Messages before the first round, so that nobody's code is measured before it was compiled. */
const WARMING = 60;
/** Staff and the customer: the two classes of readers. */
const CLASSES = 2;

const DOCUMENT = `subscription Watch($conversationId: ID!) {
  events(conversationId: $conversationId) {
    __typename cursor seq occurredAt
    conversation { id status }
    ... on MessageSent { message { id seq body visibility sentAt clientId author { __typename id name } } }
  }
}`;
const SEND =
  "mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename ... on SendMessagePayload { sentMessage { id } } ... on UserError { code } } }";

type Server = {
  part: Part;
  subscribers: Part;
  tell: (number: number) => Promise<unknown>;
  usPerDelivery: number[];
  spanMs: number[];
};

/** What one delivery costs the server, against a bare broadcast of the same bytes and against stock graphql-ws, in turns. */
export async function measureFanout(rounds: number): Promise<Measured> {
  const world = await openWorld();
  const servers: Server[] = [];
  try {
    const [talk] = await startTalks(world, 1);
    const ours = await openOurs(world, talk!);
    servers.push(ours);
    await tellAll(ours, 1, WARMING);
    servers.push(await openBare(ours), await openStock(world, ours));
    const [, bare, stock] = servers as [Server, Server, Server];
    await Promise.all([bare, stock].map((server) => tellAll(server, 1, WARMING)));

    const rendersBefore = await metric(world, "beseda_live_renders_total");
    const executedBefore = await stock.part.ask<number>("executions");
    for (let round = 0; round < rounds; round++) {
      for (const server of servers) await measure(server, 1 + WARMING + round * MESSAGES);
    }
    const events = rounds * MESSAGES;
    const renders = ((await metric(world, "beseda_live_renders_total")) - rendersBefore) / events;
    if (renders !== CLASSES) throw new Error(`${renders} executions for each event instead of one for each class.`);
    const executions = ((await stock.part.ask<number>("executions")) - executedBefore) / events;
    const frames = await ours.subscribers.ask<{ text: string }[]>("newest");
    return {
      rows: rowsOf([ours, bare, stock], { renders, executions }),
      notes: notesOf(frames[0]!.text.length, events),
    };
  } finally {
    await Promise.all(
      servers.flatMap(({ part, subscribers }) => [subscribers.stop(), part === world.api ? undefined : part.stop()]),
    );
    await world.close();
  }
}

async function openOurs(world: World, talk: Talk): Promise<Server> {
  const subscribe = { query: DOCUMENT, variables: { conversationId: talk.conversationId } };
  const group = (token: string, headers: object): Group => ({
    ...{
      path: "/graphql",
      count: SUBSCRIBERS / CLASSES,
      headers: { "Sec-WebSocket-Protocol": "graphql-transport-ws", ...headers },
    },
    graphql: { init: { authorization: `Bearer ${token}` }, subscribe },
  });
  const groups = [group(world.agentToken, {}), group(talk.accessToken, { Origin: ORIGIN })];
  const tell = (number: number) => {
    const input = { conversationId: talk.conversationId, clientId: `message-${number}`, body: bodyOf(number) };
    return ask(world, SEND, input, world.agentToken);
  };
  const subscribers = await openSubscribers(world.port, groups);
  await untilAll(() => metric(world, "beseda_live_followers"));
  return { part: world.api, subscribers, tell, usPerDelivery: [], spanMs: [] };
}

/** The bytes that ours sent last, with the next number in them. */
async function openBare(ours: Server): Promise<Server> {
  const part = await startPart("fanout/bare-ws.ts");
  const port = await part.ask<number>("port");
  const groups = [0, 1].map((index) => ({ path: `/${index}`, headers: {}, count: SUBSCRIBERS / CLASSES }));
  const frames = await ours.subscribers.ask<{ text: string }[]>("newest");
  const tell = (number: number) =>
    part.ask(
      "broadcast",
      frames.map(({ text }) => renumbered(text, number)),
    );
  return { part, subscribers: await openSubscribers(port, groups), tell, usPerDelivery: [], spanMs: [] };
}

async function openStock(world: World, ours: Server): Promise<Server> {
  const part = await startPart("fanout/stock-graphql-ws.ts");
  const sdl = await (await fetch(`http://127.0.0.1:${world.port}/schema.graphql`)).text();
  const port = await part.ask<number>("open", sdl);
  const subscribe = { query: DOCUMENT, variables: { conversationId: "any" } };
  const groups = ["staff", "customer"].map((group) => ({
    ...{
      path: "/graphql",
      headers: { "Sec-WebSocket-Protocol": "graphql-transport-ws" },
      count: SUBSCRIBERS / CLASSES,
    },
    graphql: { init: { group }, subscribe },
  }));
  const frames = await ours.subscribers.ask<{ text: string }[]>("newest");
  const tell = (number: number) =>
    part.ask(
      "publish",
      frames.map(({ text }) => JSON.parse(renumbered(text, number)).payload.data.events),
    );
  const subscribers = await openSubscribers(port, groups);
  await untilAll(() => part.ask<number>("subscribed"));
  return { part, subscribers, tell, usPerDelivery: [], spanMs: [] };
}

async function openSubscribers(port: number, groups: Group[]): Promise<Part> {
  const subscribers = await startPart("fanout/subscribers.ts");
  await subscribers.ask("open", { port, groups, from: 0 });
  return subscribers;
}

/** A subscription begins some time after it was asked for; only its server knows when. */
async function untilAll(subscribed: () => Promise<number>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while ((await subscribed()) < SUBSCRIBERS) {
    if (Date.now() > deadline) throw new Error("Not all subscriptions began within 20 s.");
    await pause(20);
  }
}

function bodyOf(number: number): string {
  return `Message ${number} of the bench: the lamp in the kitchen flickers again since yesterday evening, could someone look?`;
}

function renumbered(text: string, number: number): string {
  return text.replace(/"body":"[^"]*"/, () => `"body":"${bodyOf(number)}"`);
}

async function measure(server: Server, from: number): Promise<void> {
  const before = await server.part.cpuSeconds();
  const spanMs = await tellAll(server, from, MESSAGES);
  const spent = (await server.part.cpuSeconds()) - before;
  server.usPerDelivery.push((spent * 1e6) / (MESSAGES * SUBSCRIBERS));
  server.spanMs.push(spanMs / MESSAGES);
}

/** Tells messages one after another, each when all have the one before; answers how long that took, in ms. */
async function tellAll({ subscribers, tell }: Server, from: number, count: number): Promise<number> {
  const begun = performance.now();
  for (let number = from; number < from + count; number++) {
    await Promise.all([subscribers.ask("reach", { number }), tell(number)]);
  }
  return performance.now() - begun;
}

async function metric({ port }: World, name: string): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)`, "m").exec(metrics)?.[1]);
}

function rowsOf(
  [ours, bare, stock]: [Server, Server, Server],
  counted: { renders: number; executions: number },
): Row[] {
  return [
    rowOf(
      "server CPU, beside a broadcast",
      "us per delivery",
      ours.usPerDelivery,
      bare.usPerDelivery,
      "bare ws, same bytes",
    ),
    rowOf(
      "server CPU, beside stock",
      "us per delivery",
      ours.usPerDelivery,
      stock.usPerDelivery,
      "graphql-ws + graphql-js",
    ),
    rowOf("told until the last has it", "ms", ours.spanMs, bare.spanMs, "bare ws, same bytes"),
    rowOf("told until the last has it", "ms", ours.spanMs, stock.spanMs, "graphql-ws + graphql-js"),
    rowOf("executions", "per event", [counted.renders], [counted.executions], "graphql-ws + graphql-js"),
  ];
}

function notesOf(bytes: number, events: number): string[] {
  return [
    `${SUBSCRIBERS} graphql-ws subscribers of one conversation, half staff and half the customer, frames of ${bytes} bytes; ${MESSAGES} messages a round, the next when all have the last.`,
    `Ours includes everything its process does for a message: sendMessage over HTTP with its transaction, the sequencer, the log's tail, one execution for each class, 1,000 deliveries. The others are only told what to send.`,
    `Every subscriber got each of ${events} messages once and in order from each server, or there were no figures. Executions counted: ours by beseda_live_renders_total.`,
  ];
}
