import "../../api/chat/events.ts";
import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import { entryChange } from "../conversation/changes.ts";
import { isAside, type MessageEntry } from "../conversation/entry.ts";
import { readEntry } from "../conversation/queries.ts";
import { type RoomEvent, readRoomLine } from "../conversation/room-lines.ts";
import { type Html, html } from "../html.ts";
import { mentionedIn, mentionIn } from "../mentions/signs.ts";
import type { Reader } from "../reader.ts";
import { roomLinkChange } from "../room/link.ts";
import { readRoomLinks } from "../room/queries.ts";
import { eventFrame, packDelivery, type ReplySign, replyFrame, saidFrame } from "../stream-frame.ts";
import { replyChange } from "../thread/changes.ts";
import { type ThreadLine, threadChange } from "../thread/line.ts";
import { readFollowers, readThreadLines } from "../thread/line-queries.ts";
import { cursorAt, packChange } from "./packed.ts";

/** What happens in a room: its link in every navigation, and its line in the thread where that is open. */
export async function renderRoom(event: LoggedEvent, reader: Reader): Promise<string | null> {
  if (event.type === "message.sent") return renderSaid(event, reader);
  const { workspaceId, conversationId } = event;
  const [links, entry] = await Promise.all([
    readRoomLinks(workspaceId, [conversationId]),
    readRoomLine(event as RoomEvent),
  ]);
  const room = links.get(conversationId);
  if (!room) return null;
  const here = entryChange(conversationId, entry, reader);
  return packChange(event, { everywhere: roomLinkChange(room, reader), here, signs: "" });
}

/** What is said in a room: its line where that is open. Every navigation is told its number alone, since these are many. */
async function renderSaid(event: LoggedEvent<"message.sent">, reader: Reader): Promise<string | null> {
  const { workspaceId, conversationId, position, payload } = event;
  const [entry, reply] = await Promise.all([readEntry(workspaceId, payload.messageId), readReply(event)]);
  if (!entry) return null;
  const cursor = cursorAt(position);
  const said = { ...mentionedIn(conversationId, entry), seq: entry.seq, at: entry.at.getTime() };
  const told = isAside(entry) || entry.isOfTask ? mentionIn(conversationId, entry) : saidFrame(cursor, said);
  const signs = told + (reply ? replyFrame(cursor, reply.sign) : "");
  const line = !isAside(entry) && entryChange(conversationId, entry, reader);
  const here = html`${line}${reply && replied(entry, reply.line, reader)}`;
  return packDelivery({ conversationId, elsewhere: signs, here: eventFrame(cursor, here) + signs });
}

/** Of a reply, how its thread is told of now, and whom it concerns. */
async function readReply({
  workspaceId,
  payload: { threadId: id, by },
}: LoggedEvent<"message.sent">): Promise<{ line: ThreadLine; sign: ReplySign } | null> {
  if (id === null) return null;
  const [lines, followers] = await Promise.all([
    readThreadLines(workspaceId, [id]),
    readFollowers({ workspaceId, id }),
  ]);
  return { line: lines.get(id)!, sign: { threadId: id, by: by.id, followers } };
}

function replied(entry: MessageEntry, line: ThreadLine, reader: Reader): Html {
  return html`${replyChange(line.id, entry, reader)}${threadChange(line, reader)}`;
}
