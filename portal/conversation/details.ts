import { fullStamp, isZone, shortStamp, timeOfDay } from "../../words/time.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { avatar, personName } from "../person.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { statusLine } from "../inbox/row.ts";
import { assigneeLine } from "./assignee.ts";
import type { EarlierConversation } from "./details-queries.ts";
import type { Conversation } from "./pane.ts";

/** Answers the side pane: who the customer is, and the ticket. Folded into a drawer below 1280 px. */
export function detailsPane(conversation: Conversation, reader: Reader): Html {
  const { words } = reader;
  const { contact, contactEmail, contactLocale, number, inboxName, startedAt } = conversation;
  const under = contactEmail ?? (contact.name === null ? words.anonymous : null);
  const isOnlySaid = contactEmail !== null && !conversation.isEmailVerified;
  return html`<section class="pane side" id="details" popover aria-label="${words.details}">
<header class="bar drawer-bar"><h2 class="grow">${words.details}</h2><button class="ib" type="button" popovertarget="details" popovertargetaction="hide" aria-label="${words.closeDetails}">${icon("x")}</button></header>
<div class="scroll">
<section><div class="row who">${avatar(contact, "l")}<div class="grow"><b class="ell">${personName(contact, reader)}</b><span class="meta ell"><bdi>${under}</bdi></span></div></div>
<dl class="fields">${isOnlySaid && field(words.email, words.unverified)}${localTime(conversation, reader)}${contactLocale && field(words.language, languageName(contactLocale, reader))}${attributeFields(conversation, reader)}</dl></section>
<section><h2>${words.ticket(number)}</h2><dl class="fields">
<dt>${words.state}</dt><dd id="ticket-state">${statusLine(conversation.status, reader)}</dd>
<dt>${words.assignee}</dt><dd><button type="button" id="ticket-assignee" popovertarget="assignee-menu">${assigneeLine(conversation.assignee, reader)}</button></dd>
${field(words.inboxField, inboxName)}${field(words.startedAt, fullStamp(startedAt, reader))}</dl></section>
${conversation.earlier.length > 0 && earlierList(conversation.earlier, reader)}
</div></section>`;
}

/** What the site says of the customer, under its own names. */
function attributeFields({ attributes }: Conversation, { words }: Reader): Html[] {
  return Object.entries(attributes).map(([name, value]) => {
    const shown = typeof value === "boolean" ? (value ? words.yes : words.no) : String(value);
    return field(name.replaceAll("_", " "), shown);
  });
}

function earlierList(earlier: readonly EarlierConversation[], reader: Reader): Html {
  const items = earlier.map(({ id, number, opening, at }) => {
    const address = paths.conversation(id);
    return html`<li><a class="link cv-link" href="${address}" hx-get="${address}" hx-target="#conversation" hx-swap="innerHTML" hx-push-url="true" hx-indicator="#conversation"><span class="key">${number}</span><span class="ell grow" dir="auto">${opening}</span><span class="meta">${shortStamp(at, new Date(), reader)}</span></a></li>`;
  });
  return html`<section><h2>${reader.words.earlierConversations}</h2><ul>${items}</ul></section>`;
}

function field(name: string, value: string): Html {
  return html`<dt>${name}</dt><dd><bdi>${value}</bdi></dd>`;
}

function localTime({ contactZone }: Conversation, reader: Reader): Html | null {
  if (!contactZone || !isZone(contactZone)) return null;
  const city = contactZone.split("/").at(-1)!.replaceAll("_", " ");
  return field(reader.words.localTime, `${timeOfDay(new Date(), { ...reader, zone: contactZone })} · ${city}`);
}

function languageName(tag: string, reader: Reader): string {
  try {
    const name = new Intl.DisplayNames(reader.locale, { type: "language" }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(reader.locale) + name.slice(1);
  } catch {
    return tag;
  }
}
