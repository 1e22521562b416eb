import type { Present } from "../../api/people/presence/queries.ts";
import { NO_STATUS } from "../../api/people/presence/status.ts";
import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { radioGroup } from "../settings/form.ts";
import { wordsOf } from "./mark.ts";

/** When a status is to end, as the form sends it. */
export const ENDS = ["never", "half", "hour", "today"] as const;
export type End = (typeof ENDS)[number];

/** What may be said by one press, and when it ends. */
export const SUGGESTED: Record<"meeting" | "lunch" | "elsewhere" | "ill", End> = {
  ...{ meeting: "hour", lunch: "hour" },
  ...{ elsewhere: "today", ill: "today" },
};
export type Suggestion = keyof typeof SUGGESTED;
export const SUGGESTIONS = Object.keys(SUGGESTED) as Suggestion[];

/** Answers the dialog in which an agent says what they do; it and what opens it work without a script. */
export function statusDialog(own: Present | undefined, reader: Reader): Html {
  const words = wordsOf(reader);
  const cancel = html`<button class="btn quiet" type="button" commandfor="status-dialog" command="close">${words.cancel}</button>`;
  return html`<dialog class="dlg" id="status-dialog" aria-labelledby="status-title"><h2 id="status-title">${words.setStatus}</h2>${statusForm({ own, prefix: "status", more: cancel }, reader)}</dialog>`;
}

type Form = { own: Present | undefined; prefix: string; more?: Html };

/** Answers the forms for one's own status: in words of one's own, or one that is suggested. */
export function statusForm({ own, prefix, more }: Form, reader: Reader): Html {
  const words = wordsOf(reader);
  const { availability, emoji, text } = own?.status ?? NO_STATUS;
  const choices = Object.entries(words.availabilities);
  return html`<form class="form" method="post" action="${paths.status}" hx-post="${paths.status}" hx-swap="none">
${radioGroup({ name: "availability", label: words.availability, value: availability, choices })}
<div class="field"><label for="${prefix}-text">${words.whatNow}</label><input id="${prefix}-text" name="text" maxlength="120" value="${[emoji, text].filter(Boolean).join(" ")}" dir="auto" autocomplete="off"></div>
<div class="field"><label for="${prefix}-end">${words.ends}</label><select id="${prefix}-end" name="end">${ENDS.map((end) => html`<option value="${end}">${words.endChoices[end]}</option>`)}</select></div>
<footer><button class="btn primary" type="submit">${words.save}</button><button class="btn" type="submit" name="clear" value="yes">${words.clear}</button>${more}</footer></form>
<form class="suggested" method="post" action="${paths.status}" hx-post="${paths.status}" hx-swap="none">${SUGGESTIONS.map((name) => html`<button class="btn s" type="submit" name="suggestion" value="${name}">${words.suggestions[name].emoji} ${words.suggestions[name].text}</button>`)}</form>`;
}
