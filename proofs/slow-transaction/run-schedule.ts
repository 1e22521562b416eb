import { setTimeout as pause } from "node:timers/promises";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { newId } from "../../api/kernel/id.ts";
import { startListeners } from "../../api/kernel/log/listener.ts";
import { until } from "../poll.ts";
import { type Held, holdOpen } from "./held.ts";
import type { Scene } from "./scene.ts";
import { OTHERS, type Schedule } from "./schedule.ts";
import { witness } from "./scene.ts";
import type { WrongReader } from "./wrong-readers.ts";

/** How one schedule went. */
export type Course = {
  /** Messages that were committed: the others, the slow one and whoever waited for it. */
  committed: string[];
  slowId: string | undefined;
  /** Milliseconds from the asking to the arrival at the live subscriber, of each of the others that arrived. */
  delays: number[];
  /** How many of the others a reader had not seen shortly after the live subscriber had them all. */
  behind: Map<WrongReader, number>;
  /** Others that had not reached the live subscriber after 5 s, with the slow one still open. */
  stuck: number;
};

const PATIENCE_MS = 5_000;
const FAIR_MS = 60;

/** Plays a schedule to its end: everything has been sent, and the slow transaction is over. */
export async function runSchedule(scene: Scene, schedule: Schedule, readers: WrongReader[]): Promise<Course> {
  const { agents, cast, arrivedAt } = scene;
  const [slowConversation, ...conversations] = cast.conversationIds;
  const askedAt = new Map<string, number>();
  const due = dueEvents(scene, schedule, slowConversation!);
  let begun = 0;
  async function lane(index: number): Promise<void> {
    while (begun < OTHERS) {
      await due.at(begun++);
      const asked = performance.now();
      const input = { clientId: newId(), body: "One of many.", visibility: "everyone" as const };
      const sent = await sendMessage(agents[index % agents.length]!, {
        conversationId: conversations[index]!,
        ...input,
      });
      if (!sent.ok) throw new Error(`A message was refused: ${sent.refusal}.`);
      askedAt.set(sent.value.id, asked);
    }
  }
  const lanes = Promise.all(Array.from({ length: schedule.lanes }, (_, index) => lane(index)));
  const isThere = () =>
    begun >= OTHERS && askedAt.size === OTHERS && [...askedAt.keys()].every((id) => arrivedAt.has(id));
  const stuck = await until("the others have arrived", isThere, PATIENCE_MS).then(
    () => 0,
    () => OTHERS - countArrived(askedAt, arrivedAt),
  );
  if (schedule.heldAfter !== undefined) await pause(FAIR_MS);
  const behind = new Map(
    readers.map((reader) => [reader, [...askedAt.keys()].filter((id) => !reader.seen.has(id)).length]),
  );

  const late = await due.end();
  await lanes;
  if (stuck > 0) await until("the others have arrived at last", isThere, PATIENCE_MS).catch(() => {});
  const delays = [...askedAt].flatMap(([id, asked]) => (arrivedAt.has(id) ? arrivedAt.get(id)! - asked : []));
  return { committed: [...askedAt.keys(), ...late.committed], slowId: late.slowId, delays, behind, stuck };
}

function countArrived(askedAt: Map<string, number>, arrivedAt: Map<string, number>): number {
  return [...askedAt.keys()].filter((id) => arrivedAt.has(id)).length;
}

/** What happens beside the others, each when its count has come. */
function dueEvents(scene: Scene, schedule: Schedule, slowConversation: string) {
  const [actor, colleague] = scene.agents;
  let held: Promise<Held> | undefined;
  let waiter: Promise<string> | undefined;
  let listeners = startListeners([witness]);
  let isResting = false;
  const send = async () => {
    const input = {
      conversationId: slowConversation,
      clientId: newId(),
      body: "I wait.",
      visibility: "everyone" as const,
    };
    const sent = await sendMessage(colleague!, input);
    if (!sent.ok) throw new Error(`A message was refused: ${sent.refusal}.`);
    return sent.value.id;
  };
  const work = () => {
    listeners = startListeners([witness]);
    isResting = false;
  };
  return {
    at: async (count: number) => {
      if (count === schedule.heldAfter) {
        held = holdOpen(actor!, slowConversation);
        await held;
      }
      if (count === schedule.waiterAfter) waiter = send();
      if (schedule.dropsAfter.includes(count)) scene.resuming.drop();
      if (count === schedule.restAfter) {
        isResting = true;
        await listeners.stop();
      }
      if (count === schedule.restAfter + schedule.restFor && isResting) work();
    },
    end: async () => {
      const slow = await held;
      if (slow) await slow.end(schedule.ending);
      const slowId = slow && schedule.ending === "commit" ? slow.messageId : undefined;
      const committed = [slowId, await waiter].filter((id) => id !== undefined);
      if (isResting) work();
      await heardAll(scene);
      await listeners.stop();
      return { slowId, committed };
    },
  };
}

/** Waits until the durable listener has come to the end of the log with nothing on its way there; judged is what it wrote. */
async function heardAll({ database }: Scene): Promise<void> {
  const caughtUp = until(
    "the listener has come to the end",
    async () => {
      const { rows } = await database.query(
        `SELECT FROM listener, log_head
       WHERE listener.name = $1 AND listener.position = log_head.position AND NOT EXISTS (SELECT FROM outbox)`,
        [witness.name],
      );
      return rows.length > 0;
    },
    PATIENCE_MS,
  );
  await caughtUp.catch(() => {});
}
