import { type Html, html } from "./html.ts";

/** Answers the attributes of a link to a list: it takes the place of the one that stands there, and what is open stays open. */
export function listLink(address: string): Html {
  return html`href="${address}" hx-get="${address}" ${intoList}`;
}

/** What makes a link or a form of the desk put its answer in the list's place. */
export const intoList = html`hx-target="#list" hx-swap="outerHTML" hx-push-url="true" hx-indicator="#list" hx-sync="#list:replace"`;

/** Answers the attributes of a link to a conversation, or to none: the list beside it stays. */
export function conversationLink(address: string): Html {
  return html`href="${address}" hx-get="${address}" hx-target="#conversation" hx-swap="innerHTML" hx-push-url="true" hx-indicator="#conversation" hx-sync="#conversation:replace"`;
}
