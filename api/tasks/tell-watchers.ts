import "../chat/events.ts";
import { inMainLine } from "../chat/main-line.ts";
import { perTransaction } from "../kernel/loader.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import type { DurableListener } from "../kernel/log/listener.ts";
import { rowsOf } from "../kernel/statement.ts";
import { type News, tellAnew, tellNews } from "../reminders/news.ts";
import "./events.ts";

type HeardType = "task.moved" | "task.notified" | "message.sent";

/**
 * Tells those who watch a task, and still see it, what becomes of it: that somebody moved it, or said something there. Never whoever
 * did it, nor of a comment whoever is mentioned in it, also by a team: they are told as such. What a change of the workflow does with many tasks
 * at once is told to nobody; replies are their threads' affair. By a listener, since neither a move nor a message waits for it.
 */
export const tellWatchers: DurableListener<HeardType> = {
  name: "tell-watchers",
  hears: ["task.moved", "task.notified", "message.sent"],
  async react(tx, event) {
    const { workspaceId, conversationId, spaceId, contactId, staffSeq, occurredAt: at } = event;
    const place = { workspaceId, conversationId, spaceId, contactId, staffSeq };
    if (event.type === "task.notified") return tellAnew(tx, place, { agentIds: event.payload.agentIds, at });
    const deed = deedIn(event);
    const agentIds = deed && (await findWatchers(tx, { workspaceId, taskId: conversationId, spaceId, ...deed }));
    if (deed && agentIds) await tellNews(tx, place, { ...deed, agentIds, at });
  },
};

type Deed = Pick<News, "kind" | "messageId" | "by">;

/** What somebody on staff has done; nothing where it is none of theirs, or done where customers are. */
function deedIn(event: LoggedEvent<"task.moved" | "message.sent">): Deed | undefined {
  const { by } = event.payload;
  if (by.kind !== "agent" || event.contactId !== null) return undefined;
  if (event.type === "message.sent") return { kind: "commented", messageId: event.payload.messageId, by: by.id };
  return event.payload.moveId === null ? undefined : { kind: "moved", messageId: null, by: by.id };
}

type Asked = Pick<Deed, "messageId" | "by"> & { workspaceId: string; taskId: string; spaceId: string };

/** Whom to tell of it; undefined where it was said in no task, in a thread, or is deleted. */
const findWatchers = perTransaction<Asked, string[] | undefined>(async (tx, asked) => {
  const rows = rowsOf(asked.map((one, nth) => ({ nth, ...one })));
  const found = await tx.sql<{ nth: number; agentId: string | null }>`
    SELECT asked.nth, watcher.agent_id AS "agentId"
    FROM json_to_recordset(${rows}) AS asked (
      nth int, workspace_id uuid, task_id uuid, space_id uuid, message_id uuid, "by" uuid)
    JOIN task ON task.workspace_id = asked.workspace_id AND task.conversation_id = asked.task_id
    LEFT JOIN message ON message.workspace_id = asked.workspace_id AND message.id = asked.message_id
    LEFT JOIN LATERAL (
      SELECT agent_id FROM task_watcher
      JOIN space_member AS member USING (workspace_id, agent_id)
      JOIN agent ON agent.workspace_id = task_watcher.workspace_id AND agent.id = agent_id AND disabled_at IS NULL
      WHERE task_watcher.workspace_id = asked.workspace_id AND task_id = asked.task_id AND agent_id <> asked."by"
        AND member.space_id = asked.space_id AND NOT EXISTS (
          SELECT FROM mention
          WHERE mention.workspace_id = asked.workspace_id AND message_id = asked.message_id
            AND (target_id = task_watcher.agent_id OR target_id IN (
              SELECT team_id FROM team_member
              WHERE team_member.workspace_id = asked.workspace_id AND team_member.agent_id = task_watcher.agent_id)))
    ) AS watcher ON true
    WHERE asked.message_id IS NULL OR (message.deleted_at IS NULL AND ${inMainLine})`;
  const byNth = Map.groupBy(found, ({ nth }) => nth);
  return asked.map((_, nth) => byNth.get(nth)?.flatMap(({ agentId }) => agentId ?? []));
});
