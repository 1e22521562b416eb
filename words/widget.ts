import { formEn } from "./form-en.ts";
import { talkEn } from "./talk-en.ts";
import { type FirstWords, widgetEn } from "./widget-en.ts";
import { widgetRu } from "./widget-ru.ts";

export type { FirstWords } from "./widget-en.ts";
export type WidgetWords = FirstWords & typeof talkEn & typeof formEn;

/** Every sentence of the customer's chat. */
export const widgetWords = { en: { ...widgetEn, ...talkEn, ...formEn }, ru: widgetRu };
