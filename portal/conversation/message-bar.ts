import { type Html, html } from "../html.ts";
import { icon, type IconName } from "../icons.ts";
import type { Reader } from "../reader.ts";

/** What can be done with a message, in the order of its bar. */
export const messageActs = ["quote", "quoteInNote", "copyText", "copyLink"] as const;

const icons: Record<(typeof messageActs)[number], IconName> = {
  quote: "text-quote",
  quoteInNote: "lock",
  copyText: "copy",
  copyLink: "link-2",
};

/** Answers the one bar of a thread. The script shows it at the message that is pointed at, or has the focus. */
export function messageBar({ words }: Reader): Html {
  const buttons = messageActs.map(
    (act) =>
      html`<button class="ib" type="button" data-act="${act}" aria-label="${words.messageActs[act]}" title="${words.messageActs[act]}">${icon(icons[act])}</button>`,
  );
  return html`<div class="acts" id="message-bar" role="toolbar" aria-label="${words.messageBar}" hidden>${buttons}</div>`;
}
