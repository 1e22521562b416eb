import { openCursors, positionOf } from "../../api/kernel/log/cursor.ts";
import { connect } from "./ground.ts";

let logName = "";

/** Lets this process read cursors with the servers' own secret: what no client can, and a proof must. */
export async function openCursorReading({
  databaseUrl,
  secret,
}: {
  databaseUrl: string;
  secret: string;
}): Promise<void> {
  const database = await connect(databaseUrl);
  const { rows } = await database.query<{ name: string }>("SELECT name FROM log_head");
  await database.end();
  logName = rows[0]!.name;
  openCursors(secret);
}

/** The place in the log that a cursor stands for; NaN for one that is none of this log's. */
export function positionIn(cursor: string): number {
  return Number(positionOf(logName, cursor));
}
