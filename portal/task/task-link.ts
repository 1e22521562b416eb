import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import type { Card } from "./card.ts";
import { groupIcon, nameFor, typeSign } from "./signs.ts";

/** Answers a task as one line that leads to it; by `place`, its id in the page, it keeps the focus when it is put there again. */
export function taskLink({ id, key, title, type, state }: Card, reader: Reader, place?: string): Html {
  return html`<a class="link" ${place && html`id="${place}"`} href="${paths.conversation(id)}">${typeSign(type, reader)}<span class="key">${key}</span><span class="ell grow" dir="auto">${title}</span><span title="${nameFor(state, reader)}">${groupIcon(state.group)}</span></a>`;
}
