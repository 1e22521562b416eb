import type { TicketView } from "../../api/helpdesk/ticket-lists.ts";
import type { Status } from "../paths.ts";

/** What a list holds: whose conversations, and of which condition. */
export type InboxView = { whose: TicketView; condition: Status | "any" };

/** What stands in the list's place: a view, or what a search for these words found. */
export type Listing = InboxView | { asked: string };

/** Whose they are, in the order of the navigation. */
export const whoseViews: readonly TicketView[] = ["mine", "unassigned", "all"];

/** The conditions, in the order of the tabs. */
export const conditions: readonly InboxView["condition"][] = ["open", "pending", "resolved", "closed", "any"];

/** What an agent sees who asks for nothing else: all that is open. */
export const usualView: InboxView = { whose: "all", condition: "open" };

type Query = Record<string, unknown>;

/** Answers the view that an address asks for; whatever it does not know is as usual. */
export function viewOf({ whose, status }: Query): InboxView {
  return {
    whose: whoseViews.find((known) => known === whose) ?? usualView.whose,
    condition: conditions.find((known) => known === status) ?? usualView.condition,
  };
}

/** Answers the words that an address asks for; empty where there are none. */
export function askedIn({ q }: Query): string {
  return typeof q === "string" ? q.trim() : "";
}

/** Answers the list that the address of a conversation asks for beside it; null where it leaves that open. */
export function besideIn(query: Query): Listing | null {
  if (query.q !== undefined) return { asked: askedIn(query) };
  return query.whose === undefined && query.status === undefined ? null : viewOf(query);
}

/** Answers the query of an address that asks for the view; empty for the usual one. */
export function queryOf({ whose, condition }: InboxView): Record<string, string> {
  return {
    ...(whose !== usualView.whose && { whose }),
    ...(condition !== usualView.condition && { status: condition }),
  };
}

/** Answers the query of a conversation's address that asks for this list beside it; empty for the usual view. */
export function queryBeside(listing: Listing): Record<string, string> {
  return "asked" in listing ? { q: listing.asked } : queryOf(listing);
}
