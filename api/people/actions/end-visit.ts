import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { keyOf } from "../rights.ts";

/** Ends a visitor's visit: its tokens count for nothing and its streams end. Answers whether there is such a visitor. */
export async function endVisit(workspaceId: string, visitorId: string): Promise<boolean> {
  const [ended] = await sql`
    UPDATE visitor SET revoked_at = coalesce(revoked_at, ${now()})
    WHERE workspace_id = ${workspaceId} AND id = ${visitorId}
    RETURNING id`;
  if (!ended) return false;
  takeAway(keyOf.visitor(workspaceId, visitorId));
  return true;
}
