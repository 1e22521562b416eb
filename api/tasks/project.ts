import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { isStorable } from "../kernel/text.ts";

const KEY = /^[A-Z][A-Z0-9]{1,9}$/;
const LONGEST_NAME = 80;

/** A project's key as it is kept: 2 to 10 letters A-Z and digits, a letter first. */
export function readProjectKey(text: string): Outcome<string, "project_key_invalid"> {
  const key = text.trim().toUpperCase();
  return KEY.test(key) ? done(key) : refuse("project_key_invalid", ["input", "key"]);
}

/** A project's name as it is kept: 1 to 80 characters, with single spaces inside. */
export function readProjectName(text: string): Outcome<string, "project_name_invalid"> {
  const name = text.trim().replace(/\s+/g, " ");
  const isFit = name.length >= 1 && name.length <= LONGEST_NAME && isStorable(name);
  return isFit ? done(name) : refuse("project_name_invalid", ["input", "name"]);
}
