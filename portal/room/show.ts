import type { Context } from "koa";
import { newId } from "../../api/kernel/id.ts";
import { readPlace, snapshotCursor } from "../desk-page.ts";
import { liveStream, page, roomFrame } from "../frame.ts";
import { classes, type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths, type Shown } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import { type Visit, wantsPart } from "../visit.ts";
import type { RoomPaneState } from "./pane.ts";
import { readShown } from "./shown.ts";
import { type ThreadPane, threadPane } from "../thread/pane.ts";
import { readOpenThread } from "../thread/queries.ts";

/** A room or a task to be shown, with a thread beside it where one is open, and what could not be sent. */
type ShownRoom = {
  id: string;
  refused?: RoomPaneState["refused"] | undefined;
  unrelated?: RoomPaneState["unrelated"];
  rootId?: string;
  refusedReply?: ThreadPane["refused"];
};

/** Answers a room, or a task, by itself, or for htmx the thread beside it alone; without JavaScript it brings a refused message back. */
export async function showRoom(
  ctx: Context,
  visit: Visit,
  { id, refused, unrelated, rootId, refusedReply }: ShownRoom,
): Promise<void> {
  const { agent, reader } = visit;
  const cursor = snapshotCursor();
  const shown = await readShown(visit, id);
  if (!shown) return showRefusal(ctx, visit, "conversation_not_found");
  const { title, isWritable, isTask } = shown;
  const thread = rootId === undefined ? null : await readOpenThread(agent, { conversationId: id, id: rootId });
  if (rootId !== undefined && !thread) return showRefusal(ctx, visit, "thread_not_found");
  const beside =
    thread &&
    threadPane({ ...thread, conversationId: id, isWritable, clientId: newId(), refused: refusedReply }, reader);
  if (beside && wantsPart(ctx)) {
    ctx.type = "html";
    ctx.body = beside.text;
    return;
  }
  const pane = shown.pane({ clientId: newId(), cursor, beside, unrelated, ...(refused && { refused }) });
  await showPane(ctx, visit, { title, pane, currentId: id, isInTasks: isTask });
}

/** Which of the views beside the rooms a page is. */
type Beside = { isInMentions?: boolean; isInReminders?: boolean; isInThreads?: boolean; isInTasks?: boolean };

/** Answers a page beside the rooms, such as the list of channels. */
export async function showBeside(
  ctx: Context,
  visit: Visit,
  {
    title,
    content,
    shown = {},
    cursor = snapshotCursor(),
    isWide,
    ...place
  }: { title: string; content: Html; shown?: Shown; cursor?: string; isWide?: boolean } & Beside,
): Promise<void> {
  const { reader } = visit;
  const pane = html`<section class="pane setting room-page" id="thread" aria-labelledby="page-title">${liveStream(cursor, shown, reader)}
<header class="bar"><a class="ib back" href="${paths.inbox()}" aria-label="${reader.words.backToList}">${icon("chevron-left")}</a><button class="ib menu-button" type="button" popovertarget="nav" aria-label="${reader.words.menu}">${icon("menu")}</button><h1 class="ell grow" id="page-title" tabindex="-1">${title}</h1></header>
<div class="scroll"><div class="${classes("body", isWide && "broad")}">${content}</div></div></section>`;
  await showPane(ctx, visit, { title, pane, currentId: null, ...place });
}

/** Answers a page of which `pane` is the whole right. */
export async function showPane(
  ctx: Context,
  { agent, reader, assets }: Visit,
  { title, pane, currentId, ...beside }: { title: string; pane: Html; currentId: string | null } & Beside,
): Promise<void> {
  const place = await readPlace(agent);
  const body = roomFrame({ ...place, view: null, roomId: currentId, ...beside, pane }, reader);
  ctx.type = "html";
  ctx.body = page({ title: `${title} · ${place.workspaceName}`, reader, assets, body });
}
