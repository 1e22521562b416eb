import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { isStorable } from "../kernel/text.ts";

export const LONGEST_TITLE = 200;
/** In UTF-16 code units, as browsers count. */
export const LONGEST_DESCRIPTION = 10_000;
/** A year. */
export const LONGEST_ESTIMATE_MINUTES = 525_600;

/** A task's title as it is kept: one line of 1 to 200 characters, with single spaces inside. */
export function readTitle(text: string): Outcome<string, "task_title_invalid"> {
  const title = text.trim().replace(/\s+/g, " ");
  const isFit = title.length >= 1 && title.length <= LONGEST_TITLE && isStorable(title);
  return isFit ? done(title) : refuse("task_title_invalid", ["input", "title"]);
}

/** What a task is about, as it was written: up to 10,000 characters of Markdown; a blank one is none. */
export function readDescription(text: string): Outcome<string, "task_description_invalid"> {
  if (text.length > LONGEST_DESCRIPTION || !isStorable(text))
    return refuse("task_description_invalid", ["input", "description"]);
  return done(text.trim() === "" ? "" : text);
}

/** How long it is thought to take, in whole minutes up to a year; null: not said. */
export function readEstimate(minutes: number | null): Outcome<number | null, "task_estimate_invalid"> {
  const isFit = minutes === null || (Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_ESTIMATE_MINUTES);
  return isFit ? done(minutes) : refuse("task_estimate_invalid", ["input", "estimateMinutes"]);
}

/** What people call a task by: its project's key and its number there. */
export function keyOfTask(project: { key: string }, { number }: { number: number }): string {
  return `${project.key}-${number}`;
}

const TASK_KEY = /^([A-Z][A-Z0-9]{1,9})-([1-9][0-9]{0,8})$/;

/** The project's key and the number that a task's key names, in whatever case it is written; undefined: it is none. */
export function readTaskKey(text: string): { projectKey: string; number: number } | undefined {
  const [, projectKey, number] = TASK_KEY.exec(text.trim().toUpperCase()) ?? [];
  return projectKey === undefined ? undefined : { projectKey, number: Number(number) };
}
