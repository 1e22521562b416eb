import "../../api/chat/events.ts";
import type { LiveEvent } from "../../api/kernel/live/view.ts";
import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import { entryRenewal } from "../conversation/changes.ts";
import type { MessageEntry } from "../conversation/entry.ts";
import { readPinned } from "../conversation/marks-queries.ts";
import { pinnedChange } from "../conversation/pinned.ts";
import { readChanged } from "../conversation/queries.ts";
import { type Html, html } from "../html.ts";
import { readRows } from "../inbox/queries.ts";
import { rowChange } from "../inbox/row.ts";
import { mentionInEdited } from "../mentions/signs.ts";
import type { Reader } from "../reader.ts";
import { roomLinkChange } from "../room/link.ts";
import { readRoomLinks } from "../room/queries.ts";
import { recountFrame } from "../stream-frame.ts";
import { packChange } from "./packed.ts";

type ActEvent = LoggedEvent<"message.edited" | "message.deleted" | "reaction.changed" | "pin.changed">;

/** Whether something became of a message after it was sent. */
export function isAct(event: LiveEvent): event is ActEvent {
  return ["message.edited", "message.deleted", "reaction.changed", "pin.changed"].includes(event.type);
}

/** What became of a message: its line where that stands, what is pinned, and the row or link of its conversation. */
export async function renderAct(event: ActEvent, reader: Reader): Promise<string | null> {
  const { workspaceId, conversationId, type, payload } = event;
  const [everywhere, entry, pinned] = await Promise.all([
    placeChange(event, reader),
    readChanged(workspaceId, payload.messageId),
    type === "reaction.changed" ? null : readPinned(workspaceId, conversationId),
  ]);
  if (!everywhere || !entry) return null;
  const here = html`${entryRenewal(entry, reader)}${pinned && pinnedChange(conversationId, pinned, reader)}`;
  return packChange(event, { everywhere, here, signs: await signsOfAct(event, entry) });
}

async function placeChange({ workspaceId, conversationId, contactId }: ActEvent, reader: Reader): Promise<Html | null> {
  if (contactId === null) {
    const room = (await readRoomLinks(workspaceId, [conversationId])).get(conversationId);
    // A task has no link in the navigation.
    return room ? roomLinkChange(room, reader) : html``;
  }
  const row = (await readRows(workspaceId, [conversationId])).get(conversationId);
  return row ? rowChange(row, reader) : null;
}

/** What changes of what is unread, and of who is mentioned. */
function signsOfAct(event: ActEvent, entry: MessageEntry): string | Promise<string> {
  if (event.type === "message.deleted") return recountFrame(event.conversationId);
  return event.type === "message.edited" ? mentionInEdited(event, entry) : "";
}
