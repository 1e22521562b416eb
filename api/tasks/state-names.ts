import { nameIn } from "../../words/workflows.ts";
import type { Locale } from "../../words/words.ts";

/** What a state or a move is called in each language. */
export function bothNames({ name }: { name: string }): Record<Locale, string> {
  return { en: nameIn("en", name), ru: nameIn("ru", name) };
}
