/** The languages Beseda speaks. */
export type Locale = "en" | "ru";

/** Answers the language of ours that is nearest to a BCP 47 tag; English when nothing fits or nothing was said. */
export function localeOf(tag: string | null | undefined): Locale {
  return tag?.toLowerCase().split(/[-_]/)[0] === "ru" ? "ru" : "en";
}

/** Answers the first of our languages in an Accept-Language header, for people who have not signed in yet. */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  for (const part of (acceptLanguage ?? "").split(",")) {
    const tag = part.trim().split(";")[0]!.toLowerCase();
    if (tag.startsWith("ru")) return "ru";
    if (tag.startsWith("en")) return "en";
  }
  return "en";
}

/** Word forms by plural category; `other` serves every category that is not given. */
export type Forms = { one?: string; few?: string; many?: string; other: string };

const pluralRules = { en: new Intl.PluralRules("en"), ru: new Intl.PluralRules("ru") };
const numberFormats = { en: new Intl.NumberFormat("en-GB"), ru: new Intl.NumberFormat("ru-RU") };

/** Answers a number with thin spaces between its thousands. */
export function numberIn(locale: Locale, count: number): string {
  return numberFormats[locale].format(count).replace(/[,\u00a0]/g, "\u202f");
}

/** Answers the count and its word, as "3 replies", with a no-break space between them. */
export function plural(locale: Locale, count: number, forms: Forms): string {
  const category = pluralRules[locale].select(count) as keyof Forms;
  return `${numberIn(locale, count)}\u00a0${forms[category] ?? forms.other}`;
}

/** Answers names as a sentence lists them: "Ann, Ben and Irina". */
export function listOf(locale: Locale, names: readonly string[]): string {
  return new Intl.ListFormat(locale === "en" ? "en-GB" : locale).format(names);
}

/** Answers names of which one may be chosen: "low, normal or high". */
export function eitherOf(locale: Locale, names: readonly string[]): string {
  return new Intl.ListFormat(locale === "en" ? "en-GB" : locale, { type: "disjunction" }).format(names);
}
