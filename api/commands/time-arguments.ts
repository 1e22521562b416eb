import { type Said, printDuration, readDuration } from "../kernel/words-to-duration.ts";
import { unreadBehind } from "../kernel/time-wording.ts";
import { MOST_LENGTH, printWhen, readWhen, type When } from "../kernel/words-to-instant.ts";
import {
  type Argument,
  isForLater,
  type Named,
  notTaken,
  plain,
  type Taken,
  type NotTaken,
  type Words,
} from "./argument.ts";
import { placeOf } from "./place.ts";

const PUNCTUATION = /^[,.;:]*$/;

/**
 * A day or an instant, in words of either language or as ISO 8601: `tomorrow at 18:00`, `через 2 часа`, `2026-12-25`. Words that go on to
 * say a time which is not understood are none of it: what was meant is not what was read.
 */
export function instant(name: Named): Argument<When> {
  const read: Argument<When>["read"] = (words, { eyes, at }) =>
    take(words, (said) => {
      const found = readWhen(said, at, eyes);
      return found && { value: found.when, end: found.end, unread: unreadBehind(said, found.end) };
    });
  return { ...plain("instant", name), read, print: printWhen };
}

/** How long something takes, in minutes: `2h`, `1d 4h`, `30 мин`. A day has 24 hours. */
export function duration(name: Named): Argument<number> {
  const read = (words: Words) => take(words, (said) => minutesOf(readDuration(said)));
  return { ...plain("duration", name), read, print: printDuration };
}

function minutesOf(said: Said | null) {
  return said && { value: said.minutes, end: said.end };
}

/** What words say: a value, where its words end, and how much behind them it should have said but does not. */
type Found<Value> = { value: Value; end: number; unread?: number };

/** Takes the words that a value is said in; these end where a word ends. */
function take<Value>(words: Words, read: (said: string) => Found<Value> | null): Taken<Value> | NotTaken {
  const { source, offset, args } = words;
  const [first] = args;
  if (isForLater(words)) return notTaken(words);
  if (first!.isQuoted) {
    const found = read(first!.text);
    return found?.end === first!.text.length ? { value: found.value, words: 1 } : notTaken(words);
  }
  const begin = first!.place.offset - offset;
  const said = source.slice(begin, begin + MOST_LENGTH);
  const found = read(said);
  if (found === null) return notTaken(words);
  const end = begin + found.end;
  if (found.unread) return { place: placeOf(offset + begin, offset + end + found.unread), nearest: null };
  let count = 0;
  while (count < args.length && args[count]!.place.offset - offset < end) count += 1;
  const { place } = args[count - 1]!;
  const behind = source.slice(end, place.offset - offset + place.length);
  return PUNCTUATION.test(behind) ? { value: found.value, words: count } : notTaken(words);
}
