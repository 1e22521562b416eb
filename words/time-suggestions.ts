import type { Locale } from "./words.ts";

/** Times that people often say, as they may be written where one is asked for. */
export const oftenSaid: Record<Locale, { instants: readonly string[]; durations: readonly string[] }> = {
  en: {
    instants: ["today 18:00", "tomorrow", "tomorrow 10:00", "friday 18:00", "monday", "next week", "in 2 hours"],
    durations: ["30m", "1h", "2h", "4h", "1d"],
  },
  ru: {
    instants: [
      "сегодня в 18:00",
      "завтра",
      "завтра в 10:00",
      "в пятницу в 18:00",
      "в понедельник",
      "через неделю",
      "через 2 часа",
    ],
    durations: ["30 мин", "1 ч", "2 ч", "4 ч", "1 д"],
  },
};
