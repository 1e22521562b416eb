import { type Html, html } from "../html.ts";
import { icon, type IconName } from "../icons.ts";
import type { Reader } from "../reader.ts";

/** What is done with a message most, in the order of its bar. */
export const barActs = ["react", "replyInThread", "quote", "quoteInNote"] as const;
/** The rest, in its menu. */
// biome-ignore format: in one line
export const menuActs = ["edit", "pin", "makeTask", "remindMe", "markUnread", "seenBy", "copyText", "copyLink", "delete"] as const;

/** What can be done with a message. */
export type MessageAct = (typeof barActs)[number] | (typeof menuActs)[number];

/** Where customers take part there are no threads, and where colleagues talk no notes. */
export const actsOf = {
  support: new Set<MessageAct>([...barActs, ...menuActs].filter((act) => act !== "replyInThread" && act !== "seenBy")),
  room: new Set<MessageAct>([...barActs, ...menuActs].filter((act) => act !== "quoteInNote")),
};

const icons: Record<MessageAct, IconName> = {
  react: "smile",
  replyInThread: "reply",
  quote: "text-quote",
  quoteInNote: "lock",
  edit: "pencil",
  pin: "pin",
  remindMe: "bell",
  markUnread: "circle-dot",
  seenBy: "check-check",
  copyText: "copy",
  copyLink: "link-2",
  makeTask: "square-check",
  delete: "trash-2",
};

/** Answers the one bar of a thread. The script shows it at the message that is pointed at, or has the focus. */
export function messageBar({ words }: Reader, acts: ReadonlySet<MessageAct>): Html {
  const buttons = barActs
    .filter((act) => acts.has(act))
    .map(
      (act) =>
        html`<button class="ib" type="button" data-act="${act}" aria-label="${words.messageActs[act]}" title="${words.messageActs[act]}">${icon(icons[act])}</button>`,
    );
  const options = menuActs
    .filter((act) => acts.has(act))
    .map(
      (act) =>
        html`<button class="opt" type="button" data-act="${act}">${icon(icons[act])}${words.messageActs[act]}</button>`,
    );
  return html`<div class="acts" id="message-bar" role="toolbar" aria-label="${words.messageBar}" hidden>${buttons}<button class="ib" type="button" popovertarget="message-menu" aria-label="${words.moreActs}" title="${words.moreActs}">${icon("ellipsis")}</button><div class="menu" id="message-menu" popover>${options}</div></div>`;
}
