import { type Html, html } from "../html.ts";
import type { Seen } from "../../api/chat/room-queries.ts";
import { paths } from "../paths.ts";
import { avatar } from "../person.ts";
import type { Reader } from "../reader.ts";
import { remindDialog } from "../reminders/remind-dialog.ts";

/** Answers what the message bar opens: the choice of a sign or of a time, the question before a deletion, what was said before, and who has read. */
export function messageDialogs(reader: Reader): Html {
  const { words } = reader;
  const find = html`hx-get="${paths.emoji}" hx-trigger="input delay:150ms" hx-target="#emoji-found" hx-swap="innerHTML" hx-sync="this:replace"`;
  return html`<dialog class="dlg picker" id="picker" aria-label="${words.react}"><div class="often">${words.often.map((emoji) => emojiButton(emoji))}</div>
<input type="text" inputmode="search" name="q" aria-label="${words.findEmoji}" placeholder="${words.findEmoji}" maxlength="40" autocomplete="off" spellcheck="false" ${find}>
<div class="found" id="emoji-found" role="status"></div></dialog>
<dialog class="dlg" id="delete-dialog" aria-labelledby="delete-title"><h2 id="delete-title">${words.deleteQuestion}</h2><p>${words.deleteConsequence}</p>
<form method="dialog"><footer><button class="btn" type="submit" value="" autofocus>${words.keepMessage}</button><button class="btn danger" type="submit" value="delete">${words.deleteForGood}</button></footer></form></dialog>
<dialog class="dlg history" id="history-dialog" aria-labelledby="history-title"><h2 id="history-title">${words.earlierVersions}</h2><div id="history" tabindex="0"></div><form method="dialog"><footer><button class="btn" type="submit">${words.close}</button></footer></form></dialog>
<dialog class="dlg seen" id="seen-dialog" aria-labelledby="seen-title"><div id="seen-list"></div><form method="dialog"><footer><button class="btn" type="submit">${words.close}</button></footer></form></dialog>${remindDialog(reader)}`;
}

/** Answers who has read a message, the newest readers first. */
export function seenList({ agents, count }: Seen, { words }: Reader): Html {
  const title = count > 0 ? words.seenBy(count) : words.seenByNobody;
  const people = agents.map(
    ({ id, name }) =>
      html`<li>${avatar({ id, kind: "agent", name }, "s")}<span class="ell"><bdi>${name}</bdi></span></li>`,
  );
  return html`<h2 id="seen-title">${title}</h2><ul class="room-members">${people}</ul>`;
}

/** Answers the signs that are called so, for the choice of one. */
export function foundEmoji(found: readonly { emoji: string; name: string }[], { words }: Reader): Html {
  if (found.length === 0) return html`<p class="meta">${words.noEmoji}</p>`;
  return html`${found.map(({ emoji, name }) => emojiButton(emoji, name))}`;
}

function emojiButton(emoji: string, name?: string): Html {
  return html`<button class="ib emoji" type="button" data-emoji="${emoji}" ${name && html`aria-label="${emoji} ${name}" title=":${name}:"`}>${emoji}</button>`;
}

/** Answers the form in which a message is edited where it stands; the script puts it into its line. */
export function messageEditor(id: string, body: string, { words }: Reader): Html {
  return html`<form class="editor" method="post" action="${paths.messageText(id)}"><textarea name="body" rows="1" required maxlength="10000" dir="auto" aria-label="${words.editMessage}">${"\n"}${body}</textarea>
<p class="problem-line" role="alert"></p><footer><button class="btn s" type="button" data-cancel>${words.cancelEdit}</button><button class="btn s primary" type="submit">${words.saveEdit}</button></footer></form>`;
}
