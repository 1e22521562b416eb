import { dayKey, type Eyes } from "../../words/time.ts";

/** What decides how a line stands under the one before it. Both the server and the browser ask. */
export type Line = { authorId: string | null; isNote: boolean; at: Date };

const CONTINUES_WITHIN_MS = 5 * 60_000;

/** Whether a message goes on from the line before, so that picture and name need not be said again. */
export function continues(line: Line, before: Line | null, eyes: Eyes): boolean {
  if (!before || line.authorId === null || line.authorId !== before.authorId || line.isNote !== before.isNote)
    return false;
  return line.at.getTime() - before.at.getTime() < CONTINUES_WITHIN_MS && !opensDay(line, before, eyes);
}

/** Whether a line is the first of its day, where the reader is. */
export function opensDay(line: Line, before: Line | null, eyes: Eyes): boolean {
  return !before || dayKey(line.at, eyes) !== dayKey(before.at, eyes);
}
