import "../api/chat/events.ts";
import "../api/reminders/events.ts";
import "../api/tasks/events.ts";
import "../api/helpdesk/events.ts";
import { newId } from "../api/kernel/id.ts";
import { logEnd } from "../api/kernel/live/follow.ts";
import type { Signal } from "../api/kernel/live/signal.ts";
import type { AgentsChanged, LiveEvent, View } from "../api/kernel/live/view.ts";
import { cursorOf } from "../api/kernel/log/cursor.ts";
import type { LoggedEvent } from "../api/kernel/log/event.ts";
import { findPresent } from "../api/people/presence/queries.ts";
import type { Locale } from "../words/words.ts";
import { assigneeChange } from "./conversation/assignee.ts";
import { entryChange, entryRenewal, statusChange } from "./conversation/changes.ts";
import { contactChange } from "./conversation/contact.ts";
import { readContact } from "./conversation/details-queries.ts";
import { type Entry, isAside, type MessageEntry } from "./conversation/entry.ts";
import { readPinned } from "./conversation/marks-queries.ts";
import { pinnedChange } from "./conversation/pinned.ts";
import { readChanged, readEntry, readPersonName } from "./conversation/queries.ts";
import { type RoomEvent, readRoomLine } from "./conversation/room-lines.ts";
import { readTicketLine, type TicketEvent } from "./conversation/ticket-lines.ts";
import { deskTitle } from "./desk-page.ts";
import { type Html, html } from "./html.ts";
import { readRows } from "./inbox/queries.ts";
import { type ConversationRow, rowChange } from "./inbox/row.ts";
import { mentionedIn, mentionIn, mentionInEdited } from "./mentions/signs.ts";
import { nameOf } from "./person.ts";
import { type Reader, sharedReader } from "./reader.ts";
import { toldFrames } from "./reminders/signs.ts";
import { roomLinkChange } from "./room/link.ts";
import { readRoomLinks } from "./room/queries.ts";
import { replyChange } from "./thread/changes.ts";
import { type ThreadLine, threadChange } from "./thread/line.ts";
import { readFollowers, readThreadLines } from "./thread/line-queries.ts";
import { opensInbox } from "./settings/inboxes/queries.ts";
import { cardChange } from "./task/card.ts";
import { isTaskEvent, readTaskLine } from "./task/lines.ts";
import { readCard } from "./task/queries.ts";
import {
  arrivalFrame,
  type Delivery,
  eventFrame,
  ownFrame,
  packDelivery,
  presenceFrame,
  recountFrame,
  remindersFrame,
  type ReplySign,
  reloadFrame,
  replyFrame,
  saidFrame,
  type Sign,
  signFrame,
  taskFrame,
} from "./stream-frame.ts";

const views: Record<Locale, View> = { en: viewIn("en"), ru: viewIn("ru") };

/** Answers how staff of one language see events in the portal; each event is rendered once for all of them. */
export function portalView(locale: Locale): View {
  return views[locale];
}

function viewIn(locale: Locale): View {
  const reader = sharedReader(locale);
  return { key: `portal ${locale}`, readers: "staff", render: (event) => renderEvent(event, reader) };
}

async function renderEvent(event: LiveEvent, reader: Reader): Promise<string | null> {
  if (event.type === "reload") return packDelivery(everywhere(reloadFrame(cursorAt(event.position))));
  if (event.type === "typing.changed" || event.type === "viewing.changed" || event.type === "read.marked")
    return renderSign(event);
  if (event.type === "agents.changed") return renderPresence(event);
  if (event.type === "reminders.changed") return packDelivery(everywhere(remindersFrame));
  if (event.type === "reminder.told")
    return packDelivery(everywhere(await toldFrames(event, cursorAt(event.position), reader)));
  if (event.type === "own.changed")
    return packDelivery(everywhere(ownFrame({ conversationId: event.conversationId, ...event.payload })));
  if (isAct(event)) return renderAct(event, reader);
  if (event.type.startsWith("task.")) return renderTask(event as LoggedEvent, reader);
  if (event.contactId === null) return renderRoom(event, reader);
  if (event.type === "conversation.started") return renderArrival(event);
  if (!isShown(event)) return null;

  const [rows, entry] = await Promise.all([readRows(event.workspaceId, [event.conversationId]), readLine(event)]);
  const row = rows.get(event.conversationId);
  if (!row) return null;
  const [list, pane] = [rowChange(row, reader), await paneChange(event, row, reader)];
  return packLine(event, { entry, everywhere: list, here: pane }, reader);
}

/** What happens in a room: its link in every navigation, and its line in the thread where that is open. */
async function renderRoom(event: LoggedEvent, reader: Reader): Promise<string | null> {
  if (event.type === "message.sent") return renderSaid(event, reader);
  const { workspaceId, conversationId } = event;
  const [links, entry] = await Promise.all([
    readRoomLinks(workspaceId, [conversationId]),
    readRoomLine(event as RoomEvent),
  ]);
  const room = links.get(conversationId);
  return room ? packLine(event, { entry, everywhere: roomLinkChange(room, reader), here: null }, reader) : null;
}

