import { fullStamp, shortStamp } from "../../words/time.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { conversationLink } from "../links.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { statusLine } from "../inbox/row.ts";
import { madeSection } from "../task/made.ts";
import { assigneeLine } from "./assignee.ts";
import { contactFields, field } from "./contact.ts";
import type { EarlierConversation } from "./details-queries.ts";
import type { Conversation } from "./pane.ts";
import { pinnedSection } from "./pinned.ts";

/** Answers the side pane: who the customer is, and the ticket. Folded into a drawer below 1280 px. */
export function detailsPane(conversation: Conversation, reader: Reader): Html {
  const { words } = reader;
  const { number, inboxName, startedAt } = conversation;
  return html`<section class="pane side" id="details" popover aria-label="${words.details}">
<header class="bar drawer-bar"><h2 class="grow">${words.details}</h2><button class="ib" type="button" popovertarget="details" popovertargetaction="hide" aria-label="${words.closeDetails}">${icon("x")}</button></header>
<div class="scroll">
<section id="contact">${contactFields(conversation, reader)}</section>
<section><h2>${words.ticket(number)}</h2><dl class="fields">
<dt>${words.state}</dt><dd id="ticket-state">${statusLine(conversation.status, reader)}</dd>
<dt>${words.assignee}</dt><dd><button type="button" id="ticket-assignee" popovertarget="assignee-menu">${assigneeLine(conversation.assignee, reader)}</button></dd>
${field(words.inboxField, inboxName)}${field(words.startedAt, fullStamp(startedAt, reader))}</dl></section>
${madeSection(conversation.id, conversation.tasks, reader)}${pinnedSection(conversation.id, conversation.pinned, reader)}
${conversation.earlier.length > 0 && earlierList(conversation.earlier, reader)}
</div></section>`;
}

function earlierList(earlier: readonly EarlierConversation[], reader: Reader): Html {
  const items = earlier.map(({ id, number, opening, at }) => {
    return html`<li><a class="link cv-link" ${conversationLink(paths.conversation(id))}><span class="key">${number}</span><span class="ell grow" dir="auto">${opening || reader.words.deletedMessage}</span><span class="meta">${shortStamp(at, new Date(), reader)}</span></a></li>`;
  });
  return html`<section><h2>${reader.words.earlierConversations}</h2><ul>${items}</ul></section>`;
}
