import { legalMoves, type Move } from "../../api/helpdesk/ticket.ts";
import { type Html, html } from "../html.ts";
import { icon, type IconName } from "../icons.ts";
import { usualView } from "../inbox/view.ts";
import { conversationLink } from "../links.ts";
import { paths, type Status } from "../paths.ts";
import { assigneeFace, type Person, personName } from "../person.ts";
import type { Reader } from "../reader.ts";
import { assigneeMenu } from "./assignee.ts";

/** What the heading needs to know of a conversation. */
export type Heading = {
  id: string;
  number: number;
  status: Status;
  contact: Person;
  inboxName: string;
  /** Whose it is; null: nobody's. */
  assignee: Person | null;
  /** To whom it can be given besides the reader. */
  colleagues: Person[];
};

/** Answers the heading of a conversation: who it is with, who else looks, and what can be done. */
export function heading(conversation: Heading, readingForm: Html, reader: Reader): Html {
  const { number, status, contact, inboxName } = conversation;
  const { words } = reader;
  return html`<header class="bar"><a class="ib back" ${conversationLink(paths.inbox({ ...usualView, condition: status }))} aria-label="${words.backToList}">${icon("chevron-left")}</a>
<div class="grow"><h1 class="ell" id="thread-title" tabindex="-1">${personName(contact, reader)}</h1><span class="meta ell">${number} · <bdi>${inboxName}</bdi><span class="viewers" id="viewers"></span></span></div>
${readingForm}<button class="ib assign-button" type="button" id="heading-assignee" popovertarget="assignee-menu" title="${words.assignee}">${assigneeFace(conversation.assignee, reader)}</button>${assigneeMenu(conversation.id, conversation.colleagues, reader)}${ticketActions(conversation, reader)}
<button class="ib details-button" type="button" popovertarget="details" aria-label="${words.details}">${icon("info")}</button></header>`;
}

const moveIcons: Record<Move, IconName> = {
  wait: "circle-pause",
  resolve: "check",
  close: "archive",
  reopen: "rotate-ccw",
};

/** Answers the moves that are open to the agent now: the next one as a button, the others in a menu, an end for good by dialog. */
export function ticketActions(
  { id, status, contact }: Pick<Heading, "id" | "status" | "contact">,
  reader: Reader,
): Html {
  const { words } = reader;
  const next: Move = status === "resolved" || status === "closed" ? "reopen" : "resolve";
  const others = legalMoves(status).filter((move) => move !== next);
  const menu = html`<button class="ib" type="button" id="more-moves" popovertarget="ticket-menu" aria-label="${words.moreMoves}" title="${words.moreMoves}">${icon("ellipsis")}</button>
<div class="menu" id="ticket-menu" popover>${others.map((move) => menuItem(move, reader))}</div>`;
  return html`<form class="row" id="ticket-actions" method="post" action="${paths.moves(id)}" hx-post="${paths.moves(id)}" hx-target="#desk" hx-swap="none">${others.length > 0 && menu}
<button class="btn s next-move" id="next-move" type="submit" name="move" value="${next}">${icon(moveIcons[next])}<span>${words.moves[next]}</span></button>${others.includes("close") && closeDialog(contact, reader)}</form>`;
}

function menuItem(move: Move, reader: Reader): Html {
  const how =
    move === "close"
      ? html`type="button" commandfor="close-dialog" command="show-modal"`
      : html`type="submit" name="move" value="${move}"`;
  return html`<button class="opt" ${how}>${icon(moveIcons[move])}${reader.words.moves[move]}</button>`;
}

// The customer is told at once that it is over: nothing that a toast could take back.
function closeDialog(contact: Person, reader: Reader): Html {
  const { words } = reader;
  return html`<dialog class="dlg" id="close-dialog" aria-labelledby="close-title"><h2 id="close-title">${words.closeQuestion}</h2><p id="close-consequence">${closeConsequence(contact, reader)}</p>
<footer><button class="btn" type="button" commandfor="close-dialog" command="close">${words.keepOpen}</button><button class="btn danger" type="submit" name="move" value="close">${words.closeConversation}</button></footer></dialog>`;
}

/** Answers what closing means for the customer. */
export function closeConsequence({ name }: Person, { words }: Reader): Html {
  return html`${words.closeConsequence(name)}`;
}
