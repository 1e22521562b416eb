import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { connect } from "../ground/ground.ts";

/** A reader of an outbox as others build it, to be seen failing where ours holds. */
export type WrongReader = { name: string; seen: Set<string>; stop: () => Promise<void> };

const LOOK_MS = 4;

type Row = { id: string; xid: string; message_id: string };

/** Remembers the last id and asks for greater ones. Ids are taken before the commit, so a late commit is passed over. */
export function readById(databaseUrl: string): Promise<WrongReader> {
  let last = "0";
  return startReader("id > last", databaseUrl, async (database) => {
    const { rows } = await database.query<Row>("SELECT * FROM proof_outbox WHERE id > $1 ORDER BY id", [last]);
    last = rows.at(-1)?.id ?? last;
    return rows;
  });
}

/** Reads only what is older than every open transaction. It loses nothing, and stands still behind the slowest. */
export function readByHorizon(databaseUrl: string): Promise<WrongReader> {
  let last = ["0", "0"];
  return startReader("xmin horizon", databaseUrl, async (database) => {
    const { rows } = await database.query<Row>(
      `SELECT * FROM proof_outbox
       WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) AND (xid, id) > ($1::xid8, $2::bigint) ORDER BY xid, id`,
      last,
    );
    const end = rows.at(-1);
    if (end) last = [end.xid, end.id];
    return rows;
  });
}

async function startReader(
  name: string,
  databaseUrl: string,
  look: (database: pg.Client) => Promise<Row[]>,
): Promise<WrongReader> {
  const database = await connect(databaseUrl);
  const seen = new Set<string>();
  let isStopped = false;
  async function read(): Promise<void> {
    while (!isStopped) {
      for (const row of await look(database)) seen.add(row.message_id);
      await pause(LOOK_MS);
    }
  }
  const ended = read();
  return {
    ...{ name, seen },
    stop: async () => {
      isStopped = true;
      await ended;
      await database.end();
    },
  };
}
