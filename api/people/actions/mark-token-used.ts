import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { SEEN_EVERY_MS } from "../session.ts";
import type { TokenRow } from "../sign-in-queries.ts";

/** Notes that a personal token was used, at most once a minute: a busy integrator must not cost a write each request. */
export async function markTokenUsed({ workspaceId, tokenId, lastUsedAt }: TokenRow): Promise<void> {
  const at = now();
  const before = new Date(at.getTime() - SEEN_EVERY_MS);
  if (lastUsedAt && lastUsedAt > before) return;
  await sql`
    UPDATE personal_token SET last_used_at = ${at}
    WHERE workspace_id = ${workspaceId} AND id = ${tokenId} AND (last_used_at IS NULL OR last_used_at <= ${before})`;
}
