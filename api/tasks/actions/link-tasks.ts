import type { Task } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { inTransaction, type Transaction } from "../../kernel/database.ts";
import { done, type Outcome, type Refused, refuse } from "../../kernel/outcome.ts";
import { lockWorkspace } from "../../people/lock-workspace.ts";
import { mayChange } from "../../people/policy.ts";
import { byOf, recordTask, type TaskRefusal } from "../act-on-task.ts";
import type { LinkSide } from "../events.ts";
import { MOST_LINKS, otherSide, type StoredLink, storedLink } from "../link.ts";
import { lockBoth } from "../lock-both.ts";
import { refuseInProject } from "../policy.ts";

export type LinkTasksInput = { taskId: string; kind: LinkSide; otherId: string; isOn: boolean };

export type LinkTasksRefusal = TaskRefusal | "task_link_cycle" | "task_links_too_many";

/**
 * Links a task to another one, of any project that the agent sees, or takes the link away. No task waits for itself, or is its own
 * duplicate, however many stand between, also where two links are made at once. For the members of the first one's project.
 * Being so already is done. Records `task.linked` in both.
 */
export async function linkTasks(
  actor: Actor,
  { taskId, kind, otherId, isOn }: LinkTasksInput,
): Promise<Outcome<{ taskId: string }, LinkTasksRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  return inTransaction(async (tx): Promise<Outcome<{ taskId: string }, LinkTasksRefusal>> => {
    // Of two that are linked at once each alone would close no circle, but both might: so they wait for each other.
    await lockWorkspace(tx, actor.workspaceId);
    const both = await lockBoth(tx, actor, { taskId, otherId });
    if (!both.ok) return both;
    const { task, project, other, otherProject } = both.value;
    const refused = refuseInProject(actor, project, "work");
    if (refused) return refused;
    if (otherProject.archivedAt) return refuse("project_archived", ["input", "otherId"]);
    const link = storedLink(kind, taskId, otherId);
    if (isOn) {
      const unfit = await refuseLink(tx, { task, other }, link);
      if (unfit) return unfit;
    }
    if (!(await write(tx, task, { ...link, isOn }))) return done({ taskId });
    const [at, by] = [now(), byOf({ agent: actor })];
    await recordTask({ tx, task, at }, { type: "task.linked", payload: { kind, toId: otherId, isOn, by } });
    const seen = { kind: otherSide(kind), toId: taskId };
    await recordTask({ tx, task: other, at }, { type: "task.linked", payload: { ...seen, isOn, by } });
    return done({ taskId });
  });
}

/** What speaks against a new link; of one that is there already nothing does. */
async function refuseLink(
  tx: Transaction,
  { task, other }: { task: Task; other: Task },
  { kind, fromId, toId }: StoredLink,
): Promise<Refused<"task_link_cycle" | "task_links_too_many"> | undefined> {
  if (fromId === toId) return refuse("task_link_cycle", ["input", "otherId"]);
  const { workspaceId, conversationId: taskId } = task;
  const otherId = other.conversationId;
  const [links] = await tx.sql<{ isThere: boolean | null; own: number; others: number }>`
    SELECT bool_or(from_id = ${fromId} AND to_id = ${toId} AND kind = ${kind}) AS "isThere",
      count(*) FILTER (WHERE from_id = ${taskId} OR to_id = ${taskId}) AS own,
      count(*) FILTER (WHERE from_id = ${otherId} OR to_id = ${otherId}) AS others
    FROM task_link
    WHERE workspace_id = ${workspaceId} AND (from_id IN (${taskId}, ${otherId}) OR to_id IN (${taskId}, ${otherId}))`;
  if (links!.isThere) return undefined;
  if (links!.own >= MOST_LINKS) return refuse("task_links_too_many", ["input", "taskId"]);
  if (links!.others >= MOST_LINKS) return refuse("task_links_too_many", ["input", "otherId"]);
  if (kind === "relates") return undefined;
  const back = await tx.sql`
    WITH RECURSIVE onward AS (
      SELECT ${toId}::uuid AS id
      UNION
      SELECT to_id FROM onward JOIN task_link ON workspace_id = ${workspaceId} AND from_id = onward.id AND kind = ${kind})
    SELECT FROM onward WHERE id = ${fromId}`;
  return back.length > 0 ? refuse("task_link_cycle", ["input", "otherId"]) : undefined;
}

/** Whether it was otherwise before. */
async function write(
  tx: Transaction,
  { workspaceId }: Task,
  { kind, fromId, toId, isOn }: StoredLink & { isOn: boolean },
): Promise<boolean> {
  const changed = isOn
    ? await tx.sql`
        INSERT INTO task_link (workspace_id, from_id, to_id, kind, created_at)
        VALUES (${workspaceId}, ${fromId}, ${toId}, ${kind}, ${now()}) ON CONFLICT DO NOTHING RETURNING from_id`
    : await tx.sql`
        DELETE FROM task_link
        WHERE workspace_id = ${workspaceId} AND from_id = ${fromId} AND to_id = ${toId} AND kind = ${kind} RETURNING from_id`;
  return changed.length > 0;
}
