import { type Refused, refuse } from "../kernel/outcome.ts";

/** The longest body, in UTF-16 code units, as browsers count. */
export const LONGEST_BODY = 10_000;

/** As much of a text that the house says as a message takes: whole lines, or the beginning of a single one. */
export function shortened(text: string): string {
  if (text.length <= LONGEST_BODY) return text;
  const end = text.lastIndexOf("\n", LONGEST_BODY);
  // Half of a character is no text.
  return end > 0 ? text.slice(0, end) : text.slice(0, LONGEST_BODY).replace(/[\uD800-\uDBFF]$/, "");
}

export type BodyRefusal = "body_empty" | "body_too_long" | "body_has_nul" | "body_not_unicode";

export type Visibility = "everyone" | "staff";

/**
 * Refuses a body that is blank, longer than `LONGEST_BODY`, or no text: NUL, lone surrogates. Bidirectional and other
 * control characters are part of real text and pass.
 */
export function refuseBody(body: string): Refused<BodyRefusal> | undefined {
  const path = ["input", "body"];
  if (body.trim() === "") return refuse("body_empty", path);
  if (body.length > LONGEST_BODY) return refuse("body_too_long", path);
  if (body.includes("\0")) return refuse("body_has_nul", path);
  if (!body.isWellFormed()) return refuse("body_not_unicode", path);
  return undefined;
}
