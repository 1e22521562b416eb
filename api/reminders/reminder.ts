import { type Outcome, done, refuse } from "../kernel/outcome.ts";
import { isStorable } from "../kernel/text.ts";
import { instantOfWall } from "../kernel/wall-clock.ts";
import { readWhen, type When } from "../kernel/words-to-instant.ts";
import type { Eyes } from "../../words/time.ts";

/** When somebody wants to be reminded: at an instant, or as they say it. */
export type GivenTime = { at: Date } | { words: string };

/** A reminder says so much at most, in UTF-16 code units. */
export const LONGEST_TEXT = 500;
/** So many that lie ahead may somebody ask for, for one person: what others ask for leaves them theirs. */
export const MOST_AHEAD = 200;
const LATEST_MS = 10 * 366 * 86_400_000;
/** The hour at which a day reminds: at nine in the morning. */
const MORNING_MS = 9 * 3_600_000;

/** What a reminder says, without the space around it; nothing is enough. */
export function readText(text: string): Outcome<string, "reminder_text_invalid"> {
  const said = text.trim();
  return said.length <= LONGEST_TEXT && isStorable(said)
    ? done(said)
    : refuse("reminder_text_invalid", ["input", "text"]);
}

/** The instant that was given or said. Refuses what has passed, what is further off than ten years, and words that say none. */
export function readTime(given: GivenTime, from: Date, eyes: Eyes): Outcome<Date, "reminder_time_invalid"> {
  const at = "at" in given ? given.at : instantIn(given.words, from, eyes);
  const ahead = at ? at.getTime() - from.getTime() : 0;
  return at && ahead > 0 && ahead <= LATEST_MS ? done(at) : refuse("reminder_time_invalid", ["input", "time"]);
}

function instantIn(words: string, from: Date, eyes: Eyes): Date | undefined {
  const said = readWhen(words.trim(), from, eyes);
  return said?.end === words.trim().length ? instantOf(said.when, eyes.zone) : undefined;
}

/** When it reminds: a day at nine in the morning, as the clock in the zone shows it. */
export function instantOf(when: When, zone: string): Date {
  if (when.kind === "instant") return when.at;
  return new Date(instantOfWall(Date.parse(when.date) + MORNING_MS, zone));
}
