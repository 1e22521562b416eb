import { workflowEditorWords } from "../../words/workflow-editor.ts";
import type { Reader } from "../reader.ts";

export type EditorWords = (typeof workflowEditorWords)["en"];

/** Answers the words of the workflow's screen for a reader. */
export function wordsOf({ locale }: Pick<Reader, "locale">): EditorWords {
  return workflowEditorWords[locale];
}
