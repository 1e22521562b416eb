import { type WidgetWords, widgetEn } from "../words/widget-en.ts";
import type { Locale } from "../words/words.ts";

const known = new Map<Locale, WidgetWords>([["en", widgetEn]]);

/** The words of a language. Those of others than English are fetched: until they are there the answer is null, and `onFetched` is called then. Where they cannot be fetched, English serves. */
export function wordsIn(locale: Locale, onFetched: () => void): WidgetWords | null {
  const words = known.get(locale);
  if (words) return words;
  void import("../words/widget-ru.ts")
    .then(({ widgetRu }) => known.set(locale, widgetRu))
    .catch(() => known.set(locale, widgetEn))
    .then(onFetched);
  return null;
}
