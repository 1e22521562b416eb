import { LONGEST_BODY } from "../chat/message.ts";
import type { Actor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import { sql } from "../kernel/database.ts";
import type { Locale } from "../../words/words.ts";
import type { Argument } from "./argument.ts";
import { type Caret, caretIn, type Wanted } from "./caret.ts";
import type { Command, Offer } from "./command.ts";
import { type CommandsHere, commandsHere } from "./commands-here.ts";
import { namesOf } from "./definition.ts";
import { findGiving, type Giving } from "./giving.ts";
import { fold } from "../kernel/nearest.ts";
import { suggestPeople } from "./suggest-people.ts";
import { suggestTasks } from "./suggest-tasks.ts";
import { suggestDurations, suggestTimes } from "./suggest-times.ts";
import { type Shaped, usageOf } from "./usage.ts";

/** What may stand in place of the word at the caret: a text for it, what it is, where it would stand, and the command that it names. */
export type Suggestion = { text: string; detail: string; from: number; to: number; command?: Command };

/** What somebody who writes a command may want to know. */
export type Suggestions = {
  /** The command that they write; null as long as its name is not known. */
  command: Command | null;
  /** What is expected at the caret; null: the name of a command, or nothing. */
  argument: Expected | null;
  suggestions: Suggestion[];
};

/** An argument as somebody is told of it who writes or reads about its command. */
export type Expected = Shaped & Pick<Argument<unknown>, "choices">;

const NOTHING: Suggestions = { command: null, argument: null, suggestions: [] };

type Asked = { conversationId: string; text: string; caret: number };

/**
 * What could stand at the caret of a text that is being written: names of commands that work in the conversation, and what
 * their arguments take, in the caller's language. Nothing where the text is none of a command's; null where the caller may
 * give no commands.
 */
export async function suggestCommands(actor: Actor, asked: Asked): Promise<Suggestions | null> {
  if (actor.kind !== "agent") return null;
  const { conversationId, text, caret: at } = asked;
  const giving = await findGiving(sql, actor, { conversationId, at: now() });
  if (!giving.ok) return null;
  if (text.length > LONGEST_BODY) return NOTHING;
  const { locale } = giving.value;
  const here = commandsHere(giving.value);
  const writer = { eyes: { locale, zone: actor.zone }, at: giving.value.at };
  const caret = caretIn(text, Math.max(0, Math.min(at, text.length)), { find: here.called, writer });
  if (!caret) return NOTHING;
  if (caret.is === "name") return { ...NOTHING, suggestions: suggestNames(here, locale, caret) };
  const command = here.called(caret.command)!;
  const found = await Promise.all(
    caret.wanted.map((argument) =>
      suggestFor(giving.value, { command, argument, typed: caret.typed, others: here.offered }),
    ),
  );
  return { command, argument: caret.wanted[0] ?? null, suggestions: found.flat().map(placedAt(caret)) };
}

function placedAt({ place: { offset, length } }: Caret): (offer: Offer & { command?: Command }) => Suggestion {
  return (offer) => ({ ...offer, from: offset, to: offset + length });
}

function suggestNames({ offered }: CommandsHere, locale: Locale, caret: Caret): Suggestion[] {
  const asked = fold(caret.typed);
  const offers = offered.flatMap((command) => {
    const found = [command.name[locale], ...namesOf(command)].find((name) => fold(name).startsWith(asked));
    const detail = `${usageOf(command, locale)}: ${command.help[locale]}`;
    return found === undefined ? [] : [{ text: `/${found}`, detail, command }];
  });
  return offers.map(placedAt(caret));
}

type Wanting = { command: Command; argument: Wanted; typed: string; others: readonly Command[] };

async function suggestFor(giving: Giving, { command, argument, typed, others }: Wanting): Promise<Offer[]> {
  const { actor, locale, task } = giving;
  const asking = { actor, locale, task, others, sql, typed };
  const own = command.suggests?.[argument.argument];
  if (own) return own(asking);
  const detail = argument.name[locale];
  if (argument.kind === "mention" || argument.kind === "mentions") {
    const people = await suggestPeople(giving, { among: command.among ?? "conversation", asked: typed });
    return people.map(({ handle, name }) => ({ text: `@${handle}`, detail: name }));
  }
  if (argument.kind === "key" || argument.kind === "keys") {
    return [...(await suggestTasks(asking)), ...chosen(argument, typed, locale)];
  }
  if (argument.kind === "instant") return [...suggestTimes(giving, typed), ...chosen(argument, typed, locale)];
  if (argument.kind === "duration") {
    const durations = suggestDurations(giving, typed).map((text) => ({ text, detail }));
    return [...durations, ...chosen(argument, typed, locale)];
  }
  if (argument.kind === "flag") {
    const flag = `--${detail}`;
    // Whoever writes a title is not asked behind each word.
    return typed !== "" && fold(flag).startsWith(fold(typed)) ? [{ text: flag, detail }] : [];
  }
  return chosen(argument, typed, locale);
}

function chosen({ name, choices }: Wanted, typed: string, locale: Locale): Offer[] {
  const isMeant = (said: string) => fold(said).startsWith(fold(typed));
  const detail = name[locale];
  return choices.flatMap(({ names: [en, ru, ...others] }) =>
    [en, ru, ...others].some(isMeant) ? [{ text: locale === "en" ? en : ru, detail }] : [],
  );
}