/** What becomes of a task: its card on every board of its project, its line where it is open, and a sign to ask for the rest. */
async function renderTask(event: LoggedEvent, reader: Reader): Promise<string | null> {
  const { workspaceId, conversationId } = event;
  const [card, entry] = await Promise.all([
    readCard(workspaceId, conversationId),
    isTaskEvent(event) ? readTaskLine(event) : null,
  ]);
  if (!card) return null;
  const cursor = cursorAt(event.position);
  const [change, sign] = [cardChange(card, reader), taskFrame(conversationId)];
  const line = entry && entryChange(conversationId, entry, reader);
  return packDelivery({
    conversationId,
    elsewhere: eventFrame(cursor, change) + sign,
    here: eventFrame(cursor, html`${change}${line}`) + sign,
  });
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

type ActEvent = LoggedEvent<"message.edited" | "message.deleted" | "reaction.changed" | "pin.changed">;

function isAct(event: LiveEvent): event is ActEvent {
  return ["message.edited", "message.deleted", "reaction.changed", "pin.changed"].includes(event.type);
}

/** What became of a message: its line where that stands, what is pinned, and the row or link of its conversation. */
async function renderAct(event: ActEvent, reader: Reader): Promise<string | null> {
  const { workspaceId, conversationId, type, payload } = event;
  const [everywhere, entry, pinned] = await Promise.all([
    placeChange(event, reader),
    readChanged(workspaceId, payload.messageId),
    type === "reaction.changed" ? null : readPinned(workspaceId, conversationId),
  ]);
  if (!everywhere || !entry) return null;
  const cursor = cursorAt(event.position);
  const line = html`${entryRenewal(entry, reader)}${pinned && pinnedChange(conversationId, pinned, reader)}`;
  const signs = await signsOfAct(event, entry);
  return packDelivery({
    conversationId,
    elsewhere: eventFrame(cursor, everywhere) + signs,
    here: eventFrame(cursor, html`${everywhere}${line}`) + signs,
  });
}

/** What changes of what is unread, and of who is mentioned. */
function signsOfAct(event: ActEvent, entry: MessageEntry): string | Promise<string> {
  if (event.type === "message.deleted") return recountFrame(event.conversationId);
  return event.type === "message.edited" ? mentionInEdited(event, entry) : "";
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

type Change = { entry: Entry | null; everywhere: Html; here: Html | null };

/** A line of a thread with what else it changes, for every screen or for those that have its conversation open. */
function packLine(event: LoggedEvent, { entry, everywhere, here }: Change, reader: Reader): string {
  const { conversationId, position } = event;
  const cursor = cursorAt(position);
  const line = entry && entryChange(conversationId, entry, reader);
  const mention = mentionIn(conversationId, entry);
  return packDelivery({
    conversationId,
    elsewhere: eventFrame(cursor, everywhere) + mention,
    here: eventFrame(cursor, html`${everywhere}${line}${here}`) + mention,
  });
}

/** The first conversation of an inbox is waited for in its settings; any other tells nothing that its message does not. */
async function renderArrival(event: LoggedEvent<"conversation.started">): Promise<string | null> {
  const { workspaceId, conversationId, occurredAt, position } = event;
  return (await opensInbox(workspaceId, conversationId, occurredAt))
    ? packDelivery(everywhere(arrivalFrame(cursorAt(position))))
    : null;
}

type ThreadEvent = LoggedEvent<"message.sent" | "contact.changed"> | TicketEvent;

function isShown(event: LiveEvent): event is ThreadEvent {
  return ["message.sent", "contact.changed", "ticket.moved", "ticket.assigned"].includes(event.type);
}

type SignEvent = Signal<"typing.changed" | "viewing.changed" | "read.marked">;

async function renderSign(event: SignEvent): Promise<string | null> {
  // How far a colleague has read is their own affair.
  if (event.type === "read.marked" && event.payload.by.kind === "agent") return null;
  const { workspaceId, conversationId, payload } = event;
  const by = { ...payload.by, name: await readPersonName(workspaceId, payload.by) };
  return packDelivery({ conversationId, here: signFrame({ by, ...whatOf(event) }), elsewhere: "" });
}

function whatOf(event: SignEvent): Omit<Sign, "by"> {
  if (event.type === "typing.changed") return { kind: "typing", isOn: event.payload.isTyping, seq: 0 };
  if (event.type === "viewing.changed") return { kind: "viewing", isOn: event.payload.isViewing, seq: 0 };
  return { kind: "seen", isOn: true, seq: event.payload.seq };
}

/** How agents are: everybody who looks shows them by the same marks. */
async function renderPresence({ workspaceId, agentIds }: AgentsChanged): Promise<string> {
  return packDelivery(everywhere(presenceFrame(await findPresent(workspaceId, agentIds))));
}

function everywhere(frame: string): Delivery {
  return { conversationId: "", elsewhere: frame, here: frame };
}

async function readLine(event: ThreadEvent): Promise<Entry | null> {
  if (event.type === "contact.changed") return null;
  return event.type === "message.sent" ? readEntry(event.workspaceId, event.payload.messageId) : readTicketLine(event);
}

/** What an event changes of an open conversation besides its thread. */
async function paneChange(event: ThreadEvent, row: ConversationRow, reader: Reader): Promise<Html | null> {
  const { conversationId, type } = event;
  const { contact, assignee } = row;
  if (type === "ticket.assigned") return assigneeChange(conversationId, assignee, reader);
  if (type === "ticket.moved")
    return statusChange({ conversationId, contact, to: event.payload.to, clientId: newId() }, reader);
  return type === "contact.changed" ? customerChange(event, row, reader) : null;
}

async function customerChange(
  { workspaceId }: ThreadEvent,
  row: ConversationRow,
  reader: Reader,
): Promise<Html | null> {
  const [details, pageTitle] = await Promise.all([
    readContact(workspaceId, row.contact.id),
    deskTitle(workspaceId, nameOf(row.contact, reader)),
  ]);
  return details && contactChange({ ...row, pageTitle }, details, reader);
}

function cursorAt(position: number): string {
  return cursorOf(logEnd().logName, position);
}
