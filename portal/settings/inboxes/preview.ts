import type { Agent, Inbox } from "../../../prisma/generated/client/client.ts";
import { inkOn, readAccent } from "../../../api/helpdesk/accent.ts";
import { houseGreeting } from "../../../words/greeting.ts";
import { type Html, html } from "../../html.ts";
import { icon } from "../../icons.ts";
import { avatar } from "../../person.ts";
import type { Reader } from "../../reader.ts";
import { wordsOf } from "../frame.ts";
import type { InboxForm } from "./page.ts";

const HOUSE_ACCENT = "#0863a9";
const MOST_FACES = 3;

/**
 * Answers how the chat looks with what stands in the form. Its colours are attributes of drawings, since pages take no
 * inline style; a script changes them and the text while one types.
 */
export function preview(
  { inbox, members, form }: { inbox: Inbox; members: Agent[]; form: InboxForm },
  reader: Reader,
): Html {
  const words = wordsOf(reader);
  const read = readAccent(form.accentColor);
  const accent = read.ok ? read.value : HOUSE_ACCENT;
  const ink = inkOn(accent);
  const house = houseGreeting[reader.locale];
  const team = members.filter(({ disabledAt, invitedAt }) => !disabledAt && !invitedAt).slice(0, MOST_FACES);
  const ground = html`<svg class="ground" aria-hidden="true"><rect width="100%" height="100%" fill="${accent}" data-accent="fill"/></svg>`;
  const inked = (text: string) =>
    html`<svg class="inked" aria-hidden="true" color="${ink}" data-ink="color"><foreignObject width="100%" height="100%"><span>${text}</span></foreignObject></svg>`;
  return html`<figure class="preview" aria-label="${words.preview}"><figcaption class="meta">${words.preview}</figcaption>
<div class="chat" inert><div class="head"><b class="ell grow" data-preview="name"><bdi>${form.name || inbox.name}</bdi></b>${icon("x")}</div>
<div class="hello"><p class="greeting" data-preview="${reader.locale}" data-house="${house}">${form[reader.locale] || house}</p><div class="row">${team.map(({ id, name }) => avatar({ id, kind: "agent", name }))}</div><div class="start">${ground}${inked(words.previewStart)}</div><div class="bubble">${ground}${inked(words.previewMessage)}</div></div></div>
<svg class="launcher" viewBox="0 0 56 56" aria-hidden="true"><circle cx="28" cy="28" r="28" fill="${accent}" data-accent="fill"/><g transform="translate(16 16)" fill="none" stroke="${ink}" data-ink="stroke" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z"/></g></svg></figure>`;
}
