import DataLoader from "dataloader";
import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { activityOf } from "./directory.ts";
import { type Presence, presenceOf, type Status, statusAt } from "./status.ts";
import { noteEnd } from "./tell.ts";

/** How an agent is seen, and what they say of themself. */
export type Present = { agentId: string; presence: Presence; status: Status };

/** How these agents of the workspace are now, in their order. The caller has proved that they are the workspace's, or does not care. */
export async function findPresent(workspaceId: string, agentIds: readonly string[]): Promise<Present[]> {
  const statuses = await Promise.all(agentIds.map((agentId) => statusLoader.load({ workspaceId, agentId })));
  return agentIds.map((agentId, index) => {
    const status = statuses[index]!;
    return { agentId, presence: presenceOf(activityOf(workspaceId, agentId), status), status };
  });
}

type Key = { workspaceId: string; agentId: string };

/** Whoever asks in one tick shares a statement: when a process is lost, many change at once. */
const statusLoader = new DataLoader<Key, Status>(readStatuses, { cache: false, maxBatchSize: 1_000 });

async function readStatuses(keys: readonly Key[]): Promise<Status[]> {
  const [workspaceIds, agentIds] = [keys.map((key) => key.workspaceId), keys.map((key) => key.agentId)];
  const rows = await sql<Status & Key>`
    SELECT s.workspace_id AS "workspaceId", s.agent_id AS "agentId", availability, text, emoji, ends_at AS "endsAt"
    FROM agent_status AS s
    JOIN unnest(${workspaceIds}::uuid[], ${agentIds}::uuid[]) AS asked (workspace_id, agent_id) USING (workspace_id, agent_id)`;
  const at = now();
  const byId = new Map(rows.map((row) => [nameOf(row), row]));
  return keys.map((key) => {
    const status = statusAt(byId.get(nameOf(key)), at);
    if (status.endsAt) noteEnd(nameOf(key), status.endsAt);
    return status;
  });
}

function nameOf({ workspaceId, agentId }: Key): string {
  return `${workspaceId}/${agentId}`;
}

/** Whether all of these are agents of the workspace. */
export async function areAgents(workspaceId: string, ids: readonly string[]): Promise<boolean> {
  const asked = [...new Set(ids)];
  const [found] = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM agent WHERE workspace_id = ${workspaceId} AND id = ANY(${asked}::uuid[])`;
  return found!.count === asked.length;
}
