import { randomBytes } from "node:crypto";
import { startApi } from "../ground/api-process.ts";
import { hireCast } from "../ground/cast.ts";
import { connect, openGround } from "../ground/ground.ts";
import type { Proof, Size } from "../options.ts";
import { tell } from "../tally.ts";
import { judgeOrders } from "./judge-orders.ts";
import { caughtUp, openScene } from "./scene.ts";
import { points } from "./points.ts";

/** How often the process is killed: at each point once, or as often as the mission wants. */
const kills: Record<Size, number> = { full: 210, ci: points.length, brief: 4 };

/**
 * A process is killed at each point between a message with commands and the bot's reply: before it is heard, before each
 * command, within each, before and within the reply, and after it. Whoever starts next goes on from there: each command did
 * once what it does, or was refused once, and the bot answered once. It is held at the point by a lock that the proof takes,
 * so that every kill is where it should be.
 */
export const commandsOnce: Proof = async (tally, { size }) => {
  const ground = await openGround();
  try {
    const secret = randomBytes(32).toString("hex");
    const options = { databaseUrl: ground.databaseUrl, secret, agents: 2, customers: 1, conversationsEach: 1 };
    const cast = await hireCast(options);
    const api = await startApi({ ground, secret, name: "api" });
    const [holder, gate] = [await connect(ground.databaseUrl), await connect(ground.databaseUrl)];
    const scene = await openScene({ api, cast, holder, gate });
    const struck = new Map<string, number>();
    for (let kill = 0; kill < kills[size]; kill++) {
      // From the last one on: what is not kept shows late.
      const point = points.at(-1 - (kill % points.length))!;
      await point.strike(scene);
      await api.ready();
      await caughtUp(scene);
      struck.set(point.name, (struck.get(point.name) ?? 0) + 1);
    }
    await judgeOrders(tally, scene);
    tally.expect("the process ended only when it was killed", api.collapses.length === 0, api.collapses[0]);
    tell(
      `  ${scene.orders.length} messages of 6 commands; killed ${[...struck].map(([at, count]) => `${count} ${at}`).join(", ")}`,
    );
    await Promise.all([holder.end(), gate.end()]);
    await api.end();
  } finally {
    await ground.close();
  }
};
