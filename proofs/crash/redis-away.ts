import type { ApiProcess } from "../ground/api-process.ts";
import { type Cast, conversationGlobalId, rowId } from "../ground/cast.ts";
import type { Ground } from "../ground/ground.ts";
import { post } from "../ground/post.ts";
import { until } from "../poll.ts";
import { type Tally, tell } from "../tally.ts";
import { followRaw } from "./raw-client.ts";

const MOST_MS = 2_000;

export type RedisAwayOptions = {
  ground: Ground;
  apis: [ApiProcess, ApiProcess];
  cast: Cast;
  cursor: () => Promise<string>;
  rounds: number;
};

const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { ... on SendMessagePayload { sentMessage { id } } }
}`;

/**
 * With Redis away, killed or merely silent, a message written at one process reaches a subscriber of the other within
 * 2 s of its acknowledgement, in both directions. One message at a time, so that no other traffic helps.
 */
export async function judgeRedisAway(tally: Tally, options: RedisAwayOptions): Promise<void> {
  const { ground, apis } = options;
  for (const [way, takeAway] of [
    ["killed", ground.killRedis],
    ["frozen", ground.freezeRedis],
  ] as const) {
    const bringBack = await takeAway();
    const delays = [...(await cross(options, apis[0], apis[1])), ...(await cross(options, apis[1], apis[0]))];
    for (const ms of delays)
      tally.judge(ms > MOST_MS && `with Redis ${way}, a message crossed in ${Math.round(ms)} ms`);
    const sorted = delays.toSorted((a, b) => a - b);
    tell(
      `  Redis ${way}: ${delays.length} messages crossed, median ${Math.round(sorted[delays.length >> 1]!)} ms, longest ${Math.round(sorted.at(-1)!)} ms`,
    );
    await bringBack();
  }
}

/** Milliseconds from each acknowledgement at one process to the arrival at a subscriber of the other. */
async function cross({ cast, cursor, rounds }: RedisAwayOptions, from: ApiProcess, to: ApiProcess): Promise<number[]> {
  const [writer] = cast.customers;
  const [reader] = cast.agents;
  const heardAt = new Map<string, number>();
  const subscriber = followRaw({
    name: "beyond",
    caller: reader!,
    after: await cursor(),
    pickSocketUrl: () => to.socketUrl,
    onMessage: (id) => heardAt.set(id, performance.now()),
  });
  await until("the subscriber is connected", () => subscriber.record.resumes > 0);
  const delays = [];
  for (let round = 0; round < rounds; round++) {
    const conversationId = conversationGlobalId(writer!.conversationIds[0]!);
    const input = {
      conversationId,
      clientId: `away-${from.name}-${performance.now()}`.replace(".", "_"),
      body: "Across.",
    };
    const outcome = await post({
      url: from.url,
      token: await writer!.token(),
      origin: writer!.origin,
      query: SEND,
      variables: { input },
    });
    const acknowledgedAt = performance.now();
    const id = "answer" in outcome && outcome.answer.data?.sendMessage?.sentMessage?.id;
    if (!id) throw new Error(`A message was answered ${JSON.stringify(outcome)}.`);
    const arrivedAt = await until("the message has crossed", () => heardAt.get(rowId(id)), 5_000).catch(() => Infinity);
    delays.push(Math.max(0, arrivedAt - acknowledgedAt));
    if (arrivedAt === Infinity) break;
  }
  subscriber.stop();
  return delays;
}
