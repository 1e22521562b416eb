import { randomBytes } from "node:crypto";
import { closeBus, openBus } from "../../api/kernel/bus.ts";
import { closeDatabase, openDatabase } from "../../api/kernel/database.ts";
import { useProjections } from "../../api/kernel/log/record.ts";
import { openVisitorTokens } from "../../api/people/visitor-token.ts";
import { roster } from "../../api/roster.ts";
import { diceFor } from "../dice.ts";
import { startApi } from "../ground/api-process.ts";
import { openGround } from "../ground/ground.ts";
import type { Proof, Size } from "../options.ts";
import { judgeTaking } from "./judge-taking.ts";

/** Streams open at once. */
const streams: Record<Size, number> = { full: 1_000, ci: 60, brief: 30 };

/**
 * Streams through every door at two API processes, while messages are written to all of them: half lose their access, in
 * every way there is, taken away in a third process. Nothing reaches them later than 1 s after; where Redis is dead and
 * no hint crosses, than 5 s. The other half miss nothing.
 */
export const revocation: Proof = async (tally, options) => {
  const ground = await openGround();
  const secret = randomBytes(32).toString("hex");
  openDatabase({ url: ground.databaseUrl, connections: 8 });
  openBus(ground.redisUrl);
  useProjections(roster.projections);
  openVisitorTokens(secret);
  try {
    const apis = [await startApi({ ground, secret, name: "api-1" }), await startApi({ ground, secret, name: "api-2" })];
    const count = streams[options.size];
    const dice = diceFor(options.seed, "revocation");
    await judgeTaking(tally, { apis, count, dice, withinMs: 1_000, name: "with Redis" });
    await ground.killRedis();
    await judgeTaking(tally, { apis, count, dice, withinMs: 5_000, name: "without Redis" });
    const problems = apis.flatMap((api) => [...api.errors(), ...api.collapses]);
    tally.expect("no process failed", problems.length === 0, problems.slice(0, 3));
  } finally {
    closeBus();
    await closeDatabase();
    await ground.close();
  }
};
