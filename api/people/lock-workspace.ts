import type { Transaction } from "../kernel/database.ts";

/** Whoever else gives out handles or changes teams in the workspace waits until this transaction has ended. Locked before anything else. */
export async function lockWorkspace(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.sql`SELECT FROM workspace WHERE id = ${workspaceId} FOR NO KEY UPDATE`;
}
