import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import type { Transaction } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import type { LockedRoom } from "./lock-room.ts";

type Room = Pick<LockedRoom, "workspaceId" | "spaceId">;

/** What the agent is in a locked room; null where they are no member. */
export async function roleIn(tx: Transaction, room: Room, agentId: string): Promise<SpaceRole | null> {
  if (!isId(agentId)) return null;
  const [member] = await tx.sql<{ role: SpaceRole }>`
    SELECT role FROM space_member
    WHERE workspace_id = ${room.workspaceId} AND space_id = ${room.spaceId} AND agent_id = ${agentId}`;
  return member?.role ?? null;
}

/** How many who are not shut out are in a locked room besides the agent, and how many of these own it. */
export async function countOthers(
  tx: Transaction,
  room: Room,
  agentId: string,
): Promise<{ others: number; owners: number }> {
  const [row] = await tx.sql<{ others: number; owners: number }>`
    SELECT count(*) AS others, count(*) FILTER (WHERE member.role = 'owner') AS owners
    FROM space_member AS member
    JOIN agent ON agent.workspace_id = member.workspace_id AND agent.id = member.agent_id
    WHERE member.workspace_id = ${room.workspaceId} AND member.space_id = ${room.spaceId} AND agent.id <> ${agentId}
      AND disabled_at IS NULL`;
  return row!;
}
