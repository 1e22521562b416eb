import type { Locale } from "../../words/words.ts";
import { LONGEST_BODY } from "../chat/message.ts";
import type { Actor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import type { Argument } from "./argument.ts";
import { isSpace } from "./characters.ts";
import type { Command } from "./command.ts";
import { type CommandCall, readCommandLines } from "./command-line.ts";
import { namesOf } from "./definition.ts";
import { findGiving, type Giving } from "./giving.ts";
import { fold } from "./nearest.ts";
import { advance } from "./read-arguments.ts";
import { commandCalled, commandsIn, isCommand } from "./registry.ts";
import { suggestPeople } from "./suggest-people.ts";
import { usageOf } from "./usage.ts";

/** What may stand in place of the word before the caret: a text for it, what it is, and where it would stand. */
export type Suggestion = { text: string; detail: string; from: number; to: number };

/** What somebody who writes a command may want to know. */
export type Suggestions = {
  /** The command that they write; null as long as its name is not known. */
  command: Command | null;
  /** What is expected at the caret; null: the name of a command, or nothing. */
  argument: Argument<unknown> | null;
  suggestions: Suggestion[];
};

const NOTHING: Suggestions = { command: null, argument: null, suggestions: [] };

type Asked = { conversationId: string; text: string; caret: number };

/**
 * What could stand at the caret of a text that is being written: names of commands that work in the conversation, and what
 * their arguments take, in the caller's language. Nothing where the text is none of a command's; null where the caller may
 * give no commands.
 */
export async function suggestCommands(actor: Actor, { conversationId, text, caret }: Asked): Promise<Suggestions> {
  if (actor.kind !== "agent" || text.length > LONGEST_BODY) return NOTHING;
  const to = Math.max(0, Math.min(caret, text.length));
  const word = wordBefore(text, to);
  const line = lineBefore(text, word.from);
  const giving = line ? await findGiving(actor, { conversationId, at: now() }) : undefined;
  if (!line || !giving?.ok) return NOTHING;
  if (word.text.startsWith("/") && !word.text.startsWith("//"))
    return { ...NOTHING, suggestions: suggestNames(giving.value, word) };
  const command = line.call && commandCalled(line.call.name);
  if (!line.call || !command?.where.includes(giving.value.kind)) return NOTHING;
  return suggestArguments(giving.value, { command, call: line.call, word });
export async function suggestCommands(actor: Actor, asked: Asked): Promise<Suggestions | null> {
  if (actor.kind !== "agent") return null;
  const { conversationId, text, caret: at } = asked;
  const giving = await findGiving(actor, { conversationId, at: now() });
  if (!giving.ok) return null;
  if (text.length > LONGEST_BODY) return NOTHING;
  const { locale, kind } = giving.value;
  const writer = { eyes: { locale, zone: actor.zone }, at: giving.value.at };
  const caret = caretIn(text, Math.max(0, Math.min(at, text.length)), { find: commandCalled, writer });
  if (!caret) return NOTHING;
  if (caret.is === "name") return { ...NOTHING, suggestions: suggestNames(giving.value, caret) };
  const command = commandCalled(caret.command);
  if (!command?.where.includes(kind)) return NOTHING;
  const found = await Promise.all(
    caret.wanted.map((argument) => suggestFor(giving.value, { command, argument, typed: caret.typed })),
  );
  return { command, argument: caret.wanted[0] ?? null, suggestions: found.flat().map(placedAt(caret)) };
}

type Word = { text: string; from: number; to: number };

function wordBefore(text: string, to: number): Word {
  let from = to;
  while (from > 0 && !isSpace(text.charCodeAt(from - 1))) from -= 1;
  return { text: text.slice(from, to), from, to };
}

/** The last call of the line that goes on here, null where it only begins; undefined where the line is no command's. */
function lineBefore(text: string, from: number): { call: CommandCall | null } | undefined {
  const before = text.slice(0, from);
  const begin = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  // With a name that it may begin with: whether a line is code depends on what stands before it.
  const lines = readCommandLines(begin === from ? `${before}/x` : before, isCommand);
  const last = lines.at(-1);
  if (last?.place.offset !== begin) return undefined;
  return { call: begin === from ? null : last.calls.at(-1)! };
}

function suggestNames({ kind, locale }: Giving, { text, from, to }: Word): Suggestion[] {
  const asked = fold(text.slice(1));
  return commandsIn(kind).flatMap((command) => {
    const own = command.name[locale];
    const found = [own, ...namesOf(command)].find((name) => fold(name).startsWith(asked));
    return found === undefined ? [] : [{ text: `/${found}`, detail: detailOf(command, locale), from, to }];
  });
}

function detailOf(command: Command, locale: Locale): string {
  return `${usageOf(command, locale)}: ${command.help[locale]}`;
}

type Begun = { command: Command; call: CommandCall; word: Word };

async function suggestArguments(giving: Giving, { command, call, word }: Begun): Promise<Suggestions> {
  const { locale, actor, at } = giving;
  const expected = expectedIn(command, call, { eyes: { locale, zone: actor.zone }, at });
  const argument = expected[0] ?? null;
  const found = await Promise.all(expected.map((one) => suggestFor(giving, { command, argument: one, word })));
  return { command, argument, suggestions: found.flat() };
}

/** The arguments that the next word may belong to: those that have taken none, and one that takes several. */
function expectedIn(command: Command, call: CommandCall, writer: Parameters<typeof advance>[2]): Argument<unknown>[] {
  const { open, values, rest } = advance(command.args, call, writer);
  if (rest.length > 0) return [];
  const several = Object.entries(command.args).filter(([name, { kind }]) => SEVERAL.has(kind) && values[name] !== null);
  return [...several.map(([, argument]) => argument), ...open.map(([, argument]) => argument)];
}

const SEVERAL: ReadonlySet<Argument<unknown>["kind"]> = new Set(["mentions", "keys", "words", "text"]);

async function suggestFor(
  giving: Giving,
  { command, argument, word }: { command: Command; argument: Argument<unknown>; word: Word },
): Promise<Suggestion[]> {
  const { from, to } = word;
  if (argument.kind === "mention" || argument.kind === "mentions") {
    const people = await suggestPeople(giving, { among: command.among ?? "conversation", asked: word.text });
    return people.map(({ handle, name }) => ({ text: `@${handle}`, detail: name, from, to }));
  }
  const asked = fold(word.text);
  return argument.choices.flatMap(({ names }) => {
    const own = giving.locale === "en" ? names[0] : names[1];
    const isMeant = names.some((name) => fold(name).startsWith(asked));
    return isMeant ? [{ text: own, detail: argument.name[giving.locale], from, to }] : [];
  });
}
