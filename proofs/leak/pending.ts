import type { ApiProcess } from "../ground/api-process.ts";
import type { Caller, Cast } from "../ground/cast.ts";
import { connect } from "../ground/ground.ts";
import { until } from "../poll.ts";
import type { Tally } from "../tally.ts";
import { type Leaving, type Line, openLine, streamLine } from "./line.ts";
import { comeToRest, isAtRest, type Kept, readKept } from "./rest.ts";

/** Where clients stand when they leave: their credential, or their subscription, is being looked up. */
export const stages = ["init", "subscribe"] as const;
type Stage = (typeof stages)[number];

/** The tables whose lock keeps each pending as long as the proof likes. */
const tables: Record<Stage, string> = { init: "personal_token, visitor", subscribe: "conversation" };
/** One in so many comes by an event stream; of those who fall silent none, since nothing is ever heard from one. */
const STREAMS = 5;
/** A silent line is given up after two pings without an answer, in ms. */
const SILENT_MS = 60_000;

export type PendingOptions = {
  api: ApiProcess;
  databaseUrl: string;
  cast: Cast;
  before: Kept;
  stage: Stage;
  count: number;
  /** Chooses callers who have not been looked up yet. */
  nth: number;
  /** Leaves in all the ways that a server learns of, or falls silent. */
  ways: readonly Leaving[];
};

/** So many clients leave while they wait for the same lock, and only then it is released: nothing of them may be left. */
export async function judgePending(tally: Tally, options: PendingOptions): Promise<void> {
  const { api, databaseUrl, cast, before, stage, count, nth, ways } = options;
  const callers = [cast.agents[nth % cast.agents.length]!, cast.customers[nth % cast.customers.length]!];
  const isSilent = ways.includes("silent");
  const lines = await openLines(api, callers, cast, { count, streams: isSilent ? 0 : count / STREAMS });
  const database = await connect(databaseUrl);
  if (stage === "subscribe") {
    for (const line of lines.sockets) line.init();
    await until("all are let in", () => lines.sockets.every((line) => line.isLetIn()), 60_000);
  }
  await database.query(`BEGIN; LOCK TABLE ${tables[stage]} IN ACCESS EXCLUSIVE MODE`);
  for (const line of lines.sockets) stage === "init" ? line.init() : line.subscribe();
  for (const line of lines.streams) line.init();
  const arrived = before.sockets + count;
  await until("all have asked", async () => (await readKept(api)).sockets >= arrived, 60_000);
  const isWaitedFor = async () => (await database.query("SELECT FROM pg_locks WHERE NOT granted")).rowCount! > 0;
  await until("the lock is waited for", isWaitedFor);

  const all = [...lines.sockets, ...lines.streams];
  for (const [index, line] of all.entries()) line.leave(ways[index % ways.length]!);
  const areGone = async () => (await readKept(api)).sockets <= arrived - count + 20;
  if (!isSilent) await until("the server has seen them leave", areGone, 60_000);
  await database.query("COMMIT");
  await database.end();

  const kept = await comeToRest(api, before, isSilent ? SILENT_MS : 10_000);
  if (isAtRest(kept, before)) tally.hold(count);
  else
    tally.judge(
      `of ${count} who left while ${stage} was pending (${ways.join(", ")}) something is left: ${JSON.stringify(kept)}`,
    );
  for (const line of all) if (isSilent) line.leave("terminate");
}

type Counts = { count: number; streams: number };

async function openLines(api: ApiProcess, callers: Caller[], { conversationIds }: Cast, { count, streams }: Counts) {
  const lines: Record<"sockets" | "streams", Line[]> = { sockets: [], streams: [] };
  const bearers = await Promise.all(callers.map(async ({ token, origin }) => ({ token: await token(), origin })));
  const conversation = (caller: Caller) => (caller.readers === "staff" ? conversationIds : caller.conversationIds)[0]!;
  const opening: Promise<Line>[] = [];
  for (let index = 0; index < count; index++) {
    const which = index % callers.length;
    const to = conversation(callers[which]!);
    if (index < streams) lines.streams.push(streamLine(api, bearers[which]!, to));
    else opening.push(openLine(api, bearers[which]!, to));
  }
  lines.sockets = await Promise.all(opening);
  return lines;
}
