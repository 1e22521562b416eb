import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { isStorable } from "../kernel/text.ts";

const SHAPE = /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/;
const MAX_CHARACTERS = 254;

/** An e-mail address as it is kept, in lower case. Refuses what cannot be one; whether somebody reads it is not known. */
export function readEmail(text: string): Outcome<string, "email_invalid"> {
  const email = text.trim().toLowerCase();
  const isFit = SHAPE.test(email) && email.length <= MAX_CHARACTERS && isStorable(email);
  return isFit ? done(email) : refuse("email_invalid", ["input", "email"]);
}
