import { lowered } from "../kernel/nearest.ts";
import type { RawArgument } from "./command-line.ts";
import { type Argument, type Named, notTaken, type Printing, plain, type Taken, type Words } from "./argument.ts";
import { quoted } from "./quotes.ts";

const HANDLE = /^@[\p{L}\p{N}](?:[._-]?[\p{L}\p{M}\p{N}])*$/u;
const LONGEST_HANDLE = 33;
const KEY = /^([A-Z][A-Z0-9]{1,9})-0*([1-9]\d{0,8})$/i;
const PROJECT = /^[A-Z][A-Z0-9]{1,9}$/;
/** Words that mean themselves, wherever they stand. */
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u;
const PLAIN_TEXT = /^[\p{L}\p{N}][^\s"«»“”„`]*(?: [\p{L}\p{N}][^\s"«»“”„`]*)*$/u;

/** One word, or a text in quotes. */
export function word(name: Named): Argument<string> {
  return {
    ...plain("word", name),
    read: ({ args }) => ({ value: args[0]!.text, words: 1 }),
    print: (value, { quoting }) => printWord(value, quoting),
  };
}

/** Words, and texts in quotes, as many as there are; with or without commas between them. */
export function words(name: Named): Argument<string[]> {
  const read = (given: Words) => {
    const value = given.args.flatMap(listed);
    return value.length === 0 ? notTaken(given) : { value, words: given.args.length };
  };
  const print = (value: string[], { quoting }: Printing) => value.map((one) => printWord(one, quoting)).join(" ");
  return { ...plain("words", name), read, print };
}

/** The rest of the call as it is written, or a text in quotes. It is one line. */
export function text(name: Named): Argument<string> {
  return { ...plain("text", name), read: readText, print: (value, { quoting }) => printText(value, quoting) };
}

/** Somebody's handle, in lower case, without the @. */
export function mention(name: Named): Argument<string> {
  return { ...plain("mention", name), read: single(handleOf), print: (handle) => `@${handle}` };
}

/** Handles, one or more, each once. */
export function mentions(name: Named): Argument<string[]> {
  const print = (handles: string[]) => handles.map((handle) => `@${handle}`).join(" ");
  return { ...plain("mentions", name), read: several(handleOf), print };
}

/** A task's key: `OPS-7`, in capitals. */
export function key(name: Named): Argument<string> {
  return { ...plain("key", name), read: single(keyOf), print: (value) => value };
}

/** Keys of tasks, one or more, each once. */
export function keys(name: Named): Argument<string[]> {
  return { ...plain("keys", name), read: several(keyOf), print: (value) => value.join(" ") };
}

/** Whether a word names one that such an argument takes, or several between commas. */
export function isNameOf(kind: "mention" | "key", said: string): boolean {
  const read = kind === "mention" ? handleOf : keyOf;
  const names = said.split(",").filter((part) => part !== "");
  return names.length > 0 && names.every((name) => read(name) !== null);
}

/** The handle that a word mentions; null if it mentions nobody. */
function handleOf(said: string): string | null {
  return said.length <= LONGEST_HANDLE && HANDLE.test(said) ? lowered(said.slice(1)) : null;
}

function keyOf(said: string): string | null {
  const found = KEY.exec(said);
  return found && `${found[1]!.toUpperCase()}-${found[2]}`;
}

/** A comma behind it belongs to the sentence. */
function single(read: (said: string) => string | null): Argument<string>["read"] {
  return (words) => {
    const [first] = words.args;
    const value = first!.isQuoted ? null : read(first!.text.replace(/,$/, ""));
    return value === null ? notTaken(words) : { value, words: 1 };
  };
}

/** As many as there are, up to the first word that is none. */
function several(read: (said: string) => string | null): Argument<string[]>["read"] {
  return (words) => {
    const found = new Set<string>();
    let taken = 0;
    for (const arg of words.args) {
      const values = arg.isQuoted ? [] : listed(arg).map(read);
      if (values.length === 0 || values.includes(null)) break;
      for (const value of values) found.add(value!);
      taken += 1;
    }
    return taken === 0 ? notTaken(words) : { value: [...found], words: taken };
  };
}

/** What a word lists between commas. */
function listed({ text, isQuoted }: RawArgument): string[] {
  return isQuoted || !text.includes(",") ? [text] : text.split(",").filter((part) => part !== "");
}

function readText({ source, offset, args, hasMore }: Words): Taken<string> {
  const [first] = args;
  if (first!.isQuoted && (hasMore || args.length === 1)) return { value: first!.text, words: 1 };
  let said = "";
  let end = first!.place.offset - offset;
  for (const arg of args) {
    const begin = arg.place.offset - offset;
    const to = begin + arg.place.length;
    const gap = source.slice(end, begin);
    // A flag that was taken out of the text leaves one space.
    said += (gap.trim() === "" ? gap : " ") + (arg.isQuoted ? source.slice(begin, to) : arg.text);
    end = to;
  }
  return { value: said, words: args.length };
}

function printWord(value: string, quoting: Printing["quoting"]): string {
  return quoting === "where needed" && PLAIN.test(value) ? value : quoted(oneLine(value));
}

function printText(value: string, quoting: Printing["quoting"]): string {
  return quoting === "where needed" && PLAIN_TEXT.test(value) ? value : quoted(oneLine(value));
}

/** A command ends with its line. */
function oneLine(value: string): string {
  return value.replace(/[\r\n]+/g, " ");
}

/** A project's key, in capitals, before what else is said: `OPS`. A word that stands alone is none. */
export function project(name: Named): Argument<string> {
  const read = (words: Words) => {
    const [first] = words.args;
    const isOne = !first!.isQuoted && PROJECT.test(first!.text) && words.args.length > 1;
    return isOne ? { value: first!.text, words: 1 } : notTaken(words);
  };
  return { ...plain("project", name), read, print: (value) => value };
}
