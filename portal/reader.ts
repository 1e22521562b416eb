import { type PortalWords, portalWords } from "../words/portal.ts";
import { type Eyes, isZone } from "../words/time.ts";
import { type Locale, localeOf } from "../words/words.ts";

/** For whom markup is made: language, zone and words. Fragments shared by many are made for UTC; browsers correct them. */
export type Reader = Eyes & { words: PortalWords };

/** Answers the reader for a language tag and a time zone; UTC where the zone is unknown. */
export function readerFor(person: { locale: string; zone: string }): Reader {
  const locale = localeOf(person.locale);
  return { locale, zone: isZone(person.zone) ? person.zone : "UTC", words: portalWords[locale] };
}

/** Answers the reader that everyone of one language shares. */
export function sharedReader(locale: Locale): Reader {
  return { locale, zone: "UTC", words: portalWords[locale] };
}
