import { setTimeout as pause } from "node:timers/promises";
import { newId } from "../../api/kernel/id.ts";
import type { Dice } from "../dice.ts";
import type { ApiProcess } from "../ground/api-process.ts";
import { type Cast, conversationGlobalId } from "../ground/cast.ts";
import { readMetric, residentMemory } from "../ground/gauges.ts";
import type { Inspector } from "../ground/inspector.ts";
import { post } from "../ground/post.ts";
import { until } from "../poll.ts";
import { bodyOf, type Door, openReader, type Reader } from "./reader.ts";

export type PhaseOptions = {
  api: ApiProcess;
  inspector: Inspector;
  cast: Cast;
  dice: Dice;
  readers: number;
  slow: number;
  /** How often each message's text comes in the payloads of those who never read. */
  copies: number;
  perSecond: number;
  /** The fewest messages; more are written until all who never read were cut, up to `MOST_MESSAGES`. */
  least: number;
};

/** What came of a load. */
export type Phase = {
  readers: Reader[];
  slow: Reader[];
  /** The messages that were written. */
  messages: number;
  /** From the sending of a message until a reader had it, in ms, one for each delivery. */
  delays: number[];
  /** What the load added, in MiB: to what buffers hold at its end, and to the resident memory at its highest. */
  added: { buffers: number; resident: number };
};

/** The text of each message, in characters: about the longest there may be. */
export const LENGTH = 9_900;
const MOST_MESSAGES = 1_000;
/** One in so many comes by an event stream. */
const STREAMS = 5;
const CUT = 'beseda_live_cut_total{reason="lagging"}';
const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { ... on SendMessagePayload { sentMessage { id } } }
}`;

/** Opens everyone's line in random order, and writes until all who never read were cut. Leaves the lines open. */
export async function runPhase(options: PhaseOptions): Promise<Phase> {
  const { api, inspector, cast, dice, readers, slow, copies, perSecond, least } = options;
  const tokens = await Promise.all(cast.agents.map(({ token }) => token()));
  const after = await endOfLog(api, tokens[0]!);
  const sentAt: number[] = [];
  const delays: number[] = [];
  const note = (number: number) => void delays.push(performance.now() - sentAt[number]!);
  const held = await inspector.held();
  const resident = (await residentMemory(api)).now;
  const cutBefore = await readMetric(api, CUT);

  const phase: Phase = { readers: [], slow: [], messages: 0, delays, added: { buffers: 0, resident: 0 } };
  let slowLeft = slow;
  for (let left = readers + slow; left > 0; left--) {
    const isSlow = dice.happens(slowLeft / left);
    if (isSlow) slowLeft--;
    const list = isSlow ? phase.slow : phase.readers;
    const door: Door = list.length % STREAMS === 0 ? "event stream" : "socket";
    const common = { api, door, token: dice.pick(tokens), after };
    list.push(openReader({ ...common, isSlow, copies: isSlow ? copies : 1, hear: isSlow ? () => {} : note }));
  }
  const areThere = async () => (await readMetric(api, "beseda_live_followers")) === readers + slow;
  await until("all readers are there", areThere, 120_000);

  const isOver = async () =>
    phase.messages >= MOST_MESSAGES || (phase.messages >= least && (await readMetric(api, CUT)) - cutBefore >= slow);
  const begunAt = performance.now();
  while (!(await isOver())) {
    for (let count = 0; count < perSecond; count++) {
      await pause(Math.max(0, begunAt + (phase.messages * 1_000) / perSecond - performance.now()));
      const number = phase.messages++;
      sentAt[number] = performance.now();
      await send(api, tokens[0]!, { conversationId: cast.conversationIds[0]!, number });
    }
    phase.added.resident = Math.max(phase.added.resident, (await residentMemory(api)).now - resident);
  }
  await until("all readers have all", () => phase.readers.every(({ heard }) => heard.length >= phase.messages)).catch(
    () => {},
  );
  // Not before, since those who read may have as much waiting for a moment.
  phase.added.buffers = ((await inspector.held()).buffers - held.buffers) / 2 ** 20;
  return phase;
}

type Sent = { conversationId: string; number: number };

async function send({ url }: ApiProcess, token: string, { conversationId, number }: Sent): Promise<void> {
  const body = bodyOf(number, LENGTH);
  const input = { conversationId: conversationGlobalId(conversationId), clientId: newId(), body };
  const outcome = await post({ url, token, query: SEND, variables: { input } });
  if (!("answer" in outcome) || !outcome.answer.data?.sendMessage?.sentMessage)
    throw new Error(`A message was answered ${JSON.stringify(outcome)}.`);
}

async function endOfLog({ url }: ApiProcess, token: string): Promise<string> {
  const outcome = await post({ url, token, query: "{ eventCursor }", variables: {} });
  if (!("answer" in outcome) || !outcome.answer.data) throw new Error(`No cursor: ${JSON.stringify(outcome)}.`);
  return outcome.answer.data.eventCursor;
}
