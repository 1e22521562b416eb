import type { Transaction } from "../kernel/database.ts";
import { newId } from "../kernel/id.ts";
import { fragment, rowsOf } from "../kernel/statement.ts";
import { recordTold, type Told } from "./tell.ts";
import { tellOwnReminders } from "./tell-own-reminders.ts";

/** The task that it is about, as it stands in the log. */
type Place = Omit<Told, "reminderId" | "agentId" | "kind">;

/** What somebody did with a task, and those who are to be told. */
export type News = { kind: "moved" | "commented"; messageId: string | null; by: string; agentIds: string[]; at: Date };

/** Who has read a comment in this time, in ms, is not told of it. */
const UNREAD_MS = 60_000;

const isNews = fragment`kind IN ('moved', 'commented')`;

type Waiting = { id: string; agentId: string; at: Date; toldAt: Date | null };

/**
 * Tells people what became of a task: of each task one has one such reminder, the last. A move is told at once, a comment in a
 * minute, unless it is read by then; as long as one of the same task waits for them, what follows is put in its place and told to
 * their windows alone. Whoever did it knows of all moves before, and who says something there of all that was said.
 */
export async function tellNews(
  tx: Transaction,
  place: Place,
  { kind, messageId, by, agentIds, at }: News,
): Promise<void> {
  const { workspaceId, conversationId } = place;
  const before = await tx.sql<Waiting>`
    DELETE FROM reminder
    WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId} AND ${isNews}
      AND (agent_id = ANY(${agentIds}::uuid[]) OR agent_id = ${by} AND kind IN ('moved', ${kind}::reminder_kind))
    RETURNING id, agent_id AS "agentId", at, told_at AS "toldAt"`;
  const known = new Map(before.map((one) => [one.agentId, one]));
  const kept = agentIds.map((agentId) => ({ agentId, ...timesOf(known.get(agentId), kind, at) }));
  await tx.sql`
    INSERT INTO reminder (workspace_id, id, agent_id, conversation_id, message_id, kind, at, told_at, created_at)
    SELECT ${workspaceId}, id, agent_id, ${conversationId}, ${messageId}::uuid, ${kind}::reminder_kind, at, told_at, ${at}
    FROM json_to_recordset(${rowsOf(kept)}) AS kept (id uuid, agent_id uuid, at timestamptz, told_at timestamptz)`;
  const told = kept.filter(({ agentId, toldAt }) => toldAt && !known.get(agentId)?.toldAt);
  await recordTold(
    tx,
    told.map(({ id: reminderId, agentId }) => ({ ...place, reminderId, agentId, kind })),
    at,
  );
  for (const { agentId, toldAt } of before) if (toldAt) tx.afterCommit(() => tellOwnReminders(agentId, place));
}

/** When it is for, and since when it is told; of a comment that follows another one, the first says when. */
function timesOf(known: Waiting | undefined, kind: News["kind"], at: Date): Omit<Waiting, "agentId"> {
  const id = known?.id ?? newId();
  if (known?.toldAt) return { id, at, toldAt: known.toldAt };
  if (kind === "moved") return { id, at, toldAt: at };
  return { id, at: known?.at ?? new Date(at.getTime() + UNREAD_MS), toldAt: null };
}

/** Tells people anew of the news of a task that wait for them since before this instant: what has just been done is to be seen. */
export async function tellAnew(
  tx: Transaction,
  place: Place,
  { agentIds, at }: Pick<News, "agentIds" | "at">,
): Promise<void> {
  const told = await tx.sql<Pick<Told, "reminderId" | "agentId" | "kind">>`
    UPDATE reminder SET told_at = ${at}
    WHERE workspace_id = ${place.workspaceId} AND conversation_id = ${place.conversationId} AND ${isNews}
      AND agent_id = ANY(${agentIds}::uuid[]) AND told_at < ${at}
    RETURNING id AS "reminderId", agent_id AS "agentId", kind`;
  await recordTold(
    tx,
    told.map((one) => ({ ...place, ...one })),
    at,
  );
}

/** Takes from a person what waits to be told to them of a task: they follow it no more. */
export async function forgetNews(
  tx: Transaction,
  { workspaceId, conversationId, agentId }: { workspaceId: string; conversationId: string; agentId: string },
): Promise<void> {
  await tx.sql`
    DELETE FROM reminder
    WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId} AND ${isNews}
      AND agent_id = ${agentId} AND told_at IS NULL`;
}
