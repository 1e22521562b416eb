import "../../api/chat/events.ts";
import "../../api/helpdesk/events.ts";
import { newId } from "../../api/kernel/id.ts";
import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import { assigneeChange } from "../conversation/assignee.ts";
import { entryChange, statusChange } from "../conversation/changes.ts";
import { contactChange } from "../conversation/contact.ts";
import { readContact } from "../conversation/details-queries.ts";
import type { Entry } from "../conversation/entry.ts";
import { readEntry } from "../conversation/queries.ts";
import { readTicketLine, type TicketEvent } from "../conversation/ticket-lines.ts";
import { deskTitle } from "../desk-page.ts";
import { type Html, html } from "../html.ts";
import { readRows } from "../inbox/queries.ts";
import { type ConversationRow, rowChange } from "../inbox/row.ts";
import { mentionIn } from "../mentions/signs.ts";
import { nameOf } from "../person.ts";
import type { Reader } from "../reader.ts";
import { opensInbox } from "../settings/inboxes/queries.ts";
import { arrivalFrame } from "../stream-frame.ts";
import { cursorAt, packChange, packEverywhere } from "./packed.ts";

/** What happens in a conversation with a customer: its row in every list, its line and what else of it has changed where it is open. */
export async function renderTicket(event: LoggedEvent, reader: Reader): Promise<string | null> {
  if (event.type === "conversation.started") return renderArrival(event);
  if (!isShown(event)) return null;

  const { workspaceId, conversationId } = event;
  const [rows, entry] = await Promise.all([readRows(workspaceId, [conversationId]), readLine(event)]);
  const row = rows.get(conversationId);
  if (!row) return null;
  const line = entry && entryChange(conversationId, entry, reader);
  const here = html`${line}${await paneChange(event, row, reader)}`;
  return packChange(event, { everywhere: rowChange(row, reader), here, signs: mentionIn(conversationId, entry) });
}

/** The first conversation of an inbox is waited for in its settings; any other tells nothing that its message does not. */
async function renderArrival(event: LoggedEvent<"conversation.started">): Promise<string | null> {
  const { workspaceId, conversationId, occurredAt, position } = event;
  return (await opensInbox(workspaceId, conversationId, occurredAt))
    ? packEverywhere(arrivalFrame(cursorAt(position)))
    : null;
}

type ThreadEvent = LoggedEvent<"message.sent" | "contact.changed"> | TicketEvent;

function isShown(event: LoggedEvent): event is ThreadEvent {
  return ["message.sent", "contact.changed", "ticket.moved", "ticket.assigned"].includes(event.type);
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
