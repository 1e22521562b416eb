import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import { entryChange } from "../conversation/changes.ts";
import type { Reader } from "../reader.ts";
import { madeFrame, taskFrame } from "../stream-frame.ts";
import { cardChange } from "../task/card.ts";
import { isTaskEvent, readTaskLine } from "../task/lines.ts";
import { readCard } from "../task/queries.ts";
import { packChange } from "./packed.ts";

/** What becomes of a task: its card on every board of its project, its line where it is open, and a sign to ask for the rest. */
export async function renderTask(event: LoggedEvent, reader: Reader): Promise<string | null> {
  const { workspaceId, conversationId } = event;
  const [card, entry] = await Promise.all([
    readCard(workspaceId, conversationId),
    isTaskEvent(event) ? readTaskLine(event) : null,
  ]);
  if (!card) return null;
  const here = entry && entryChange(conversationId, entry, reader);
  return packChange(event, { everywhere: cardChange(card, reader), here, signs: signsOf(event) });
}

/** The signs of the task, of what it becomes a part of, which shows it from now on, and of what was just made of a message. */
function signsOf({ type, payload, conversationId }: LoggedEvent): string {
  if (type === "task.changed") return taskFrame(conversationId) + signOfWhole(payload.parentId?.to);
  if (type !== "task.created") return taskFrame(conversationId);
  // Of which message is not told: not everyone who sees the task sees that.
  return (
    taskFrame(conversationId) + signOfWhole(payload.parentId) + (payload.sourceMessageId === null ? "" : madeFrame)
  );
}

/** What it was a part of names it already. */
function signOfWhole(parentId: string | null | undefined): string {
  return parentId ? taskFrame(parentId) : "";
}
