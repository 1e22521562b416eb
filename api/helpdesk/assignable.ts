import type { Transaction } from "../kernel/database.ts";
import { type Fragment, fragment } from "../kernel/statement.ts";

/**
 * Whether a ticket of the space may be an agent's: a member of it who is not disabled. Holds who takes them away back until
 * the transaction ends, and then they find the ticket.
 */
export function isAssignable(place: { workspaceId: Fragment; spaceId: Fragment; agentId: Fragment }): Fragment {
  return fragment`EXISTS (
    SELECT FROM space_member AS member JOIN agent ON agent.workspace_id = member.workspace_id AND agent.id = member.agent_id
    WHERE member.workspace_id = ${place.workspaceId} AND member.space_id = ${place.spaceId}
      AND member.agent_id = ${place.agentId} AND disabled_at IS NULL
    FOR SHARE)`;
}

/** The same, asked of one agent. */
export async function mayHold(
  tx: Transaction,
  { workspaceId, spaceId, agentId }: { workspaceId: string; spaceId: string; agentId: string },
): Promise<boolean> {
  const place = {
    workspaceId: fragment`${workspaceId}::uuid`,
    spaceId: fragment`${spaceId}::uuid`,
    agentId: fragment`${agentId}::uuid`,
  };
  const [row] = await tx.sql<{ may: boolean }>`SELECT ${isAssignable(place)} AS may`;
  return row!.may;
}
