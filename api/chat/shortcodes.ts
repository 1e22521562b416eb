import { nameToEmoji } from "gemoji";
import { rewriteWords } from "../../markdown/rewrite.ts";

const SHORTCODE = /(?<!\w):([a-z0-9_+-]+):(?!\w)/g;

/** The text with the emoji that its shortcodes name, as in `:smile:`; an unknown one, code and links stay as they are. */
export function withEmoji(body: string): string {
  if (!body.includes(":")) return body;
  return rewriteWords(body, (words) =>
    words.replace(SHORTCODE, (code, name: string) => (Object.hasOwn(nameToEmoji, name) ? nameToEmoji[name]! : code)),
  );
}
