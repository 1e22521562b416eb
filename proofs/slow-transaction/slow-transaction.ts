import { type Dice, diceFor } from "../dice.ts";
import type { Subscriber } from "../crash/subscriber.ts";
import type { Proof, Size } from "../options.ts";
import { until } from "../poll.ts";
import { type Tally, tell } from "../tally.ts";
import { type Course, runSchedule } from "./run-schedule.ts";
import { openScene, type Scene } from "./scene.ts";
import { OTHERS, throwSchedule } from "./schedule.ts";
import { readByHorizon, readById, type WrongReader } from "./wrong-readers.ts";

/** Schedules with a slow transaction; one without, to compare with, goes before every fifth. */
const schedules: Record<Size, number> = { full: 220, ci: 15, brief: 3 };
/** "Normal latency": the median with a slow transaction may be so many times the one without, and so many ms more. */
const MOST_TIMES = 2;
const MOST_MORE_MS = 20;

/**
 * A transaction that has taken its place in the outbox is held open while 200 others commit: nobody misses anything, and
 * the 200 arrive as if it were not there. Two readers that are often built instead are seen to fail at the same.
 */
export const slowTransaction: Proof = async (tally, { seed, size }) => {
  const scene = await openScene();
  const dice = diceFor(seed, "slow transaction");
  const readers = await Promise.all([readById(scene.databaseUrl), readByHorizon(scene.databaseUrl)]);
  try {
    await warmUp(scene, dice);
    const held: Course[] = [];
    const free: Course[] = [];
    for (let index = 0; index < schedules[size]; index++) {
      if (index % 5 === 0) free.push(await play(tally, scene, { dice, readers, isHeld: false }));
      held.push(await play(tally, scene, { dice, readers, isHeld: true }));
    }
    judgeLatency(tally, { held, free });
    judgeWrongReaders(tally, held, readers);
    for (const { record } of [scene.live, scene.resuming]) for (const problem of record.problems) tally.judge(problem);
    tally.expect(
      "the resuming client had to resume",
      scene.resuming.record.resumes > schedules[size],
      scene.resuming.record.resumes,
    );
  } finally {
    for (const reader of readers) await reader.stop();
    await scene.close();
  }
};

/** The first schedule of a process is slow by itself: nothing is compiled, no connection open. */
async function warmUp(scene: Scene, dice: Dice): Promise<void> {
  await runSchedule(scene, throwSchedule(dice, { isHeld: false }), []);
}

type Play = { dice: Dice; readers: WrongReader[]; isHeld: boolean };

async function play(tally: Tally, scene: Scene, { dice, readers, isHeld }: Play): Promise<Course> {
  const schedule = throwSchedule(dice, { isHeld });
  const heardBefore = scene.live.record.heard.length;
  const course = await runSchedule(scene, schedule, readers);
  const told = JSON.stringify(schedule);
  const everyone = (subscriber: Subscriber) => () => {
    const heard = new Set(subscriber.record.heard.slice(heardBefore - OTHERS).map(({ messageId }) => messageId));
    return course.committed.every((id) => heard.has(id));
  };
  const arrives = (subscriber: Subscriber) => until("", everyone(subscriber), 3_000).catch(() => false);
  tally.expect(`the live subscriber missed nothing in ${told}`, await arrives(scene.live));
  tally.expect(`the resuming client missed nothing in ${told}`, await arrives(scene.resuming));
  const misheard = await judgeListener(scene, course);
  tally.judge(misheard && `the durable listener ${misheard} in ${told}`);
  tally.judge(course.stuck > 0 && `${course.stuck} of the others waited for the slow transaction in ${told}`);
  return course;
}

/** Every message once in what the listener wrote, in the order of the log. */
async function judgeListener({ database }: Scene, { committed }: Course): Promise<string | undefined> {
  const { rows } = await database.query<{ heard: number; once: number }>(
    "SELECT count(*)::int AS heard, count(DISTINCT message_id)::int AS once FROM proof_heard WHERE message_id = ANY($1)",
    [committed],
  );
  const { heard, once } = rows[0]!;
  if (once < committed.length) return `missed ${committed.length - once}`;
  return heard > once ? `heard ${heard - once} twice` : undefined;
}

function judgeLatency(tally: Tally, { held, free }: { held: Course[]; free: Course[] }): void {
  const [slow, normal] = [held, free].map((courses) => courses.flatMap(({ delays }) => delays).sort((a, b) => a - b));
  const at = (sorted: number[], part: number) => Math.round(sorted[Math.floor(sorted.length * part)]! * 10) / 10;
  const median = { held: at(slow!, 0.5), free: at(normal!, 0.5) };
  tell(
    `  ${held.length} schedules, ${slow!.length} messages; to the live subscriber with a transaction held open: median ${median.held} ms, p99 ${at(slow!, 0.99)} ms`,
  );
  tell(`  ${free.length} schedules without: median ${median.free} ms, p99 ${at(normal!, 0.99)} ms`);
  tally.expect("the others arrive at normal latency", median.held <= MOST_TIMES * median.free + MOST_MORE_MS, median);
}

/** The same judgement of the two wrong readers must find them wrong, else it finds nothing. */
function judgeWrongReaders(tally: Tally, held: Course[], [byId, byHorizon]: WrongReader[]): void {
  const withSlow = held.filter(({ slowId }) => slowId !== undefined);
  const lost = withSlow.filter(({ slowId }) => !byId!.seen.has(slowId!)).length;
  const delayed = held.filter(({ behind }) => behind.get(byHorizon!)! > 0);
  const most = Math.max(...delayed.map(({ behind }) => behind.get(byHorizon!)!));
  tell(`  the reader "${byId!.name}" lost the slow transaction's event in ${lost} of ${withSlow.length} schedules`);
  tell(
    `  the reader "${byHorizon!.name}" stood still behind it in ${delayed.length} of ${held.length}, with up to ${most} of ${OTHERS} waiting`,
  );
  tally.expect('an "id > last" reader is seen to lose events', lost >= 0.9 * withSlow.length && lost > 0, lost);
  tally.expect(
    "an xmin reader is seen to stand still",
    delayed.length >= 0.9 * held.length && delayed.length > 0,
    delayed.length,
  );
}
