import type { Locale } from "../../words/words.ts";
import type { Argument, ArgumentKind } from "./argument.ts";
import { lowered } from "../kernel/nearest.ts";
import type { Arguments, Grammar, Values } from "./definition.ts";

/** What ends where its word ends, so that a text behind it begins with the next. */
const SINGLE: ReadonlySet<ArgumentKind> = new Set(["word", "mention", "key"]);

/**
 * A command as its canonical line, in either language: read again it says the same. Times are written as ISO 8601, flags last,
 * texts in quotes where they could be read otherwise; a text's line breaks become spaces.
 */
export function printCommand<Args extends Arguments>(
  { name, args }: Grammar<Args>,
  values: Values<Args>,
  locale: Locale,
): string {
  const said = Object.entries(args).map(([key, argument]) => ({ argument, value: values[key] as unknown }));
  const written = said.filter(({ argument }) => argument.kind !== "flag");
  const words = written.map(({ argument, value }, index) => {
    if (value === null) return "";
    const before = written.slice(0, index).every((one) => SINGLE.has(one.argument.kind) && !one.argument.isOptional);
    const isLast = argument.kind !== "text" || index === written.length - 1;
    return print(argument, value, { locale, quoting: before && isLast ? "where needed" : "always" });
  });
  const flags = said.filter(({ argument, value }) => argument.kind === "flag" && value === true);
  const set = flags.map(({ argument, value }) => print(argument, value, { locale, quoting: "always" }));
  return [`/${lowered(name[locale])}`, ...words, ...set].filter((part) => part !== "").join(" ");
}

function print(
  argument: Argument<unknown>,
  value: unknown,
  printing: Parameters<Argument<unknown>["print"]>[1],
): string {
  return argument.print(value as never, printing);
}
