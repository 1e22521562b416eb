import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { remember } from "../../kernel/remember.ts";
import { SEEN_EVERY_MS } from "../session.ts";
import type { TokenRow } from "../sign-in-queries.ts";

/** Notes that a personal token was used, at most once a minute: a busy integrator must not cost a write each request. */
export async function markTokenUsed({ workspaceId, tokenId, lastUsedAt }: TokenRow): Promise<void> {
  if (lastUsedAt && lastUsedAt > someTimeAgo()) return;
  await noted(`${workspaceId}/${tokenId}`);
}

/** All who come at once by one token share the write, instead of waiting for its row one after another. */
const noted = remember(SEEN_EVERY_MS / 2, async (key) => {
  const [workspaceId, tokenId] = key.split("/");
  await sql`
    UPDATE personal_token SET last_used_at = ${now()}
    WHERE workspace_id = ${workspaceId} AND id = ${tokenId} AND (last_used_at IS NULL OR last_used_at <= ${someTimeAgo()})`;
  return true;
});

function someTimeAgo(): Date {
  return new Date(now().getTime() - SEEN_EVERY_MS);
}
