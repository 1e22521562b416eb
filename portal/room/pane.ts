import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { liveStream } from "../frame.ts";
import { actsOf, messageBar } from "../conversation/message-bar.ts";
import { messageDialogs } from "../conversation/message-dialogs.ts";
import { olderButton } from "../conversation/older.ts";
import { threadLines } from "../conversation/pane.ts";
import { readingForm } from "../conversation/reading-form.ts";
import { threadEnd } from "../conversation/signs.ts";
import { maySweep as maySweepIn } from "../../api/chat/message-policy.ts";
import { paths } from "../paths.ts";
import { avatar } from "../person.ts";
import { presenceMark, presenceSaid, statusPlace } from "../presence/mark.ts";
import type { RefusedRelation } from "../task/related.ts";
import type { Visit } from "../visit.ts";
import { aboutPane } from "./about.ts";
import { roomComposer } from "./composer.ts";
import { roomName, wordsOf } from "./link.ts";
import type { OpenRoom } from "./queries.ts";

/** What a page decides; the rest follows from the room. */
export type RoomPaneState = {
  /** For the next message, made anew for each rendering. */
  clientId: string;
  /** The log's cursor, read before the room. */
  cursor: string;
  /** What could not be sent, and why, without JavaScript. */
  refused?: { body: string; sentence: string };
  /** Of a task: what it could not be put beside, and why, without JavaScript. */
  unrelated?: RefusedRelation | undefined;
  /** The thread that is open beside it. */
  beside: Html | null;
};

const FACES = 3;

/** Answers a room and what there is to know of it: the whole right of the page. */
export function roomPane(room: OpenRoom, state: RoomPaneState, visit: Visit): Html {
  const { agent, reader } = visit;
  const { conversationId: id, entries, olderBefore, seq } = room;
  const words = wordsOf(reader);
  const name = roomName(room, agent.agentId);
  const only = onlyOther(room, agent.agentId);
  const maySweep = maySweepIn(agent, { isRoom: true, role: room.role });
  return html`<section class="pane thread room-pane" id="thread" aria-labelledby="thread-title" data-conversation="${id}" data-seq="${seq}" data-kind="${room.kind}" ${maySweep && html`data-sweeps="true"`} ${room.isArchived && html`data-archived="true"`}>
<header class="bar"><a class="ib back" href="${paths.inbox()}" aria-label="${reader.words.backToList}">${icon("chevron-left")}</a><button class="ib menu-button" type="button" popovertarget="nav" aria-label="${reader.words.menu}">${icon("menu")}</button>
<div class="grow"><h1 class="ell" id="thread-title" tabindex="-1">${only && presenceMark(only, room.presents)}<bdi>${name}</bdi>${only && presenceSaid(only, room.presents, reader)}</h1><span class="meta ell about">${only ? statusPlace(only, room.presents, reader) : html`<bdi>${room.topic || room.purpose}</bdi>`}<span class="viewers sr" id="viewers"></span></span></div>
${readingForm(id, seq, reader)}<button class="faces details-button" type="button" popovertarget="details" title="${words.members(room.memberCount)}">${room.members.slice(0, FACES).map(({ agent: one }) => avatar({ id: one.id, kind: "agent", name: one.name }, "xs"))}<span class="meta" aria-hidden="true">${room.memberCount}</span><span class="sr">${words.about}, ${words.members(room.memberCount)}</span></button></header>
${liveStream(state.cursor, { conversation: id }, reader)}
<div class="stream-box"><div class="scroll stream-scroll" tabindex="0" role="region" aria-label="${reader.words.messages}"><div class="stream">
${olderBefore && olderButton(id, olderBefore, reader)}
<p class="beginning" ${olderBefore && html`hidden`}>${room.kind === "direct" ? words.beginningDirect(name) : words.beginning(name)}</p>
<div class="log" role="log"><ol id="messages-${id}" class="messages">${linesWithNew(room, visit)}</ol></div>
${threadEnd({ entries, seen: null }, reader)}</div></div>
<button class="pill" id="to-end" type="button" hidden>${icon("arrow-down", "s")}<span></span></button>${messageBar(reader, actsOf.room)}${messageDialogs(reader)}</div>
${roomComposer(room, state, { agent, reader })}
</section>${aboutPane(room, { agent, reader })}<div id="thread-place">${state.beside}</div>`;
}

/** With whom alone the agent shares direct messages. */
function onlyOther({ kind, people }: OpenRoom, me: string): string | undefined {
  const others = people.filter(({ id }) => id !== me);
  return kind === "direct" && others.length === 1 ? others[0]!.id : undefined;
}

/** Answers the lines of a thread, with one more before the first that the reader has not read. */
export function linesWithNew(
  { entries, readSeq }: Pick<OpenRoom, "entries" | "readSeq">,
  { agent, reader }: Visit,
): Html {
  const first = entries.findIndex(
    (entry) =>
      entry.kind === "message" && !entry.became.isDeleted && entry.seq > readSeq && entry.author.id !== agent.agentId,
  );
  if (first < 0) return html`${threadLines(entries, reader)}`;
  const [before, after] = [entries.slice(0, first), entries.slice(first)];
  return html`${threadLines(before, reader)}<li class="new-line" id="new-line">${wordsOf(reader).newLine}</li>${threadLines(after, reader, before)}`;
}
