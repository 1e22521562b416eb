import { isZone, timeOfDay } from "../../words/time.ts";
import { type Html, html } from "../html.ts";
import type { Status } from "../paths.ts";
import { avatar, type Person, personName } from "../person.ts";
import type { Reader } from "../reader.ts";
import { addressee } from "./composer.ts";
import { closeConsequence } from "./heading.ts";

/** The customer of a conversation, as its details tell of them. */
export type ContactDetails = {
  contact: Person;
  contactEmail: string | null;
  /** Whether their site has signed for the address. */
  isEmailVerified: boolean;
  /** What their site says of them. */
  attributes: Record<string, string | number | boolean>;
  /** BCP 47 */
  contactLocale: string | null;
  /** IANA time zone */
  contactZone: string | null;
};

/** Answers who the customer is. */
export function contactFields(details: ContactDetails, reader: Reader): Html {
  const { words } = reader;
  const { contact, contactEmail, contactLocale } = details;
  const under = contactEmail ?? (contact.name === null ? words.anonymous : null);
  const isOnlySaid = contactEmail !== null && !details.isEmailVerified;
  return html`<div class="row who">${avatar(contact, "l")}<div class="grow"><b class="ell">${personName(contact, reader)}</b><span class="meta ell"><bdi>${under}</bdi></span></div></div>
<dl class="fields">${isOnlySaid && field(words.email, words.unverified)}${localTime(details, reader)}${contactLocale && field(words.language, languageName(contactLocale, reader))}${attributeFields(details, reader)}</dl>`;
}

/** The conversation whose customer has changed, and what its page is called now. */
export type Renamed = { conversationId: string; status: Status; pageTitle: string };

/** Answers what of an open conversation changes with its customer; a closed one has nothing left to write or to close. */
export function contactChange(
  { conversationId, status, pageTitle }: Renamed,
  details: ContactDetails,
  reader: Reader,
): Html {
  const { contact } = details;
  const thread = `#thread[data-conversation="${conversationId}"]`;
  const put = (place: string, content: Html | string) =>
    html`<hx-partial hx-target="${place}" hx-swap="innerHTML">${content}</hx-partial>`;
  return html`${put(`head:has(+ body ${thread}) #page-title`, pageTitle)}${put(`${thread} #thread-title`, personName(contact, reader))}${put(`${thread} ~ #details #contact`, contactFields(details, reader))}${
    status !== "closed" && [
      put(`${thread} #addressee`, addressee(contact, reader)),
      put(`${thread} #close-consequence`, closeConsequence(contact, reader)),
    ]
  }`;
}

/** Answers a line of the details. */
export function field(name: string, value: Html | string): Html {
  return html`<dt>${name}</dt><dd><bdi>${value}</bdi></dd>`;
}

/** What the site says of the customer, under its own names. */
function attributeFields({ attributes }: ContactDetails, { words }: Reader): Html[] {
  return Object.entries(attributes).map(([name, value]) => {
    const shown = typeof value === "boolean" ? (value ? words.yes : words.no) : String(value);
    return field(name.replaceAll("_", " "), shown);
  });
}

// The browser keeps the clock going.
function localTime({ contactZone }: ContactDetails, reader: Reader): Html | null {
  if (!contactZone || !isZone(contactZone)) return null;
  const city = contactZone.split("/").at(-1)!.replaceAll("_", " ");
  const time = timeOfDay(new Date(), { ...reader, zone: contactZone });
  return field(reader.words.localTime, html`<span data-clock="${contactZone}">${time}</span> · ${city}`);
}

function languageName(tag: string, reader: Reader): string {
  try {
    const name = new Intl.DisplayNames(reader.locale, { type: "language" }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(reader.locale) + name.slice(1);
  } catch {
    return tag;
  }
}
