import { total } from "../../proofs/ground/statement-count.ts";
import { openStage, play } from "../../proofs/flood/play.ts";
import { aloneRow, type Row } from "../row.ts";

const COURSE = { perSecond: 50, seconds: 15, besideSeconds: 5 };

/** What fifty changes a second in thirty rooms cost a window that has one of them open: the scene of `proof flood`. */
export async function measureFlood(rounds: number): Promise<Row[]> {
  const stage = await openStage();
  try {
    const floods = [];
    // The first round is not told: browser and server compile their code.
    for (let seed = 0; seed <= rounds; seed++) floods.push(await play(stage, { seed, ...COURSE }));
    const told = floods.slice(1);
    const each = ({ changes, counts }: (typeof told)[number]["asked"]["alone"]) => total(counts) / changes;
    return [
      aloneRow(
        "50 changes a second: main thread",
        "% of the time",
        told.map(({ share }) => 100 * share),
      ),
      aloneRow(
        "50 changes a second: statements for who looks",
        "per change",
        told.map(({ asked }) => each(asked.watched) - each(asked.alone)),
      ),
    ];
  } finally {
    await stage.close();
  }
}
