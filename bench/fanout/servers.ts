import { setTimeout as pause } from "node:timers/promises";
import { type Part, startPart } from "../part.ts";
import { ask, ORIGIN, type Talk, type World } from "../world.ts";
import type { Group } from "./subscribers.ts";

export const SUBSCRIBERS = 1_000;
/** Staff and the customer: the two classes of readers, half of the subscribers each. */
export const CLASSES = ["staff", "customer"];

/** A server with all its subscribers. `tell` makes it give them message `number`. */
export type Server = { part: Part; subscribers: Part; tell: (number: number) => Promise<unknown> };

const DOCUMENT = `subscription Watch($conversationId: ID!) {
  events(conversationId: $conversationId) {
    __typename cursor seq occurredAt
    conversation { id status }
    ... on MessageSent { message { id seq body visibility sentAt clientId author { __typename id name } } }
  }
}`;
const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { __typename ... on SendMessagePayload { sentMessage { id } } ... on UserError { code } }
}`;

const GRAPHQL = {
  path: "/graphql",
  headers: { "Sec-WebSocket-Protocol": "graphql-transport-ws" },
  count: SUBSCRIBERS / CLASSES.length,
};

/** The product: followed by an agent and by the conversation's visitor, told by a mutation over HTTP. */
export async function openOurs(world: World, talk: Talk): Promise<Server> {
  const subscribe = { query: DOCUMENT, variables: { conversationId: talk.conversationId } };
  const groups: Group[] = [
    { ...GRAPHQL, graphql: { init: { authorization: `Bearer ${world.agentToken}` }, subscribe } },
    {
      ...GRAPHQL,
      headers: { ...GRAPHQL.headers, Origin: ORIGIN },
      graphql: { init: { authorization: `Bearer ${talk.accessToken}` }, subscribe },
    },
  ];
  const subscribers = await openSubscribers(world.port, groups);
  await untilAll(() => metric(world, "beseda_live_followers"));
  return { part: world.api, subscribers, tell: (number) => sendMessage(world, talk, number) };
}

/** Sends message `number` into a conversation, as an agent. */
export function sendMessage(world: World, { conversationId }: Talk, number: number): Promise<unknown> {
  const input = { conversationId, clientId: `${conversationId.slice(-20)}-${number}`, body: bodyOf(number) };
  return ask(world, SEND, input, world.agentToken);
}

/** Told the very frames that ours sent last, with the next number in them. */
export async function openBare(ours: Server): Promise<Server> {
  const part = await startPart("fanout/bare-ws.ts");
  const port = await part.ask<number>("port");
  const groups = CLASSES.map((_name, index) => ({ ...GRAPHQL, path: `/${index}`, headers: {} }));
  const frames = await newestFrames(ours);
  const textsOf = (number: number) => frames.map((text) => renumbered(text, number));
  const subscribers = await openSubscribers(port, groups);
  return { part, subscribers, tell: (number) => part.ask("broadcast", textsOf(number)) };
}

/** Told the very events that ours sent last, of which it makes the frames itself. */
export async function openStock(world: World, ours: Server): Promise<Server> {
  const part = await startPart("fanout/stock-graphql-ws.ts");
  const sdl = await (await fetch(`http://127.0.0.1:${world.port}/schema.graphql`)).text();
  const port = await part.ask<number>("open", sdl);
  const subscribe = { query: DOCUMENT, variables: { conversationId: "any" } };
  const groups = CLASSES.map((group) => ({ ...GRAPHQL, graphql: { init: { group }, subscribe } }));
  const frames = await newestFrames(ours);
  const eventsOf = (number: number) => frames.map((text) => JSON.parse(renumbered(text, number)).payload.data.events);
  const subscribers = await openSubscribers(port, groups);
  await untilAll(() => part.ask<number>("subscribed"));
  return { part, subscribers, tell: (number) => part.ask("publish", eventsOf(number)) };
}

async function openSubscribers(port: number, groups: Group[]): Promise<Part> {
  const subscribers = await startPart("fanout/subscribers.ts");
  await subscribers.ask("open", { port, groups });
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

/** What a server's subscribers were given last, one frame for each class. */
export function newestFrames({ subscribers }: Server): Promise<string[]> {
  return subscribers.ask("newest");
}

function bodyOf(number: number): string {
  return `Message ${number} of the bench: the lamp in the kitchen flickers again since yesterday evening, could someone look?`;
}

function renumbered(text: string, number: number): string {
  return text.replace(/"body":"[^"]*"/, () => `"body":"${bodyOf(number)}"`);
}

/** A counter or gauge without labels, as the product's /metrics prints it. */
export async function metric({ port }: World, name: string): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)`, "m").exec(metrics)?.[1]);
}
