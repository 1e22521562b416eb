import { filterFields, filterWords } from "../../words/task-filter.ts";
import type { Locale } from "../../words/words.ts";
import type { FilterProblem } from "./filter.ts";

/** What is wrong with a filter, in a sentence. */
export function tellFilterProblem({ kind, field, word, nearest: near }: FilterProblem, locale: Locale): string {
  const words = filterWords[locale];
  const name = field === null ? "" : filterFields[field][locale][0];
  switch (kind) {
    case "field_unknown":
      return words.fieldUnknown(word, near);
    case "value_unknown":
      return words.valueUnknown(name, { word, near });
    case "value_missing":
      return words.valueMissing(name);
    case "quote_open":
      return words.quoteOpen;
    case "unfit":
      return words.unfit;
    case "too_long":
      return words.tooLong;
  }
}
