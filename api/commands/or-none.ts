import type { Argument, Choice } from "./argument.ts";
import { fold } from "../kernel/nearest.ts";

/** What takes something away. */
export const NONE = "none";
const none: Choice = { value: NONE, names: [NONE, "нет"] };

/** What an argument takes, or `none`. */
export function orNone<Value>(argument: Argument<Value>): Argument<Value | typeof NONE> {
  const { name, read, print } = argument;
  return {
    ...argument,
    name: { en: `${name.en}|${none.names[0]}`, ru: `${name.ru}|${none.names[1]}` },
    choices: [...argument.choices, none],
    read: (words, writer) => {
      const [first] = words.args;
      const isNone = !first!.isQuoted && none.names.includes(fold(first!.text));
      return isNone ? { value: NONE, words: 1 } : read(words, writer);
    },
    print: (value, printing) =>
      value === NONE ? none.names[printing.locale === "en" ? 0 : 1] : print(value as NonNullable<Value>, printing),
  };
}
