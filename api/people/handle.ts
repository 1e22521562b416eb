import type { Transaction } from "../kernel/database.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { lockWorkspace } from "./lock-workspace.ts";

/** Letters and digits of any script, with single dots, underscores and hyphens between them: two would be marks in a message. */
const HANDLE = /^[\p{L}\p{N}](?:[._-]?[\p{L}\p{M}\p{N}])*$/u;
const LONGEST = 32;

/** What everybody who is meant is called by; nobody's own. */
export const EVERYONE = "here";
const RESERVED = new Set([EVERYONE, "all", "channel", "everyone"]);

/** A handle as it is kept: in lower case, without the @ before it. Refuses one that is no single word of 1 to 32 characters, or is everyone's. */
export function readHandle(text: string): Outcome<string, "handle_invalid"> {
  const handle = text.trim().replace(/^@/, "").normalize("NFC").toLowerCase();
  const isFit = HANDLE.test(handle) && handle.length <= LONGEST && !RESERVED.has(handle);
  return isFit ? done(handle) : refuse("handle_invalid", ["input", "handle"]);
}

/** A handle for somebody who comes, free in the workspace as long as the transaction lasts: what their address begins with, and a number where somebody has that. */
export async function freeHandle(tx: Transaction, workspaceId: string, email: string): Promise<string> {
  await lockWorkspace(tx, workspaceId);
  const base = handleFrom(email);
  const rows = await tx.sql<{ handle: string }>`
    SELECT handle FROM agent WHERE workspace_id = ${workspaceId} AND starts_with(handle, ${base})
    UNION ALL SELECT handle FROM team WHERE workspace_id = ${workspaceId} AND starts_with(handle, ${base})`;
  const taken = new Set(rows.map(({ handle }) => handle));
  let handle = base;
  for (let nth = 2; taken.has(handle) || RESERVED.has(handle); nth++) handle = `${base}${nth}`;
  return handle;
}

/** Whether the handle is no other agent's and no other team's; it is not given out to anybody else as long as the transaction lasts. */
export async function isHandleFree(
  tx: Transaction,
  { workspaceId, handle, ownerId }: { workspaceId: string; handle: string; ownerId: string },
): Promise<boolean> {
  await lockWorkspace(tx, workspaceId);
  const others = await tx.sql`
    SELECT FROM agent WHERE workspace_id = ${workspaceId} AND handle = ${handle} AND id <> ${ownerId}
    UNION ALL SELECT FROM team WHERE workspace_id = ${workspaceId} AND handle = ${handle} AND id <> ${ownerId}`;
  return others.length === 0;
}

/** What an address begins with, made fit to be a handle. */
export function handleFrom(email: string): string {
  const letters = email.split("@")[0]!.normalize("NFC").toLowerCase();
  const fit = letters.replace(/[^\p{L}\p{M}\p{N}._-]/gu, "").replace(/([._-])[._-]+/g, "$1");
  const handle = fit.slice(0, LONGEST - 8).replace(/^[^\p{L}\p{N}]+|[._-]+$/gu, "");
  return HANDLE.test(handle) ? handle : "agent";
}
