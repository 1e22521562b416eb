import type { Locale } from "./words.ts";

/** What the house's own bot is called, which answers commands. */
export const botNames: Record<Locale, string> = { en: "Beseda", ru: "Беседа" };
