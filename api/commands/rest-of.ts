import type { CommandCall } from "./command-line.ts";

export function restOf({ args, source, place }: CommandCall): string {
  const [first] = args;
  if (!first) return "";
  if (first.isQuoted && args.length === 1) return first.text;
  return source.slice(first.place.offset - place.offset);
}

export function handlesIn({ args }: CommandCall): string[] {
  return args.map(({ text }) => text.replace(/^@/, "").toLowerCase());
}
