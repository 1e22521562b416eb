import { type FirstWords, widgetEn } from "../words/widget-en.ts";
import type { WidgetWords } from "../words/widget.ts";
import type { Locale } from "../words/words.ts";

const known = new Map<Locale, FirstWords>([["en", widgetEn]]);

/** The words of a language. Those of others than English are fetched, all at once: until they are there the answer is null, and `onFetched` is called then. Where they cannot be fetched, English serves. */
export function wordsIn(locale: Locale, onFetched: () => void): FirstWords | null {
  const words = known.get(locale);
  if (words) return words;
  void import("../words/widget-ru.ts")
    .then(({ widgetRu }) => known.set(locale, widgetRu))
    .catch(() => known.set(locale, widgetEn))
    .then(onFetched);
  return null;
}

/** The English words of a part, which come with it: before its elements, that show them, are defined. */
export function addEnglish(words: Partial<WidgetWords>): void {
  Object.assign(widgetEn, words);
}
