import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { isStorable } from "../kernel/text.ts";

const MAX_CHARACTERS = 100;

/**
 * A name as it is kept, without spaces around it and with single ones inside. Refuses an empty one and one of more than
 * 100 characters.
 */
export function readName(text: string): Outcome<string, "name_invalid"> {
  const name = text.trim().replace(/\s+/g, " ");
  const isFit = name.length >= 1 && name.length <= MAX_CHARACTERS && isStorable(name);
  return isFit ? done(name) : refuse("name_invalid", ["input", "name"]);
}
