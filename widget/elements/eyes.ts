import type { Eyes } from "../../words/time.ts";
import { localeOf } from "../../words/words.ts";

/** In which language and zone a chat is read: its own locale, else the page's, else the browser's. */
export function eyesOf(chat: HTMLElement & { locale: string }): Eyes {
  const tag = chat.locale || chat.closest("[lang]")?.getAttribute("lang") || navigator.language;
  return { locale: localeOf(tag), zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}
