import { now } from "../../kernel/clock.ts";
import { newId } from "../../kernel/id.ts";
import { done, type Outcome, type Refused, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { startVisitor } from "../../people/actions/start-visitor.ts";
import { isLocale, isZone } from "../../people/place.ts";
import { findVisitor } from "../../people/sign-in-queries.ts";
import { issueVisit, type Visit } from "../../people/visitor-token.ts";
import { findInboxByKey } from "../queries.ts";

export type StartVisitInput = {
  inboxKey: string;
  clientId: string;
  locale: string | null;
  zone: string | null;
  /** The request's Origin header. */
  origin: string | undefined;
};

export type StartVisitRefusal =
  | "inbox_not_found"
  | "origin_not_allowed"
  | "locale_invalid"
  | "zone_invalid"
  | "client_id_invalid"
  | "client_id_conflict"
  | "visit_ended";

/** How long a lost answer may be asked for again; later, the clientId opens nothing any more. */
const RECALL_MS = 15 * 60_000;

/**
 * Lets a browser in at an inbox as a new anonymous visitor, if the site that embeds the widget is on the inbox's list.
 * A retry under the same clientId is the same visitor.
 */
export async function startVisit(input: StartVisitInput): Promise<Outcome<Visit, StartVisitRefusal>> {
  const unfit = refuseClientId(input.clientId) ?? refusePlace(input);
  if (unfit) return unfit;
  const inbox = await findInboxByKey(input.inboxKey);
  if (!inbox) return refuse("inbox_not_found", ["input", "inboxKey"]);
  const { origin, locale, zone } = input;
  if (!origin || !inbox.allowedOrigins.includes(origin)) return refuse("origin_not_allowed");

  const { workspaceId, id: inboxId } = inbox;
  const visitorId = newId();
  return once<Visit, StartVisitRefusal>(
    {
      ...{ workspaceId, callerId: inboxId, clientId: input.clientId, mutation: "startVisit" },
      content: [origin, locale, zone],
      resultId: visitorId,
    },
    async (tx) => done(await startVisitor(tx, { workspaceId, inboxId, origin, locale, zone, visitorId })),
    (id) => recallVisit(workspaceId, id),
  );
}

async function recallVisit(workspaceId: string, visitorId: string): Promise<Outcome<Visit, "visit_ended">> {
  const visitor = await findVisitor(workspaceId, visitorId);
  // Of the first generation only: whoever has refreshed had the answer, and the clientId is no key to what came after.
  const isFirst = visitor?.generation === 1 && !visitor.revokedAt;
  const isFresh = isFirst && now().getTime() - visitor.rotatedAt.getTime() < RECALL_MS;
  return isFresh ? done(await issueVisit(visitor)) : refuse("visit_ended");
}

function refusePlace({ locale, zone }: StartVisitInput): Refused<"locale_invalid" | "zone_invalid"> | undefined {
  if (locale !== null && !isLocale(locale)) return refuse("locale_invalid", ["input", "locale"]);
  if (zone !== null && !isZone(zone)) return refuse("zone_invalid", ["input", "zone"]);
  return undefined;
}
