import { setTimeout as pause } from "node:timers/promises";
import type { ApiProcess } from "../ground/api-process.ts";
import { conversationGlobalId } from "../ground/cast.ts";
import { post } from "../ground/post.ts";
import type { Crew } from "./crew.ts";
import { bodyOf } from "./stream.ts";

/** What was written: each message's place, and when its sending began. */
export type Written = Map<string, { place: string; at: number }>;

const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { ... on SendMessagePayload { sentMessage { id } } }
}`;
const ROUND_MS = 250;
/** So many visitors' conversations get a message in each round, in turn; "A" and "B" in every one. */
const VISITORS_EACH = 25;

/** Writes without a pause until stopped, at all processes in turn. */
export function writeContinuously(crew: Crew, apis: ApiProcess[]) {
  const written: Written = new Map();
  const common = ["A", "B"];
  const visitors = [...crew.conversations.keys()].filter((place) => !common.includes(place));
  let number = 0;
  let isStopped = false;

  async function write(place: string): Promise<void> {
    const body = bodyOf(place, ++number);
    const conversationId = conversationGlobalId(crew.conversations.get(place)!);
    const input = { conversationId, clientId: body.replace(/\W/g, "_"), body };
    const at = performance.now();
    const url = apis[number % apis.length]!.url;
    const outcome = await post({ url, token: crew.writerToken, query: SEND, variables: { input } });
    if (!("answer" in outcome) || !outcome.answer.data?.sendMessage?.sentMessage)
      throw new Error(`A message was answered ${JSON.stringify(outcome)}.`);
    written.set(body, { place, at });
  }

  async function go(): Promise<void> {
    const turns = Math.ceil(visitors.length / VISITORS_EACH);
    for (let round = 0; !isStopped; round++) {
      const begunAt = performance.now();
      const due = visitors.filter((_place, index) => index % turns === round % turns);
      await Promise.all([...common, ...due].map(write));
      await pause(Math.max(0, ROUND_MS - (performance.now() - begunAt)));
    }
  }

  const ended = go();
  // Awaited by `stop` only, perhaps long after it broke.
  ended.catch(() => {});
  return {
    written,
    /** One message more in every place. */
    everywhere: async () => {
      for (const place of crew.conversations.keys()) await write(place);
    },
    stop: () => {
      isStopped = true;
      return ended;
    },
  };
}
