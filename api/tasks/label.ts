import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { isStorable } from "../kernel/text.ts";

/** The colours that a label may have: each is a token of the design, in light and in dark. */
export const COLOURS = ["grey", "red", "orange", "yellow", "green", "blue", "violet"] as const;
export type Colour = (typeof COLOURS)[number];

/** The most labels of a project, and of a task. */
export const MOST_LABELS = 100;
export const MOST_ON_TASK = 20;

const LONGEST_NAME = 40;

/** A label's name as it is kept, and what there is only one of in its project: the name, however it is written. */
export function readLabelName(text: string): Outcome<{ name: string; key: string }, "label_name_invalid"> {
  const name = text.trim().replace(/\s+/g, " ");
  const isFit = name.length >= 1 && name.length <= LONGEST_NAME && isStorable(name);
  return isFit ? done({ name, key: keyOfLabel(name) }) : refuse("label_name_invalid", ["input", "name"]);
}

/** What a label is found by. */
export function keyOfLabel(name: string): string {
  // There and back: letters that differ in one case may be the same in the other, as ß and ẞ.
  return name.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase().normalize("NFKC");
}
