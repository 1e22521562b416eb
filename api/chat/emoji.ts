import { gemoji, nameToEmoji } from "gemoji";

/** Browsers and keyboards write many emoji with or without it. */
const PRESENTATION = /\ufe0f/g;

const known = new Map(gemoji.map(({ emoji }) => [bare(emoji), emoji]));

/** The emoji that a text is: itself, or its shortcode with or without colons; undefined for one that is not known. */
export function readEmoji(text: string): string | undefined {
  const name = text.replace(/^:(.+):$/, "$1");
  return Object.hasOwn(nameToEmoji, name) ? nameToEmoji[name] : known.get(bare(text));
}

function bare(emoji: string): string {
  return emoji.replace(PRESENTATION, "");
}

const MOST_FOUND = 16;

/** The emoji whose shortcode begins so, then those that are called or described so; each with its first shortcode. */
export function findEmoji(asked: string): { emoji: string; name: string }[] {
  const wanted = asked.trim().toLowerCase().replace(/^:|:$/g, "");
  if (wanted === "") return [];
  const begins = gemoji.filter(({ names }) => names.some((name) => name.startsWith(wanted.replaceAll(" ", "_"))));
  const holds = gemoji.filter(({ names, tags, description }) =>
    [...names, ...tags, description].join(" ").includes(wanted),
  );
  return [...new Set([...begins, ...holds])]
    .slice(0, MOST_FOUND)
    .map(({ emoji, names }) => ({ emoji, name: names[0]! }));
}
