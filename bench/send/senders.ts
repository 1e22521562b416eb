import { randomUUID } from "node:crypto";
import { answer } from "../answer.ts";
import { closedLoop, type Load } from "../load.ts";
import type { Talk } from "../world.ts";
import { type HttpClient, openHttpClient } from "./http-client.ts";

/** Generator: clients that send messages over HTTP, every other one as the agent, the rest as the visitor of the conversation. */
type Setting = { port: number; origin: string; agentToken: string; talks: Talk[] };
type Run = { clients: number; seconds: number };

const DOCUMENT = `mutation Send($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload { sentMessage { id seq sentAt clientId } }
    ... on UserError { code message }
  }
}`;
const BODY =
  "Good morning! The lamp in the kitchen flickers again since yesterday evening, could someone have a look at it please? ".padEnd(
    120,
    ".",
  );

let setting: Setting;

answer({
  set: (given: Setting) => {
    setting = given;
  },
  run,
});

async function run({ clients, seconds }: Run): Promise<Load> {
  const connections = await Promise.all(Array.from({ length: clients }, () => openHttpClient(setting.port)));
  const load = await closedLoop(clients, seconds, (client) => sendOne(connections[client]!, client % 2 === 0));
  for (const connection of connections) connection.close();
  return load;
}

async function sendOne(connection: HttpClient, isAgent: boolean): Promise<void> {
  const { port, origin, agentToken, talks } = setting;
  const talk = talks[Math.floor(Math.random() * talks.length)]!;
  const clientId = randomUUID();
  const input = { conversationId: talk.conversationId, clientId, body: BODY };
  const sender = isAgent
    ? `Authorization: Bearer ${agentToken}`
    : `Authorization: Bearer ${talk.accessToken}\r\nOrigin: ${origin}`;
  const head = `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nAccept: application/json\r\n${sender}\r\n`;
  const answered = await connection.post(head, JSON.stringify({ query: DOCUMENT, variables: { input } }));
  if (!answered.includes(`"clientId":"${clientId}"`)) throw new Error(`Not acknowledged: ${answered}`);
}
