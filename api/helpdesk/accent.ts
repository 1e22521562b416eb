import { done, type Outcome, refuse } from "../kernel/outcome.ts";

/** What may stand on an accent: the widget's white and its ink. */
const INKS = ["#ffffff", "#201e1a"] as const;

export type Ink = (typeof INKS)[number];

/** WCAG 2.2 AA for text. */
const LEAST_CONTRAST = 4.5;

const COLOR = /^#[0-9a-f]{6}$/i;

export type AccentRefusal = "accent_invalid" | "accent_too_faint";

/**
 * An accent as it is kept, `#rrggbb` in lower case. Refuses what is no such colour, and one on which neither white nor ink
 * has a contrast of 4.5:1.
 */
export function readAccent(text: string): Outcome<string, AccentRefusal> {
  if (!COLOR.test(text)) return refuse("accent_invalid", ["input", "accentColor"]);
  const accent = text.toLowerCase();
  return contrast(accent, inkOn(accent)) >= LEAST_CONTRAST
    ? done(accent)
    : refuse("accent_too_faint", ["input", "accentColor"]);
}

/** The ink that is read best on this accent. */
export function inkOn(accent: string): Ink {
  const [white, ink] = INKS;
  return contrast(accent, white) >= contrast(accent, ink) ? white : ink;
}

/** WCAG's ratio of two colours, from 1 to 21. */
function contrast(one: string, other: string): number {
  const [lower, higher] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (higher + 0.05) / (lower + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(color.slice(at, at + 2), 16) / 255));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
