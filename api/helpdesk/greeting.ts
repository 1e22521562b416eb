import { houseGreeting } from "../../words/greeting.ts";
import type { Locale } from "../../words/words.ts";

/** What an inbox says to its visitors, by language. */
export type Greetings = Partial<Record<Locale, string>>;

/** The greeting in this language; the house's where nobody has written one. */
export function greetingIn(locale: Locale, greetings: Greetings): string {
  return greetings[locale] ?? houseGreeting[locale];
}
