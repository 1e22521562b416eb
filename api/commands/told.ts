import type { Effect } from "../../words/command-results.ts";
import { tellRefusal } from "../../words/refusals.ts";
import type { Locale } from "../../words/words.ts";
import type { Done } from "../kernel/outcome.ts";
import type { CommandRefused } from "./command.ts";
import type { CommandCall } from "./command-line.ts";
import { commandsCalled } from "./registry.ts";

/** What came of a command, told in its writer's language. `name` is the registry's, of a move as it was written, '' of what is no command. */
export type Told = { name: string; refusal: string | null; said: string };

/** Tells what came of a command. */
export function toldOf(call: CommandCall, outcome: Done<Effect> | CommandRefused, locale: Locale): Told {
  const name = commandsCalled(call.name)[0]?.name.en ?? (call.isKnown ? call.name : "");
  if (outcome.ok) return { name, refusal: null, said: outcome.value.did };
  return { name, refusal: outcome.refusal, said: outcome.said ?? tellRefusal(outcome, locale) };
}

/** The bot's reply: what came of each command, by the name that it was given by; of several a line for each. */
export function replyOf(lines: readonly string[]): string {
  return lines.length === 1 ? lines[0]! : lines.map((line) => `- ${line}`).join("\n");
}

/** What came of a command, behind the name that it was given by. */
export function lineOf({ name }: CommandCall, { said }: Told): string {
  return `\`/${name}\` ${said}`;
}
