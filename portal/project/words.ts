import { type ProjectWords, projectWords } from "../../words/projects.ts";
import type { Reader } from "../reader.ts";

/** Answers the words of projects and boards for a reader. */
export function wordsOf({ locale }: Pick<Reader, "locale">): ProjectWords {
  return projectWords[locale];
}
