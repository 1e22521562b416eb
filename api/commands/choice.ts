import { type Argument, type Choice, isForLater, type Named, notTaken, plain, type Words } from "./argument.ts";
import { fold, nearest } from "../kernel/nearest.ts";
import { quoted } from "./quotes.ts";

/** What each value is called: in English, in Russian, and otherwise. */
export type Choices<Value extends string> = Readonly<Record<Value, Choice["names"]>>;

const PLAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*(?: [\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*)*$/u;

/** One of a few values, by what it is called in either language, in any case: `high`, `высокий`. */
export function choice<Value extends string>(name: Named, table: Choices<Value>): Argument<Value> {
  const choices = Object.entries(table).map(([value, names]) => ({ value, names: names as Choice["names"] }));
  const byName = new Map(
    choices.flatMap(({ value, names }) => names.map((one) => [fold(one), value as Value] as const)),
  );
  const longest = Math.max(...[...byName.keys()].map((one) => one.split(" ").length));
  const read = (words: Words) => {
    if (isForLater(words)) return notTaken(words);
    for (let count = Math.min(longest, words.args.length); count > 0; count -= 1) {
      const said = words.args.slice(0, count).map(({ text }) => fold(text));
      const value = byName.get(said.join(" "));
      if (value !== undefined) return { value, words: count };
    }
    return notTaken(words, nearestOf(words, longest, byName.keys()));
  };
  const print: Argument<Value>["print"] = (value, { locale }) => {
    const [en, ru] = table[value as Value];
    const said = locale === "en" ? en : ru;
    return PLAIN.test(said) ? said : quoted(said);
  };
  return { ...plain("choice", name), choices, read, print };
}

/** What was probably meant, by as many words as a name may have. */
function nearestOf({ args }: Words, longest: number, names: Iterable<string>): string | null {
  const known = [...names];
  for (let count = Math.min(longest, args.length); count > 0; count -= 1) {
    const said = args.slice(0, count).map(({ text }) => text);
    const near = nearest(said.join(" "), known);
    if (near !== null) return near;
  }
  return null;
}

/** What somebody sets by writing `--name`, wherever it stands among the arguments. */
export function flag(name: Named): Argument<boolean> {
  return {
    ...plain("flag", name),
    isOptional: true,
    read: (words) => notTaken(words),
    print: (_value, { locale }) => `--${name[locale]}`,
  };
}
