import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { firstName, type Person } from "../person.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";

/** The place where an agent writes. `refused` brings back what could not be sent, and why, without JavaScript. */
export type Composer = {
  conversationId: string;
  contact: Person;
  isClosed: boolean;
  /** Made anew for each rendering, so that a form sent twice is one message. */
  clientId: string;
  refused?: { body: string; isNote: boolean; sentence: string };
};

/** Answers the composer, or the sentence that stands in its place when the conversation takes no more messages. */
export function composer(state: Composer, reader: Reader): Html {
  return html`<div id="composer-place">${state.isClosed ? closedLine(reader) : form(state, reader)}</div>`;
}

function closedLine(reader: Reader): Html {
  return html`<p class="comp-closed">${icon("archive")}${reader.words.closedComposer}</p>`;
}

function form(state: Composer, reader: Reader): Html {
  const { words } = reader;
  const { conversationId, contact, clientId, refused } = state;
  const address = paths.messages(conversationId);
  const isNote = refused?.isNote ?? false;
  const to = words.toCustomer(contact.name === null ? null : firstName(contact.name));
  return html`<form class="comp" id="composer" method="post" action="${address}" hx-post="${address}" hx-swap="none" hx-sync="this:queue all" hx-status:422="target:#composer-problem swap:innerHTML">
<input type="hidden" name="clientId" value="${clientId}">
<header><fieldset class="tabs"><legend class="sr">${words.kindOfMessage}</legend>
<label><input class="sr" type="radio" name="visibility" value="everyone" ${!isNote && html`checked`}>${words.reply}</label>
<label><input class="sr" type="radio" name="visibility" value="staff" ${isNote && html`checked`}>${words.note}</label></fieldset>
<span class="meta ell" dir="auto"><span class="for-reply">${to}</span><span class="for-note">${words.onlyTeam}</span></span></header>
<label class="sr" for="body-${conversationId}">${words.message}</label>
<textarea id="body-${conversationId}" name="body" rows="1" required maxlength="10000" dir="auto" aria-describedby="composer-problem" placeholder="${words.writeReply}" data-note-placeholder="${words.writeNote}" hx-preserve="true">${refused?.body}</textarea>
<p class="problem-line" id="composer-problem" role="alert">${refused && problemLine(refused.sentence)}</p>
<footer><span class="end"><button class="btn primary" type="submit"><span class="for-reply">${words.send}</span><span class="for-note">${icon("lock", "s")}${words.addNote}</span><kbd class="hide-s" aria-hidden="true">${words.sendKeys}</kbd></button></span></footer></form>`;
}

/** Answers why a message was not taken, for the line under the text. */
export function problemLine(sentence: string): Html {
  return html`${icon("circle-alert", "s")}${sentence}`;
}
