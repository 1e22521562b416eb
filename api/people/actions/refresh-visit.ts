import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { findVisitor, type VisitorRow } from "../sign-in-queries.ts";
import { issueVisit, readRefreshToken, type RefreshClaim, type Visit } from "../visitor-token.ts";
import { endVisit } from "./end-visit.ts";

const GRACE_MS = 60_000;

export type RefreshVisitInput = {
  refreshToken: string;
  /** The request's Origin header. */
  origin: string | undefined;
};

/**
 * Changes a refresh token for its successor and a new access token. The token before the current one gives the same
 * successor for 60 s, since tabs race and answers get lost; one that is older still was copied, and ends the visit for
 * both holders. Refused as `visit_ended` where only a new visit helps.
 */
export async function refreshVisit(
  input: RefreshVisitInput,
): Promise<Outcome<Visit, "visit_ended" | "origin_not_allowed">> {
  const claim = readRefreshToken(input.refreshToken);
  if (!claim) return refuse("visit_ended");
  const visitor = (await rotate(claim, input.origin)) ?? (await findVisitor(claim.workspaceId, claim.visitorId));
  if (!visitor || visitor.revokedAt) return refuse("visit_ended");
  if (visitor.origin !== input.origin) return refuse("origin_not_allowed");

  if (isSuccessor(visitor, claim)) return done(await issueVisit(visitor));
  if (visitor.generation > claim.generation) await endVisit(claim.workspaceId, claim.visitorId);
  return refuse("visit_ended");
}

/** One statement decides who of several tabs moves the generation on; the others find it moved. */
async function rotate(claim: RefreshClaim, origin: string | undefined): Promise<VisitorRow | undefined> {
  const [row] = await sql<VisitorRow>`
    UPDATE visitor SET generation = generation + 1, rotated_at = ${now()}
    WHERE workspace_id = ${claim.workspaceId} AND id = ${claim.visitorId} AND generation = ${claim.generation}
      AND origin = ${origin ?? null} AND revoked_at IS NULL
    RETURNING workspace_id AS "workspaceId", id AS "visitorId", contact_id AS "contactId", inbox_id AS "inboxId", origin,
      generation, rotated_at AS "rotatedAt", revoked_at AS "revokedAt"`;
  return row;
}

function isSuccessor(visitor: VisitorRow, claim: RefreshClaim): boolean {
  return visitor.generation === claim.generation + 1 && now().getTime() - visitor.rotatedAt.getTime() <= GRACE_MS;
}
