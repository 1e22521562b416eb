import type { TicketView } from "../../api/helpdesk/ticket-lists.ts";
import type { Status } from "../paths.ts";

/** What a list holds: whose conversations, and of which condition. */
export type InboxView = { whose: TicketView; condition: Status | "any" };

/** Whose they are, in the order of the navigation. */
export const whoseViews: readonly TicketView[] = ["mine", "unassigned", "all"];

/** The conditions, in the order of the tabs. */
export const conditions: readonly InboxView["condition"][] = ["open", "pending", "resolved", "closed", "any"];

/** What an agent sees who asks for nothing else: all that is open. */
export const usualView: InboxView = { whose: "all", condition: "open" };

/** Answers the view that an address asks for; whatever it does not know is as usual. */
export function viewOf({ whose, status }: Record<string, unknown>): InboxView {
  return {
    whose: whoseViews.find((known) => known === whose) ?? usualView.whose,
    condition: conditions.find((known) => known === status) ?? usualView.condition,
  };
}

/** Answers the query of an address that asks for the view; empty for the usual one. */
export function queryOf({ whose, condition }: InboxView): Record<string, string> {
  return {
    ...(whose !== usualView.whose && { whose }),
    ...(condition !== usualView.condition && { status: condition }),
  };
}
