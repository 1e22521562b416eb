import type { EventTypes, LoggedEvent } from "../../api/kernel/log/event.ts";
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
  const signs = taskFrame(conversationId) + (isOfMessage(event) ? madeFrame : "");
  return packChange(event, { everywhere: cardChange(card, reader), here, signs });
}

/** Whether it was just made of a message. Of which is not told: not everyone who sees the task sees that. */
function isOfMessage({ type, payload }: LoggedEvent): boolean {
  return type === "task.created" && (payload as EventTypes["task.created"]).sourceMessageId !== null;
}
