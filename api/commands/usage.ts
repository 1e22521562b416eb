import type { Locale } from "../../words/words.ts";
import type { Argument } from "./argument.ts";
import type { Grammar } from "./definition.ts";

/** How a command is written, in a language: its name, and what stands behind it. */
export function usageOf({ name, args }: Grammar, locale: Locale): string {
  return [`/${name[locale]}`, ...Object.values(args).map((argument) => shapeOf(argument, locale))].join(" ");
}

/** What of an argument is told where its command is explained. */
export type Shaped = Pick<Argument<unknown>, "kind" | "name" | "isOptional">;

/** What stands for an argument where a command is explained. What may be left out stands in brackets. */
export function shapeOf({ kind, name, isOptional }: Shaped, locale: Locale): string {
  const shape = shapes[kind]?.(name[locale]) ?? name[locale];
  return isOptional || kind === "flag" ? `[${shape}]` : shape;
}

const shapes: Partial<Record<Argument<unknown>["kind"], (name: string) => string>> = {
  mention: (name) => `@${name}`,
  mentions: (name) => `@${name} ...`,
  keys: (name) => `${name} ...`,
  words: (name) => `${name} ...`,
  flag: (name) => `--${name}`,
};
