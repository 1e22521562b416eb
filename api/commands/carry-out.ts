import type { Effect } from "../../words/command-results.ts";
import { commandWords } from "../../words/commands.ts";
import { listOf } from "../../words/words.ts";
import { inTransaction } from "../kernel/database.ts";
import type { Done } from "../kernel/outcome.ts";
import { findTaskPlace } from "../tasks/task-place.ts";
import { type CommandsHere, commandsHere } from "./commands-here.ts";
import type { CommandRefused } from "./command.ts";
import type { CommandCall } from "./command-line.ts";
import { namesOf } from "./definition.ts";
import { misreadIn } from "./misread.ts";
import { readArguments } from "./read-arguments.ts";
import { refuseSaying } from "./command-outcome.ts";
import type { Giving } from "./giving.ts";
import { nearest } from "../kernel/nearest.ts";
import { commandsCalled } from "./registry.ts";

/** A command as it was given, and the clientId under which it makes what it makes. */
export type Given = { call: CommandCall; clientId: string };

/**
 * Carries out a command as a part of the transaction that is under way (see `inPartsOf`), or not at all: what is refused in
 * its middle leaves nothing. A fault is thrown.
 */
export async function carryOut(giving: Giving, { call, clientId }: Given): Promise<Done<Effect> | CommandRefused> {
  return inTransaction<Done<Effect> | CommandRefused>(async (tx) => {
    const { actor, locale, conversationId } = giving;
    // As the commands before this one have left it.
    const task = giving.task && (await findTaskPlace(tx.sql, actor, conversationId));
    const here = commandsHere({ ...giving, task });
    const command = here.called(call.name);
    if (!command) return refuseUnfound(giving, here, call.name);
    const read = readArguments(command, call, { eyes: { locale, zone: actor.zone }, at: giving.at });
    if (!read.ok) return refuseSaying(read.refusal, misreadIn(locale, command, { call, misread: read }));
    const find = (name: string) => [here.called(name) ?? commandsCalled(name)].flat();
    const given = { call, clientId, others: here.offered, find };
    return command.run({ ...giving, ...given, task, sql: tx.sql }, read.values);
  });
}

/** A command of other places is told with these; of what is none, the name here that was probably meant. */
function refuseUnfound({ locale }: Giving, here: CommandsHere, name: string): CommandRefused {
  const words = commandWords[locale];
  const where = commandsCalled(name).flatMap((command) => command.where);
  if (where.length === 0)
    return refuseSaying("command_unknown", words.unknown(name, nearest(name, here.offered.flatMap(namesOf))));
  const places = where.map((kind) => words.where[kind]);
  return refuseSaying("command_misplaced", words.notHere(name, listOf(locale, places)));
}
