import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";

/** A task that a message names by its key. */
export type NamedTask = { key: string; id: string };

/** A task's key, nothing else written against it. */
const KEY = /(?<![\p{L}\p{N}_-])[A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,8}(?![\p{L}\p{N}_-])/gu;

/** Answers what in a text looks like the keys of tasks, each once. */
export function keysIn(text: string): string[] {
  return [...new Set(text.match(KEY))];
}

/** Answers words with a way to each of these tasks where they name it. */
export function linkKeys(words: string, tasks: readonly NamedTask[]): (Html | string)[] {
  if (tasks.length === 0) return [words];
  const ids = new Map(tasks.map(({ key, id }) => [key, id]));
  const parts: (Html | string)[] = [];
  let from = 0;
  for (const { 0: key, index } of words.matchAll(KEY)) {
    const id = ids.get(key);
    if (id === undefined) continue;
    parts.push(words.slice(from, index), html`<a href="${paths.conversation(id)}">${key}</a>`);
    from = index + key.length;
  }
  return [...parts, words.slice(from)];
}
