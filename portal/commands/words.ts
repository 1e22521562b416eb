import { givingWords } from "../../words/giving-commands.ts";
import type { Reader } from "../reader.ts";

/** Answers the words around commands for a reader. */
export function wordsOf({ locale }: Pick<Reader, "locale">): (typeof givingWords)["en"] {
  return givingWords[locale];
}
