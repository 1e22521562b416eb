import { commandPreviewPlace } from "../commands/preview-place.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { firstName, type Person } from "../person.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";

/** What the reader has begun to write: a draft, or what could not be sent and why. */
export type Begun = {
  body: string;
  isNote: boolean;
  /** Under which it will be sent; a new one without it. */
  clientId?: string;
  /** The last line that they could have seen when they wrote it. */
  began?: number;
  sentence?: string;
};

/** The place where an agent writes. */
export type Composer = {
  conversationId: string;
  contact: Person;
  isClosed: boolean;
  /** Made anew for each rendering, so that a form sent twice is one message. */
  clientId: string;
  begun?: Begun;
};

/** Answers the composer, or the sentence that stands in its place when the conversation takes no more messages. */
export function composer(state: Composer, reader: Reader): Html {
  return html`<div id="composer-place">${state.isClosed ? closedLine(reader) : form(state, reader)}</div>`;
}

/** Answers how far the thread has been seen, which the composer sends along: outside it, since it moves with the thread. */
export function seenField(seq: number): Html {
  return html`<input type="hidden" id="seen-seq" name="seq" value="${seq}" form="composer">`;
}

function closedLine(reader: Reader): Html {
  return html`<p class="comp-closed">${icon("archive")}${reader.words.closedComposer}</p>`;
}

// The field, the kind and the client id are kept together when the same composer comes again: a note stays a note.
function form({ conversationId: id, contact, clientId, begun }: Composer, reader: Reader): Html {
  const { words } = reader;
  const address = paths.messages(id);
  const isNote = begun?.isNote ?? false;
  return html`<form class="comp" id="composer" method="post" action="${address}" hx-post="${address}" hx-target="#desk" hx-swap="none" hx-sync="#thread:queue all" data-draft="${paths.draft(id)}" data-typing="${paths.typing(id)}" data-mentionable="${paths.mentionable(id)}" data-commands="${paths.commands(id)}" ${begun?.began && html`data-began="${begun.began}"`}>
<input type="hidden" id="client-${id}" name="clientId" value="${begun?.clientId ?? clientId}" hx-preserve="true">
<header><fieldset class="kinds" id="kind-${id}" hx-preserve="true"><legend class="sr">${words.kindOfMessage}</legend>
<label title="R"><input class="sr" type="radio" name="visibility" value="everyone" ${!isNote && html`checked`}>${words.reply}</label>
<label title="N"><input class="sr" type="radio" name="visibility" value="staff" ${isNote && html`checked`}>${words.note}</label></fieldset>
<span class="meta ell" dir="auto"><span class="for-reply" id="addressee">${addressee(contact, reader)}</span><span class="for-note">${words.onlyTeam}</span></span></header>
<p class="changed-line" id="composer-changed" role="status"></p>
<label class="sr" for="body-${id}">${words.message}</label>
<textarea id="body-${id}" name="body" rows="1" required maxlength="10000" dir="auto" aria-describedby="composer-problem" placeholder="${words.writeReply}" data-note-placeholder="${words.writeNote}" hx-preserve="true">${begun?.body}</textarea>
${commandPreviewPlace(reader)}
<p class="problem-line" id="composer-problem" role="alert">${begun?.sentence && problemLine(begun.sentence)}</p>
<footer><span class="meta" id="draft-state"></span><span class="end">
<button class="btn for-reply hide-s" type="submit" name="next" value="resolve" title="${words.sendAndResolveKeys}">${words.sendAndResolve}</button>
<button class="btn primary" type="submit"><span class="for-reply">${words.send}</span><span class="for-note">${icon("lock", "s")}${words.addNote}</span><kbd class="hide-s" aria-hidden="true">${words.sendKeys}</kbd></button></span></footer></form>`;
}

/** Answers to whom a reply goes. */
export function addressee({ name }: Person, { words }: Reader): Html {
  return html`${words.toCustomer(name === null ? null : firstName(name))}`;
}

/** Answers why a message was not taken, for the line under the text. */
export function problemLine(sentence: string): Html {
  return html`${icon("circle-alert", "s")}${sentence}`;
}
