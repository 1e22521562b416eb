import { type Outcome, refuse } from "../../kernel/outcome.ts";
import { type RefreshVisitInput, refreshVisit } from "../../people/actions/refresh-visit.ts";
import type { Visit } from "../../people/visitor-token.ts";
import { allowsOrigin } from "../queries.ts";

/** Refreshes a visit while its site is still on the inbox's list: taking a site off ends its visits within 15 minutes. */
export async function continueVisit(
  input: RefreshVisitInput,
): Promise<Outcome<Visit, "visit_ended" | "origin_not_allowed">> {
  const refreshed = await refreshVisit(input);
  if (!refreshed.ok) return refreshed;
  return (await allowsOrigin(refreshed.value, input.origin)) ? refreshed : refuse("origin_not_allowed");
}
