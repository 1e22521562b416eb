import { type PortalWords, portalWords } from "../words/portal.ts";
import { type Eyes, isZone } from "../words/time.ts";
import { type Locale, localeOf } from "../words/words.ts";

/** For whom markup is made: language, zone and words. Fragments shared by many are made for UTC; browsers correct them. */
export type Reader = Eyes & { words: PortalWords; look: Look };

/** How the portal looks to someone, as they chose; rendered by the server, so that nothing flashes. */
export type Look = { theme: "system" | "light" | "dark"; density: "comfortable" | "compact" };

const PLAIN: Look = { theme: "system", density: "comfortable" };

/** Answers the reader for a language tag and a time zone, UTC where the zone is unknown, and for how they set the portal up. */
export function readerFor(person: { locale: string; zone: string } & Partial<Look>): Reader {
  const locale = localeOf(person.locale);
  const { theme = PLAIN.theme, density = PLAIN.density } = person;
  return {
    locale,
    zone: isZone(person.zone) ? person.zone : "UTC",
    words: portalWords[locale],
    look: { theme, density },
  };
}

/** Answers the reader that everyone of one language shares. */
export function sharedReader(locale: Locale): Reader {
  return { locale, zone: "UTC", words: portalWords[locale], look: PLAIN };
}
