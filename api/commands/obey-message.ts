import type { Message } from "../../prisma/generated/client/client.ts";
import { commandWords } from "../../words/commands.ts";
import { replyAsBot } from "../chat/actions/reply-as-bot.ts";
import { now } from "../kernel/clock.ts";
import { inPartsOf, inTransaction, sql } from "../kernel/database.ts";
import { findActor } from "../people/queries.ts";
import { callsIn, MOST_COMMANDS } from "./calls.ts";
import { carryOut } from "./carry-out.ts";
import { clientIdOf } from "./client-id.ts";
import type { CommandCall } from "./command-line.ts";
import { knownIn } from "./commands-here.ts";
import { refuseSaying } from "./command-outcome.ts";
import { claimRun, keepRun, tellRuns } from "./command-runs.ts";
import { isCommand } from "./registry.ts";
import { findGiving } from "./giving.ts";
import { lineOf, replyOf, toldOf } from "./told.ts";
import { localeOf } from "../../words/words.ts";

/** A message of an agent's that staff alone read, as it was sent. */
export type Order = Pick<
  Message,
  "workspaceId" | "id" | "conversationId" | "threadId" | "isBroadcast" | "sentAt" | "body"
> & { agentId: string };

/**
 * Carries out the commands of a message, each on its own and once for ever, and lets the bot answer once, with what came of each
 * in their order. A command, what it did and the row that says so are one transaction; the reply and that it was given are
 * another. So whoever dies between the two leaves nothing half done, and whoever hears of the message again goes on from there.
 * Who wrote it is asked anew: they may do what they may do now.
 */
export async function obeyMessage(order: Order): Promise<void> {
  for (const [index, call] of (await readCalls(order)).entries()) await obey(order, call, index);
  await reply(order);
}

/** Most messages hold none, whatever is one where they stand. */
async function readCalls(order: Order): Promise<CommandCall[]> {
  const { body, conversationId, sentAt: at } = order;
  const calls = callsIn(body, isCommand);
  if (calls.length === 0) return calls;
  const giving = await findGiving(sql, (await findActor(order))!, { conversationId, at });
  return giving.ok ? callsIn(body, knownIn(giving.value)) : calls;
}

async function obey(order: Order, call: CommandCall, index: number): Promise<void> {
  const { workspaceId, id: sourceId, agentId } = order;
  const key = { workspaceId, sourceId, place: call.place.offset };
  await inTransaction(async (tx) => {
    if (!(await claimRun(tx, key, { agentId, at: now() }))) return;
    const actor = (await findActor(order, tx.sql))!;
    const locale = localeOf(actor.locale);
    const perform = async () => {
      if (index === MOST_COMMANDS)
        return refuseSaying("commands_too_many", commandWords[locale].tooMany(MOST_COMMANDS));
      const giving = await findGiving(tx.sql, actor, {
        ...{ conversationId: order.conversationId, at: order.sentAt, messageId: sourceId },
      });
      return giving.ok ? carryOut(giving.value, { call, clientId: clientIdOf(key) }) : giving;
    };
    const told = toldOf(call, await inPartsOf(tx, perform), locale);
    await keepRun(tx, key, { ...told, said: lineOf(call, told) });
  });
}

async function reply(order: Order): Promise<void> {
  await inTransaction(async (tx) => {
    const lines = await tellRuns(tx, { workspaceId: order.workspaceId, sourceId: order.id });
    if (lines.length > 0) await inPartsOf(tx, () => replyAsBot(order, replyOf(lines)));
  });
}
