import { inTransaction, type Transaction } from "./database.ts";
import { now } from "./clock.ts";
import { log } from "./logging.ts";
import { sleeper } from "./sleeper.ts";

/** Rows whose time comes, and what is done then. */
export type Alarm = {
  name: string;
  /**
   * Claims up to `limit` of the rows whose time has come, passing over those that another process has claimed, and does what
   * they are for; answers how many. A row that was claimed is done with when the transaction commits, and waits on if it does not.
   */
  ring: (tx: Transaction, due: { at: Date; limit: number }) => Promise<number>;
};

const BATCH = 100;
/** The longest that a row waits behind its time, in ms. */
const SWEEP_MS = 1_000;

/** Rings these alarms in this process until `stop`. Several processes may: each row is claimed by one of them. */
export function startAlarms(alarms: readonly Alarm[]): { stop: () => Promise<void> } {
  const loops = alarms.map(startAlarm);
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) };
}

function startAlarm(alarm: Alarm): { stop: () => Promise<void> } {
  const idle = sleeper();
  let isStopping = false;

  async function serve(): Promise<void> {
    while (!isStopping) {
      const rung = await ringOnce(alarm).catch((fault) => {
        log().warn({ err: fault, alarm: alarm.name }, "An alarm could not ring.");
        return 0;
      });
      if (rung < BATCH && !isStopping) await idle.sleep(SWEEP_MS);
    }
  }

  const ended = serve();
  return {
    stop: async () => {
      isStopping = true;
      idle.wake();
      await ended;
    },
  };
}

/** Rings for a batch, in one transaction; answers how many rows there were. Exported for tests. */
export function ringOnce({ ring }: Alarm, limit = BATCH): Promise<number> {
  return inTransaction((tx) => ring(tx, { at: now(), limit }));
}
