import { randomBytes } from "node:crypto";
import { MOST_WAITING } from "../../api/kernel/live/view.ts";
import { diceFor } from "../dice.ts";
import { hireCast } from "../ground/cast.ts";
import { readMetric } from "../ground/gauges.ts";
import { openGround } from "../ground/ground.ts";
import { startInspectedApi } from "../ground/inspector.ts";
import type { Proof, Size } from "../options.ts";
import { until } from "../poll.ts";
import { type Tally, tell } from "../tally.ts";
import { LENGTH, type Phase, runPhase } from "./phase.ts";
import type { Reader } from "./reader.ts";

/** Readers, and how many more never read; how often the load runs without those and with them, in turn; how it is written. */
type Course = { readers: number; slow: number; rounds: number; copies: number; perSecond: number; least: number };

/** With several copies of each text in their payloads fewer messages fill the network's own buffers of some MB for each. */
// biome-ignore format: a table, aligned
const courses: Record<Size, Course> = {
  full:  { readers: 1_000, slow: 500, rounds: 2, copies: 2, perSecond: 15, least: 150 },
  ci:    { readers: 60,    slow: 30,  rounds: 1, copies: 5, perSecond: 40, least: 40 },
  brief: { readers: 10,    slow: 10,  rounds: 1, copies: 5, perSecond: 40, least: 40 },
};

/** What a process may take beside, in MiB: buffers of those who read, and memory that the heap has not given back. */
const BUFFERS_BESIDE = 16;
const RESIDENT_BESIDE = 160;
/** Of those who were cut, one in so many comes back. */
const SAMPLE = 10;
/** How much longer others may wait in the worst hundredth of deliveries; told in every size, judged where it is not chance. */
const MOST_LONGER = 1.5;

/**
 * Some never read, over sockets and event streams, among many who do. They are cut before they cost memory, and go on from
 * their cursor without a loss; the others hardly notice.
 */
export const slowReaders: Proof = async (tally, options) => {
  const { rounds, ...course } = courses[options.size];
  const ground = await openGround();
  try {
    const secret = randomBytes(32).toString("hex");
    const { databaseUrl } = ground;
    const cast = await hireCast({ databaseUrl, secret, agents: 10, customers: 1, conversationsEach: 1 });
    const { api, inspector } = await startInspectedApi({ ground, secret, name: "api" });
    const dice = diceFor(options.seed, "slow-readers");
    const delays = { without: [] as number[], with: [] as number[] };
    // The first load is not looked at: a process that has just started grows by itself.
    for (const { slow, among } of [{ slow: 0, among: [] }, ...inTurn()]) {
      const phase = await runPhase({ api, inspector, cast, dice, ...course, slow });
      for (const delay of phase.delays) among.push(delay);
      judgeReaders(tally, phase);
      if (slow > 0) await judgeSlow(tally, phase, course.copies);
      for (const reader of [...phase.readers, ...phase.slow]) reader.close();
      await until("all are gone", async () => (await readMetric(api, "beseda_live_followers")) === 0, 60_000);
    }
    const [usual, worse] = [percentile99(delays.without), percentile99(delays.with)];
    const longer = worse / usual;
    tell(
      `  p99 of delivery: ${usual.toFixed(0)} ms without, ${worse.toFixed(0)} ms with them: ${longer.toFixed(2)} times`,
    );
    if (options.size === "full")
      tally.expect(`at most ${MOST_LONGER} times the p99 of delivery`, longer <= MOST_LONGER, { usual, worse });
    const problems = [...api.errors(), ...api.collapses];
    tally.expect("the process did not fail", problems.length === 0, problems.slice(0, 3));
    inspector.close();

    function inTurn() {
      const round = [
        { slow: 0, among: delays.without },
        { slow: course.slow, among: delays.with },
      ];
      return Array.from({ length: rounds }, () => round).flat();
    }
  } finally {
    await ground.close();
  }
};

/** Whoever reads is sent everything, once and in order, and is never cut. */
function judgeReaders(tally: Tally, { readers, messages }: Phase): void {
  const all = range(messages);
  for (const { door, heard, ended } of readers) {
    tally.expect(`a reader by ${door} was sent all, once and in order`, heard.join() === all.join(), heard.length);
    tally.expect(`a reader by ${door} was not cut`, ended === undefined, ended);
  }
}

async function judgeSlow(tally: Tally, { slow, messages, added }: Phase, copies: number): Promise<void> {
  const cap = mostWaiting(slow.length, copies) / 2 ** 20;
  tell(
    `  ${slow.length} who never read, ${messages} messages: buffers ${added.buffers.toFixed(1)} MiB more, resident memory ${added.resident.toFixed(0)} MiB; ${cap.toFixed(1)} may wait`,
  );
  tally.expect("buffers stay within the cap", added.buffers <= cap + BUFFERS_BESIDE, added.buffers);
  tally.expect("resident memory stays within the cap", added.resident <= cap + RESIDENT_BESIDE, added.resident);

  for (const reader of slow) reader.resume();
  await until("all who never read are cut", () => slow.every(({ ended }) => ended !== undefined), 60_000).catch(
    () => {},
  );
  for (const { door, ended, heard } of slow) {
    const wanted = door === "socket" ? 1013 : 0;
    tally.expect(`who never reads by ${door} is cut with ${wanted}`, ended === wanted, { ended, heard: heard.length });
    tally.expect(`who never reads by ${door} is cut before the end`, heard.length < messages, heard.length);
  }
  const sample = slow.filter((_reader, index) => index % SAMPLE === 0 || index % SAMPLE === 1);
  for (const reader of sample) reader.comeBack();
  const hasAll = ({ heard }: Reader) => heard.length >= messages;
  await until("who comes back hears the rest", () => sample.every(hasAll), 60_000).catch(() => {});
  for (const { door, heard } of sample)
    tally.expect(`who comes back by ${door} has lost nothing`, heard.join() === range(messages).join(), heard.length);
}

/** Each may have this waiting, and one payload more: the one that finds the mark not yet passed. In bytes. */
function mostWaiting(readers: number, copies: number): number {
  return readers * (MOST_WAITING + copies * (LENGTH + 20) + 200);
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function percentile99(delays: number[]): number {
  return delays.toSorted((a, b) => a - b)[Math.floor(delays.length * 0.99)] ?? Number.NaN;
}
