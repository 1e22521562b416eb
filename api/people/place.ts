/** Whether the text is a BCP 47 tag of a language, of up to 35 characters. */
export function isLocale(tag: string): boolean {
  try {
    return tag.length <= 35 && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** Whether the text is the IANA name of a time zone. */
export function isZone(zone: string): boolean {
  try {
    return zone.length <= 64 && Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}
