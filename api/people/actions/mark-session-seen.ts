import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { SEEN_EVERY_MS } from "../session.ts";
import type { SessionRow } from "../sign-in-queries.ts";

/** Notes that a session is in use, which puts off its idle end; at most once a minute. */
export async function markSessionSeen({ workspaceId, sessionId, seenAt }: SessionRow): Promise<void> {
  const at = now();
  const before = new Date(at.getTime() - SEEN_EVERY_MS);
  if (seenAt > before) return;
  await sql`
    UPDATE session SET seen_at = ${at}
    WHERE workspace_id = ${workspaceId} AND id = ${sessionId} AND seen_at <= ${before}`;
}
