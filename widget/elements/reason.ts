import type { WidgetWords } from "../../words/widget.ts";
import type { Refusal } from "../operations.ts";

/** Why the API refused, in the customer's words; in the API's own where the chat has none. */
export function reason(refusal: Refusal, { refusals }: WidgetWords): string {
  return refusals[refusal.code as keyof typeof refusals] ?? refusal.says;
}
