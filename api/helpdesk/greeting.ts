import { houseGreeting } from "../../words/greeting.ts";
import type { Locale } from "../../words/words.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { isStorable } from "../kernel/text.ts";

const MAX_CHARACTERS = 200;

/** What an inbox says to its visitors, by language. */
export type Greetings = Partial<Record<Locale, string>>;

/** The greeting in this language; the house's where nobody has written one. */
export function greetingIn(locale: Locale, greetings: Greetings): string {
  return greetings[locale] ?? houseGreeting[locale];
}

/** A greeting as it is kept; "" for none of one's own. Refuses more than 200 characters. */
export function readGreeting(locale: Locale, text: string): Outcome<string, "greeting_too_long"> {
  const greeting = text.trim().replace(/\s+/g, " ");
  const isFit = greeting.length <= MAX_CHARACTERS && isStorable(greeting);
  return isFit ? done(greeting) : refuse("greeting_too_long", ["input", "greetings", locale]);
}
