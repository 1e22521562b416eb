import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { isStorable } from "../kernel/text.ts";

/** What a site says of a customer: texts, numbers and booleans by short names. null takes one away. */
export type Attributes = Record<string, string | number | boolean | null>;

const KEY = /^[a-z0-9_]{1,40}$/;
const MOST_KEYS = 50;
const MOST_BYTES = 4_096;

/** Attributes as they may be kept; `attributes_invalid` for another shape or another kind of value. */
export function readAttributes(given: unknown): Outcome<Attributes, "attributes_invalid"> {
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  const isFit = isObject && Object.entries(given).every(([key, value]) => KEY.test(key) && isFitValue(value));
  return isFit ? done(given as Attributes) : refuse("attributes_invalid", ["input", "attributes"]);
}

/** What is known once the change is made; `attributes_too_many` for more than 50 or more than 4 kB. */
export function withChange(known: Attributes, change: Attributes): Outcome<Attributes, "attributes_too_many"> {
  const entries = Object.entries({ ...known, ...change }).filter(([, value]) => value !== null);
  const next = Object.fromEntries(entries);
  const isFit = entries.length <= MOST_KEYS && Buffer.byteLength(JSON.stringify(next)) <= MOST_BYTES;
  return isFit ? done(next) : refuse("attributes_too_many", ["input", "attributes"]);
}

function isFitValue(value: unknown): boolean {
  if (typeof value === "string") return isStorable(value);
  return value === null || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
}
