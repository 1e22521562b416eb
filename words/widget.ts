import { widgetEn } from "./widget-en.ts";
import { widgetRu } from "./widget-ru.ts";

export type { WidgetWords } from "./widget-en.ts";

/** Every sentence of the customer's chat. */
export const widgetWords = { en: widgetEn, ru: widgetRu };
