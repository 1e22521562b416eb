import { until } from "../poll.ts";
import { closeGate, isHeld, openGate, type Order, progressTold, type Scene, send } from "./scene.ts";

/** A point between a message and the bot's reply, and how the process is killed there. */
export type Point = { name: string; strike: (scene: Scene) => Promise<void> };

/** How many commands a message has. */
const COMMANDS = 6;
const each = Array.from({ length: COMMANDS }, (_, index) => index);

/** All of them, in the order in which a message passes them. */
export const points: readonly Point[] = [
  { name: "before it is heard", strike: strikeUnheard },
  ...each.map((index) => ({
    name: `before command ${index + 1}`,
    strike: (scene: Scene) => strikeBefore(scene, index),
  })),
  // The last one is no command: it locks nothing at which it could be held.
  ...each
    .slice(0, -1)
    .map((index) => ({ name: `within command ${index + 1}`, strike: (scene: Scene) => strikeWithin(scene, index) })),
  { name: "before the reply", strike: strikeBeforeReply },
  { name: "within the reply", strike: strikeWithinReply },
  { name: "after the reply", strike: strikeAfterReply },
];

async function strikeUnheard(scene: Scene): Promise<void> {
  await closeGate(scene);
  await send(scene);
  await scene.api.kill(0);
  await openGate(scene);
}

async function strikeBefore(scene: Scene, index: number): Promise<void> {
  const order = await sendUnheard(scene);
  await holdCommand(scene, order, index);
  await openGate(scene);
  await isHeld(scene);
  await killHeld(scene);
}

/** Held before the command, until the holder has the conversation and the project, of which the command then waits for one. */
async function strikeWithin(scene: Scene, index: number): Promise<void> {
  const { holder, gate, conversationId } = scene;
  const order = await sendUnheard(scene);
  await holdCommand(scene, order, index);
  await openGate(scene);
  await isHeld(scene);
  await progressTold(scene);
  await gate.query("BEGIN");
  await gate.query("SELECT FROM conversation WHERE id = $1 FOR UPDATE", [conversationId]);
  await gate.query("SELECT FROM project FOR UPDATE");
  await holder.query("ROLLBACK");
  await isHeld({ ...scene, holder: gate, gate: holder });
  await scene.api.kill(0);
  await gate.query("ROLLBACK");
}

/** Held by a row of what has been carried out, which the reply must mark as told. */
async function strikeBeforeReply(scene: Scene): Promise<void> {
  const { holder, gate } = scene;
  const order = await sendUnheard(scene);
  await holdCommand(scene, order, COMMANDS - 1);
  await openGate(scene);
  await isHeld(scene);
  await gate.query("BEGIN");
  await gate.query("SELECT FROM command_run WHERE source_id = $1 FOR UPDATE", [order.messageId]);
  await holder.query("ROLLBACK");
  await isHeld({ ...scene, holder: gate, gate: holder });
  await scene.api.kill(0);
  await gate.query("ROLLBACK");
}

/** Held by the reply's own claim, beside which its message is written. */
async function strikeWithinReply(scene: Scene): Promise<void> {
  const { holder, cast } = scene;
  const order = await sendUnheard(scene);
  await holder.query("BEGIN");
  await holder.query(
    `INSERT INTO request (workspace_id, caller_id, client_id, fingerprint, result_id) VALUES ($1, $2, 'reply', '', $2)`,
    [cast.workspaceId, order.messageId],
  );
  await openGate(scene);
  await isHeld(scene);
  await killHeld(scene);
}

/** Two messages are heard together: the first is answered, and that both were heard is not kept when the second is held. */
async function strikeAfterReply(scene: Scene): Promise<void> {
  const first = await sendUnheard(scene);
  const second = await send(scene);
  await until("both are in the log", async () => {
    const { rows } = await scene.gate.query("SELECT FROM outbox");
    return rows.length === 0;
  });
  await holdCommand(scene, second, 0);
  await openGate(scene);
  await isHeld(scene);
  const replied = await scene.gate.query("SELECT FROM request WHERE caller_id = $1", [first.messageId]);
  if (replied.rows.length === 0) throw new Error("The first message has not been answered.");
  await killHeld(scene);
}

async function sendUnheard(scene: Scene): Promise<Order> {
  await closeGate(scene);
  return send(scene);
}

/** As another process would, that carries it out at the same time. */
async function holdCommand({ holder, cast }: Scene, { messageId, places }: Order, index: number): Promise<void> {
  await holder.query("BEGIN");
  await holder.query(
    `INSERT INTO command_run (workspace_id, source_id, place, agent_id, name, ran_at) VALUES ($1, $2, $3, $4, '', now())`,
    [cast.workspaceId, messageId, places[index], cast.agents[0]!.personId],
  );
}

async function killHeld({ api, holder }: Scene): Promise<void> {
  await api.kill(0);
  await holder.query("ROLLBACK");
}
