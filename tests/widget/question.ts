import { documentIds } from "../../widget/document-ids.ts";

export type Question = keyof typeof documentIds;

/** Which of the widget's questions a document's name stands for. */
export function questionOf(documentId: string): Question {
  return (Object.keys(documentIds) as Question[]).find((question) => documentIds[question] === documentId)!;
}
