import { randomBytes } from "node:crypto";
import { diceFor } from "../dice.ts";
import { type Caller, type Cast, hireCast } from "../ground/cast.ts";
import { openGround } from "../ground/ground.ts";
import { startInspectedApi } from "../ground/inspector.ts";
import type { Proof, Size } from "../options.ts";
import { tell } from "../tally.ts";
import { wave } from "./churn.ts";
import { leavings } from "./line.ts";
import { judgePending, stages } from "./pending.ts";
import { comeToRest, isAtRest, readKept } from "./rest.ts";

/** Batches that leave while something is pending; how many fall silent; rounds of the churn, and waves in each. */
type Course = { batches: number; clients: number; silent: number; rounds: number; waves: number };

// biome-ignore format: a table, aligned
const courses: Record<Size, Course> = {
  full:  { batches: 40, clients: 250, silent: 100, rounds: 12, waves: 5 },
  ci:    { batches: 4,  clients: 100, silent: 0,   rounds: 6,  waves: 1 },
  brief: { batches: 2,  clients: 40,  silent: 0,   rounds: 3,  waves: 1 },
};
const WAVE = 100;

/** What the heap may grow by, in KiB: for each 1,000 who came and left, and beside, since it is never quite the same. */
const PER_THOUSAND = 200;
const BESIDE = 3 * 1_024;

/**
 * Clients leave while their credential or their subscription is still being looked up; then they come, hear something and
 * leave, over and over. Nothing of them stays: no follower, no right that is held, no socket, no timer, no memory.
 */
export const leak: Proof = async (tally, options) => {
  const { batches, clients, silent, rounds, waves } = courses[options.size];
  const ground = await openGround();
  try {
    const secret = randomBytes(32).toString("hex");
    const { databaseUrl } = ground;
    const people = { agents: batches + 2, customers: batches + 2 };
    const cast = await hireCast({ databaseUrl, secret, ...people, conversationsEach: 1 });
    const { api, inspector } = await startInspectedApi({ ground, secret, name: "api" });
    const before = await readKept(api);
    const given = { api, databaseUrl, cast, before };
    for (let nth = 0; nth < batches; nth++) {
      const stage = stages[nth % stages.length]!;
      await judgePending(tally, { ...given, stage, count: clients, nth, ways: leavings });
    }
    for (const [index, stage] of stages.entries())
      if (silent > 0)
        await judgePending(tally, { ...given, stage, count: silent, nth: batches + index, ways: ["silent"] });

    const dice = diceFor(options.seed, "leak");
    const company = await fewOf(cast);
    const heaps: number[] = [];
    for (let round = 0; round < rounds; round++) {
      for (let count = 0; count < waves; count++) await wave({ api, cast: company, dice, clients: WAVE });
      const kept = await comeToRest(api, before);
      tally.expect(`nothing is left after round ${round}`, isAtRest(kept, before), { kept, before });
      heaps.push((await inspector.held()).heap / 1_024);
    }
    const third = Math.ceil(rounds / 3);
    const grown = Math.min(...heaps.slice(-third)) - Math.min(...heaps.slice(0, third));
    const came = (rounds - third) * waves * WAVE;
    tell(
      `  heap after each ${waves * WAVE} who came and left, in MiB: ${heaps.map((kib) => (kib / 1_024).toFixed(1)).join(" ")}`,
    );
    const most = BESIDE + (PER_THOUSAND * came) / 1_000;
    tally.expect(`the heap grows by at most ${most} KiB in ${came} clients`, grown <= most, Math.round(grown));
    const problems = [...api.errors(), ...api.collapses];
    tally.expect("the process did not fail", problems.length === 0, problems.slice(0, 3));
    inspector.close();
  } finally {
    await ground.close();
  }
};

/** Few people and few conversations, who keep their tokens: what grows then grows by those who come and leave. */
async function fewOf(cast: Cast): Promise<Cast> {
  const [agents, customers] = await Promise.all(
    [cast.agents, cast.customers].map((all) => Promise.all(all.slice(0, 2).map(withOneToken))),
  );
  return {
    ...cast,
    agents: agents!,
    customers: customers!,
    conversationIds: customers!.flatMap(({ conversationIds }) => conversationIds),
  };
}

async function withOneToken(caller: Caller): Promise<Caller> {
  const token = await caller.token();
  return { ...caller, token: async () => token };
}
