import { newId } from "../../api/kernel/id.ts";
import type { Dice } from "../dice.ts";
import type { ApiProcess } from "../ground/api-process.ts";
import { type Cast, conversationGlobalId } from "../ground/cast.ts";
import { post } from "../ground/post.ts";
import { until } from "../poll.ts";
import { leavings, type Line, openLine, streamLine } from "./line.ts";
import { readKept } from "./rest.ts";

/** One in so many comes by an event stream. */
const STREAMS = 3;
/** Messages that each wave hears, in each conversation. */
const MESSAGES = 2;
const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { ... on SendMessagePayload { sentMessage { id } } }
}`;

export type WaveOptions = { api: ApiProcess; cast: Cast; dice: Dice; clients: number };

/** Visitors and agents come, are told a few messages and leave, each in a way of their own. */
export async function wave({ api, cast, dice, clients }: WaveOptions): Promise<void> {
  const lines = await Promise.all(Array.from({ length: clients }, () => come(api, cast, dice)));
  await until("all are let in", () => lines.every((line) => line.isLetIn()), 60_000);
  for (const line of lines) line.subscribe();
  await until("all follow", async () => (await readKept(api)).followers === clients, 60_000);
  for (let count = 0; count < MESSAGES; count++)
    await Promise.all(cast.conversationIds.map((id) => write(api, cast, id)));
  await until("all have heard", () => lines.every((line) => line.heard() > 0), 60_000);
  for (const line of lines) line.leave(dice.pick(leavings));
}

async function come(api: ApiProcess, { agents, customers, conversationIds }: Cast, dice: Dice): Promise<Line> {
  const caller = dice.pick(dice.happens(0.5) ? agents : customers);
  const bearer = { token: await caller.token(), origin: caller.origin };
  const own = caller.readers === "staff" ? conversationIds : caller.conversationIds;
  const conversationId = dice.happens(0.5) ? dice.pick(own) : undefined;
  const isStream = dice.happens(1 / STREAMS);
  const line = isStream ? streamLine(api, bearer, conversationId) : await openLine(api, bearer, conversationId);
  line.init();
  return line;
}

async function write({ url }: ApiProcess, { agents }: Cast, id: string): Promise<void> {
  const input = { conversationId: conversationGlobalId(id), clientId: newId(), body: "Good day." };
  const outcome = await post({ url, token: await agents[0]!.token(), query: SEND, variables: { input } });
  if (!("answer" in outcome) || !outcome.answer.data?.sendMessage?.sentMessage)
    throw new Error(`A message was answered ${JSON.stringify(outcome)}.`);
}
