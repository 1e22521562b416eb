import { problemLine } from "../conversation/composer.ts";
import { commandPreviewPlace } from "../commands/preview-place.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import type { Visit } from "../visit.ts";
import { roomName, wordsOf } from "./link.ts";
import type { RoomPaneState } from "./pane.ts";
import type { OpenRoom } from "./queries.ts";

/** Answers the place where a member writes, or the sentence that stands there where they may not. */
export function roomComposer(
  room: OpenRoom,
  { clientId, refused }: RoomPaneState,
  { agent, reader }: Pick<Visit, "agent" | "reader">,
): Html {
  const { words } = reader;
  const own = wordsOf(reader);
  const silent = room.isArchived ? own.archivedComposer : room.role === "viewer" ? own.viewerComposer : null;
  if (silent !== null)
    return html`<div id="composer-place"><p class="comp-closed">${icon(room.isArchived ? "archive" : "info")}${silent}</p></div>`;
  const { conversationId, draft } = room;
  const placeholder = own.writeTo(roomName(room, agent.agentId));
  return plainComposer({ conversationId, draft, clientId, refused, placeholder, verb: words.send }, reader);
}

/** A place where staff write to each other. */
type PlainComposer = Pick<RoomPaneState, "clientId"> & {
  conversationId: string;
  draft: OpenRoom["draft"];
  refused: RoomPaneState["refused"];
  placeholder: string;
  verb: string;
};

/** Answers the place where staff write to each other. */
export function plainComposer(given: PlainComposer, reader: Visit["reader"]): Html {
  const { words } = reader;
  const { conversationId: id, draft, clientId, refused, placeholder, verb } = given;
  const address = paths.messages(id);
  const body = refused?.body ?? draft?.body;
  return html`<div id="composer-place"><form class="comp" id="composer" method="post" action="${address}" hx-post="${address}" hx-target="#desk" hx-swap="none" hx-sync="#thread:queue all" data-draft="${paths.draft(id)}" data-typing="${paths.typing(id)}" data-mentionable="${paths.mentionable(id)}" data-commands="${paths.commands(id)}">
<input type="hidden" id="client-${id}" name="clientId" value="${draft?.clientId ?? clientId}" hx-preserve="true"><input type="radio" name="visibility" value="everyone" checked hidden>
<label class="sr" for="body-${id}">${words.message}</label>
<textarea id="body-${id}" name="body" rows="1" required maxlength="10000" dir="auto" aria-describedby="composer-problem" placeholder="${placeholder}" hx-preserve="true">${body}</textarea>
${commandPreviewPlace(reader)}
<p class="problem-line" id="composer-problem" role="alert">${refused && problemLine(refused.sentence)}</p>
<footer><span class="meta" id="draft-state"></span><span class="end"><button class="btn primary" type="submit">${verb}<kbd class="hide-s" aria-hidden="true">${words.sendKeys}</kbd></button></span></footer></form></div>`;
}
