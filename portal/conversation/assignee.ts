import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { assigneeFace, avatar, ownerFace, type Person, personName } from "../person.ts";
import type { Reader } from "../reader.ts";

/** Answers whose the ticket is: a face and a name, or a dashed circle where it is nobody's. */
export function assigneeLine(assignee: Person | null, reader: Reader): Html {
  const name = assignee ? personName(assignee, reader) : reader.words.nobody;
  return html`<span class="assignee" data-assignee="${assignee?.id}">${ownerFace(assignee)}<span class="ell">${name}</span></span>`;
}

/** Answers what a change of hands changes in an open conversation. */
export function assigneeChange(conversationId: string, assignee: Person | null, reader: Reader): Html {
  const thread = `#thread[data-conversation="${conversationId}"]`;
  return html`<hx-partial hx-target="${thread} #heading-assignee" hx-swap="innerHTML">${assigneeFace(assignee, reader)}</hx-partial><hx-partial hx-target="${thread} ~ #details #ticket-assignee" hx-swap="innerHTML">${assigneeLine(assignee, reader)}</hx-partial>`;
}

/** Answers the menu of whose the ticket may be: the reader's own, nobody's, or that of a colleague who is a member. */
export function assigneeMenu(conversationId: string, colleagues: readonly Person[], reader: Reader): Html {
  const { words } = reader;
  const address = paths.assignee(conversationId);
  const others = colleagues.map(
    (colleague) =>
      html`<button class="opt" type="submit" name="assignee" value="${colleague.id}">${avatar(colleague, "xs")}<span class="ell">${personName(colleague, reader)}</span></button>`,
  );
  return html`<form class="menu" id="assignee-menu" popover method="post" action="${address}" hx-post="${address}" hx-target="#desk" hx-swap="none" aria-label="${words.assignee}">
<button class="opt" type="submit" name="assignee" value="me" id="assign-to-me">${icon("user-round")}${words.assignToMe}</button><button class="opt" type="submit" name="assignee" value="nobody">${icon("x")}${words.nobody}</button>${others}</form>`;
}
