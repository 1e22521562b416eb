import "../api/chat/events.ts";
import "../api/helpdesk/events.ts";
import { newId } from "../api/kernel/id.ts";
import { logEnd } from "../api/kernel/live/follow.ts";
import type { Signal } from "../api/kernel/live/signal.ts";
import type { LiveEvent, View } from "../api/kernel/live/view.ts";
import { cursorOf } from "../api/kernel/log/cursor.ts";
import type { LoggedEvent } from "../api/kernel/log/event.ts";
import type { Locale } from "../words/words.ts";
import { assigneeChange } from "./conversation/assignee.ts";
import { entryChange, statusChange } from "./conversation/changes.ts";
import { readEntry, readPersonName } from "./conversation/queries.ts";
import { readTicketLine, type TicketEvent } from "./conversation/ticket-lines.ts";
import { type Html, html } from "./html.ts";
import { readRows } from "./inbox/queries.ts";
import { type ConversationRow, rowChange } from "./inbox/row.ts";
import { type Reader, sharedReader } from "./reader.ts";
import { opensInbox } from "./settings/inboxes/queries.ts";
import {
  arrivalFrame,
  type Delivery,
  eventFrame,
  packDelivery,
  reloadFrame,
  type Sign,
  signFrame,
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
  if (event.type === "conversation.started") return renderArrival(event);
  if (!isShown(event)) return null;

  const [rows, line] = await Promise.all([
    readRows(event.workspaceId, [event.conversationId]),
    threadLine(event, reader),
  ]);
  const row = rows.get(event.conversationId);
  if (!row) return null;
  const list = rowChange(row, reader);
  const cursor = cursorAt(event.position);
  return packDelivery({
    conversationId: event.conversationId,
    elsewhere: eventFrame(cursor, list),
    here: eventFrame(cursor, html`${list}${line}${paneChange(event, row, reader)}`),
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

function everywhere(frame: string): Delivery {
  return { conversationId: "", elsewhere: frame, here: frame };
}

async function threadLine(event: ThreadEvent, reader: Reader): Promise<Html | null> {
  if (event.type === "contact.changed") return null;
  const { workspaceId, conversationId } = event;
  const entry =
    event.type === "message.sent" ? await readEntry(workspaceId, event.payload.messageId) : await readTicketLine(event);
  return entry && entryChange(conversationId, entry, reader);
}

/** What an event changes of an open conversation besides its thread. */
function paneChange(event: ThreadEvent, { contact, assignee }: ConversationRow, reader: Reader): Html | null {
  const { conversationId, type } = event;
  if (type === "ticket.assigned") return assigneeChange(conversationId, assignee, reader);
  if (type !== "ticket.moved") return null;
  return statusChange({ conversationId, contact, to: event.payload.to, clientId: newId() }, reader);
}

function cursorAt(position: number): string {
  return cursorOf(logEnd().logName, position);
}
