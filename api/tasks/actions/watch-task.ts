import type { Actor } from "../../kernel/actor.ts";
import type { Outcome } from "../../kernel/outcome.ts";
import { forgetNews } from "../../reminders/news.ts";
import { actOnTask, byOf, recordTask, type TaskRefusal } from "../act-on-task.ts";
import { tellNewcomers } from "../tell-newcomers.ts";

/**
 * Lets the actor be told of a task's moves, of what is said there and of its date, or no more. For whoever sees it. Being so
 * already is done. Records `task.changed`.
 */
export async function watchTask(
  actor: Actor,
  { taskId, isWatching }: { taskId: string; isWatching: boolean },
): Promise<Outcome<{ taskId: string }, TaskRefusal>> {
  return actOnTask(actor, { taskId, deed: "see" }, async (act) => {
    const { tx, task, agent, at } = act;
    const { workspaceId, agentId } = agent;
    const changed = isWatching
      ? await tx.sql`
          INSERT INTO task_watcher (workspace_id, task_id, agent_id, created_at)
          VALUES (${workspaceId}, ${task.conversationId}, ${agentId}, ${at}) ON CONFLICT DO NOTHING RETURNING agent_id`
      : await tx.sql`
          DELETE FROM task_watcher
          WHERE workspace_id = ${workspaceId} AND task_id = ${task.conversationId} AND agent_id = ${agentId}
          RETURNING agent_id`;
    if (changed.length > 0)
      await recordTask(act, { type: "task.changed", payload: { what: ["watchers"], by: byOf(act) } });
    if (isWatching && changed.length > 0) await tellNewcomers(act, [agentId]);
    if (!isWatching) await forgetNews(tx, { workspaceId, conversationId: task.conversationId, agentId });
    return undefined;
  });
}
