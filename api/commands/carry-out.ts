import type { ConversationKind } from "../../prisma/generated/client/client.ts";
import type { Effect } from "../../words/command-results.ts";
import { commandWords } from "../../words/commands.ts";
import { listOf } from "../../words/words.ts";
import { inTransaction } from "../kernel/database.ts";
import { type Done, refuse } from "../kernel/outcome.ts";
import type { CommandRefused } from "./command.ts";
import type { CommandCall } from "./command-line.ts";
import { namesOf } from "./definition.ts";
import { misreadIn } from "./misread.ts";
import { readArguments } from "./read-arguments.ts";
import { refuseSaying } from "./command-outcome.ts";
import type { Giving } from "./giving.ts";
import { nearest } from "./nearest.ts";
import { commandCalled, commandsIn } from "./registry.ts";

/** A command as it was given, and the clientId under which it makes what it makes. */
export type Given = { call: CommandCall; clientId: string };

/**
 * Carries out a command as a part of the transaction that is under way (see `inPartsOf`), or not at all: what is refused in
 * its middle leaves nothing. A fault is thrown.
 */
export async function carryOut(giving: Giving, { call, clientId }: Given): Promise<Done<Effect> | CommandRefused> {
  const command = commandCalled(call.name);
  const { locale, kind, actor } = giving;
  const words = commandWords[locale];
  if (!command) return refuseSaying("command_unknown", words.unknown(call.name, nearestName(giving, call.name)));
  if (!command.where.includes(kind))
    return refuseSaying("command_misplaced", words.notHere(call.name, placesIn(giving, command.where)));
  if (!actor.mayWrite) return refuse("not_permitted");
  const read = readArguments(command, call, { eyes: { locale, zone: actor.zone }, at: giving.at });
  if (!read.ok) return refuseSaying(read.refusal, misreadIn(locale, command, { call, misread: read }));
  return inTransaction<Done<Effect> | CommandRefused>((tx) =>
    command.run({ ...giving, clientId, sql: tx.sql, others: commandsIn(kind) }, read.values),
  );
}

/** Of the names that work here the one that was probably meant. */
function nearestName({ kind }: Giving, name: string): string | null {
  return nearest(name, commandsIn(kind).flatMap(namesOf));
}

function placesIn({ locale }: Giving, where: readonly ConversationKind[]): string {
  return listOf(
    locale,
    where.map((kind) => commandWords[locale].where[kind]),
  );
}
