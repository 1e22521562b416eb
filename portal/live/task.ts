import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import { entryChange } from "../conversation/changes.ts";
import type { Reader } from "../reader.ts";
import { taskFrame } from "../stream-frame.ts";
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
  return packChange(event, { everywhere: cardChange(card, reader), here, signs: taskFrames(event) });
}

/** The signs of the task, and of what it becomes a part of: that is shown there from now on. What it was a part of names it already. */
function taskFrames({ type, payload, conversationId }: LoggedEvent): string {
  const whole =
    type === "task.created" ? payload.parentId : type === "task.changed" ? (payload.parentId?.to ?? null) : null;
  return taskFrame(conversationId) + (whole === null ? "" : taskFrame(whole));
}
