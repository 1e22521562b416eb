import { setTimeout as pause } from "node:timers/promises";
import { type Part, startPart } from "../part.ts";
import { ask, ORIGIN, type Talk, type World } from "../world.ts";
import type { Group } from "./subscribers.ts";

/** A server with its subscribers, of whom it has none at first. */
export type Server = {
  part: Part;
  subscribers: Part;
  /** Adds so many subscribers, to the groups in turn; resolves when all their subscriptions have begun. */
  join: (count: number) => Promise<void>;
  /** Makes it give these messages to everyone, all at once. */
  tell: (numbers: number[]) => Promise<unknown>;
};

type Service = {
  part: Part;
  port: number;
  groups: Group[];
  /** How many subscriptions have begun, where only the server knows. */
  begun?: () => Promise<number>;
  tell: Server["tell"];
};

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

/** The product, followed by the groups and told by mutations over HTTP, all at once over connections of their own. */
export function openOurs(world: World, groups: Group[], talk: Talk): Promise<Server> {
  return openServer({
    part: world.api,
    port: world.port,
    groups,
    begun: () => metric(world, "beseda_live_followers"),
    tell: (numbers) => Promise.all(numbers.map((number) => sendMessage(world, talk, number))),
  });
}

/** An agent who follows a conversation. */
export function agentGroup({ agentToken }: World, { conversationId }: Talk): Group {
  return graphqlGroup({ authorization: `Bearer ${agentToken}` }, conversationId);
}

/** The conversation's own visitor. */
export function visitorGroup({ accessToken, conversationId }: Talk): Group {
  const group = graphqlGroup({ authorization: `Bearer ${accessToken}` }, conversationId);
  return { ...group, headers: { ...group.headers, Origin: ORIGIN } };
}

function graphqlGroup(init: object, conversationId: string): Group {
  const payload = { query: DOCUMENT, variables: { conversationId } };
  const subscribe = JSON.stringify({ id: "$ID", type: "subscribe", payload });
  return {
    path: "/graphql",
    headers: { "Sec-WebSocket-Protocol": "graphql-transport-ws" },
    opening: JSON.stringify({ type: "connection_init", payload: init }),
    replies: { '{"type":"connection_ack"': subscribe },
    settledBy: '{"type":"connection_ack"',
  };
}

/** Sends message `number` into a conversation, as an agent. */
export function sendMessage(world: World, { conversationId }: Talk, number: number): Promise<unknown> {
  const input = { conversationId, clientId: `${conversationId.slice(-20)}-${number}`, body: bodyOf(number) };
  return ask(world, SEND, input, world.agentToken);
}

/** Told the very frames that ours sent last, with the next number in them. */
export async function openBare(ours: Server): Promise<Server> {
  const part = await startPart("fanout/bare-ws.ts");
  const textsFor = newestOf(ours, (text) => text);
  return openServer({
    part,
    port: await part.ask("port"),
    groups: [0, 1].map((index) => ({ path: `/${index}`, headers: {}, replies: {} })),
    tell: async (numbers) => part.ask("broadcast", await textsFor(numbers)),
  });
}

/** Told the payloads of the frames that ours sent last, which it puts into frames of its own. */
export async function openSocketIo(ours: Server): Promise<Server> {
  const part = await startPart("fanout/socket-io.ts");
  const payloadsFor = newestOf(ours, (text) => JSON.parse(text).payload);
  const path = "/socket.io/?EIO=4&transport=websocket";
  return openServer({
    part,
    port: await part.ask("port"),
    // Engine.io's "open" and "ping", answered by socket.io's "connect" and engine.io's "pong".
    groups: [0, 1].map((index) => ({
      ...{ path: `${path}&group=${index}`, headers: {} },
      ...{ replies: { "0{": "40", "2": "3" }, settledBy: "40{" },
    })),
    tell: async (numbers) => part.ask("broadcast", await payloadsFor(numbers)),
  });
}

/** Told the very events that ours sent last, of which it makes the payloads itself. */
export async function openStock(world: World, ours: Server): Promise<Server> {
  const part = await startPart("fanout/stock-graphql-ws.ts");
  const sdl = await (await fetch(`http://127.0.0.1:${world.port}/schema.graphql`)).text();
  const eventsFor = newestOf(ours, (text) => JSON.parse(text).payload.data.events);
  return openServer({
    part,
    port: await part.ask("open", sdl),
    groups: ["staff", "customer"].map((group) => graphqlGroup({ group }, "any")),
    begun: () => part.ask("subscribed"),
    tell: async (numbers) => part.ask("publish", await eventsFor(numbers)),
  });
}

async function openServer({ part, port, groups, begun, tell }: Service): Promise<Server> {
  const subscribers = await startPart("fanout/subscribers.ts");
  await subscribers.ask("set", { port, groups });
  let joined = 0;
  const join = async (count: number) => {
    joined += count;
    await subscribers.ask("join", count);
    const deadline = Date.now() + 30_000;
    while (begun && (await begun()) < joined) {
      if (Date.now() > deadline) throw new Error("Not all subscriptions began within 30 s.");
      await pause(10);
    }
  };
  return { part, subscribers, join, tell };
}

/** For each number what ours sent last, one for each class of readers, as if it had been that number's message. */
function newestOf<T>({ subscribers }: Server, made: (text: string) => T): (numbers: number[]) => Promise<T[][]> {
  return async (numbers) => {
    const frames = await newest(subscribers);
    return numbers.map((number) => frames.map((text) => made(renumbered(text, number))));
  };
}

/** What a server's subscribers were given last, one frame for each of their groups. */
export function newest(subscribers: Part): Promise<string[]> {
  return subscribers.ask("newest");
}

function bodyOf(number: number): string {
  return `Message ${number} of the bench: the lamp in the kitchen flickers again since yesterday evening, could someone look?`;
}

function renumbered(text: string, number: number): string {
  return text
    .replace(/"body":"[^"]*"/, () => `"body":"${bodyOf(number)}"`)
    .replaceAll(/"seq":\d+/g, () => `"seq":${number}`);
}

/** A counter or gauge without labels, as the product's /metrics prints it. */
export async function metric({ port }: World, name: string): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)`, "m").exec(metrics)?.[1]);
}
