import { maySweep as maySweepIn } from "../../api/chat/message-policy.ts";
import { actsOf, messageBar } from "../conversation/message-bar.ts";
import { messageDialogs } from "../conversation/message-dialogs.ts";
import { olderButton } from "../conversation/older.ts";
import { pinnedSection } from "../conversation/pinned.ts";
import { readingForm } from "../conversation/reading-form.ts";
import { threadEnd } from "../conversation/signs.ts";
import { liveStream } from "../frame.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { menuButtons } from "../project/bar.ts";
import { wordsOf as projectWordsOf } from "../project/words.ts";
import { plainComposer } from "../room/composer.ts";
import { wordsOf as roomWordsOf } from "../room/link.ts";
import { linesWithNew, type RoomPaneState } from "../room/pane.ts";
import type { Reader } from "../reader.ts";
import { problemSummary } from "../settings/form.ts";
import type { Visit } from "../visit.ts";
import { taskFields } from "./fields.ts";
import { taskAbout, taskHead } from "./head.ts";
import { mayWorkOn } from "./may.ts";
import type { OpenTask } from "./open-queries.ts";
import { type RefusedRelation, relationId } from "./related.ts";
import { wordsOf } from "./signs.ts";

/** Answers a task: what it is, its history and its talk as one stream, and what is to be known of it. The whole right of the page. */
export function taskPane(task: OpenTask, state: RoomPaneState, visit: Visit): Html {
  const { agent, reader } = visit;
  const { id, card, project, entries, olderBefore, seq } = task;
  const words = wordsOf(reader);
  const isSweeper = maySweepIn(agent, { isRoom: true, role: task.role });
  return html`<section class="pane thread room-pane task-pane" id="thread" aria-labelledby="thread-title" data-conversation="${id}" data-seq="${seq}" data-kind="task" data-task="${id}" ${isSweeper && html`data-sweeps="true"`}>
<header class="bar">${menuButtons(visit)}<nav class="grow" aria-label="${words.tasks}"><div class="crumbs"><a class="ell" href="${paths.board(project.key)}"><bdi>${project.name}</bdi></a>${icon("chevron-right", "s")}<span>${card.key}</span></div></nav><span class="viewers sr" id="viewers"></span>
${readingForm(id, seq, reader)}<button class="ib details-button" type="button" popovertarget="details" aria-label="${words.details}" title="${words.details}">${icon("info")}</button></header>
${liveStream(state.cursor, { conversation: id }, reader)}${taskHead(task, visit)}${notDone(state.unrelated, id, reader)}
<div class="stream-box"><div class="scroll stream-scroll" tabindex="0" role="region" aria-label="${reader.words.messages}"><div class="stream">${taskAbout(task, visit)}
${olderBefore && olderButton(id, olderBefore, reader)}
<p class="beginning" ${olderBefore && html`hidden`}>${words.beginning(card.key)}</p>
<div class="log" role="log"><ol id="messages-${id}" class="messages">${linesWithNew(task, visit)}</ol></div>
${threadEnd({ entries, seen: null }, reader)}</div></div>
<button class="pill" id="to-end" type="button" hidden>${icon("arrow-down", "s")}<span></span></button>${messageBar(reader, actsOf.room)}${messageDialogs(reader)}</div>
${composer(task, state, visit)}
</section><section class="pane side" id="details" popover aria-label="${words.details}"><header class="bar drawer-bar"><h2 class="grow">${words.details}</h2><button class="ib" type="button" popovertarget="details" popovertargetaction="hide" aria-label="${reader.words.closeDetails}">${icon("x")}</button></header>
<div class="scroll">${taskFields(task, visit, state.unrelated)}${pinnedSection(id, task.pinned, reader)}</div></section><div id="thread-place">${state.beside}</div>`;
}

/** Where the side pane is shut, it is known, too. */
function notDone(refused: RefusedRelation | undefined, id: string, reader: Reader): Html | null {
  return refused
    ? problemSummary([{ field: relationId(refused.field, id), sentence: refused.sentence }], reader)
    : null;
}

function composer(task: OpenTask, { clientId, refused }: RoomPaneState, { agent, reader }: Visit): Html {
  const words = wordsOf(reader);
  if (!mayWorkOn(task, agent)) {
    const why = task.project.isArchived ? projectWordsOf(reader).archived : roomWordsOf(reader).viewerComposer;
    return html`<div id="composer-place"><p class="comp-closed">${icon("info")}${why}</p></div>`;
  }
  const { id: conversationId, draft } = task;
  const said = { placeholder: words.commentPlaceholder, verb: words.comment };
  return plainComposer({ conversationId, draft, clientId, refused, ...said }, reader);
}
