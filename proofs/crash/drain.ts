import { setTimeout as pause } from "node:timers/promises";
import type { Dice } from "../dice.ts";
import type { ApiProcess } from "../ground/api-process.ts";
import type { Cast } from "../ground/cast.ts";
import { connect } from "../ground/ground.ts";
import { type Tally, tell } from "../tally.ts";
import { judgeWriters, readWritten } from "./verdict.ts";
import { openWritersRecord, write } from "./writer.ts";

/** Far from the time after which requests are cut: whoever keeps a connection busy must have been sent away. */
const MOST_MS = 6_000;

export type DrainOptions = { apis: [ApiProcess, ApiProcess]; cast: Cast; databaseUrl: string; dice: Dice };

/** A process that is asked to end while it is written to ends in time and cleanly, and nothing acknowledged is lost by it. */
export async function judgeDrain(tally: Tally, { apis, cast, databaseUrl, dice }: DrainOptions): Promise<void> {
  const record = openWritersRecord("drain");
  let isOver = false;
  const writers = [...cast.customers, ...cast.agents].map((caller, index) =>
    write({ name: `drain-${index}`, caller, dice, pickUrl: () => dice.pick(apis).url, record, isOver: () => isOver }),
  );
  await pause(1_000);
  const underLoad = await apis[1].end();
  isOver = true;
  await Promise.all(writers);
  const database = await connect(databaseUrl);
  judgeWriters(tally, record, await readWritten(database));
  await database.end();
  const idle = await apis[0].end();
  tell(
    `  asked to end: ${underLoad.ms} ms under load, with ${record.acknowledged.size} messages acknowledged meanwhile; ${idle.ms} ms idle`,
  );
  for (const ended of [underLoad, idle]) {
    tally.expect("a process ends cleanly and in time when asked", ended.code === 0 && ended.ms < MOST_MS, ended);
  }
}
