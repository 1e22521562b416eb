import type { Context } from "koa";
import { countUnreadMentions } from "../api/chat/mention-queries.ts";
import { countOpen } from "../api/helpdesk/ticket-lists.ts";
import type { AgentActor } from "../api/kernel/actor.ts";
import { prisma } from "../api/kernel/database.ts";
import { logEnd } from "../api/kernel/live/follow.ts";
import { cursorOf, positionOf } from "../api/kernel/log/cursor.ts";
import { countTold } from "../api/reminders/queries.ts";
import { desk, page, titleElement } from "./frame.ts";
import { type Html, html } from "./html.ts";
import { foundList, inboxList } from "./inbox/list.ts";
import { readFound, readInbox } from "./inbox/queries.ts";
import type { Listing } from "./inbox/view.ts";
import type { Navigation } from "./navigation.ts";
import { readRooms } from "./room/queries.ts";
import { readUnreadThreads } from "./thread/line-queries.ts";
import { type Visit, wantedPane } from "./visit.ts";

/** What a page of the desk shows beside the navigation. */
export type DeskPage = {
  title: string;
  listing: Listing;
  /** The row that the list goes on after; absent: from its beginning. */
  before?: string | null;
  currentId: string | null;
  conversation: Html;
};

/** Answers a page of the desk: the pane alone that htmx asks for, else navigation, list, and what stands in the conversation's place. */
export async function showDesk(ctx: Context, visit: Visit, shown: DeskPage): Promise<void> {
  const pane = wantedPane(ctx);
  ctx.type = "html";
  ctx.body = pane === null ? await wholePage(shown, visit) : (await part(shown, pane, visit)).text;
}

async function part(shown: DeskPage, pane: "list" | "conversation", visit: Visit): Promise<Html> {
  const [title, content] = await Promise.all([
    deskTitle(visit.agent.workspaceId, shown.title),
    pane === "list" ? listPane(shown, visit) : shown.conversation,
  ]);
  return html`${titleElement(title)}${content}`;
}

async function wholePage(shown: DeskPage, visit: Visit): Promise<string> {
  const { agent, reader, assets } = visit;
  const { listing, conversation } = shown;
  const [place, list] = await Promise.all([readPlace(agent), listPane(shown, visit)]);
  const view = "asked" in listing ? null : listing;
  const body = desk({ ...place, view, list, conversation }, reader);
  return page({ title: titleIn(place.workspaceName, shown.title), reader, assets, body });
}

/** Answers what the browser's tab says of a page of the desk that is about `title`. */
export async function deskTitle(workspaceId: string, title: string): Promise<string> {
  return titleIn(await readWorkspaceName(workspaceId), title);
}

function titleIn(workspaceName: string, title: string): string {
  return `${title} · ${workspaceName}`;
}

/** Reads what the navigation of every page shows. */
export async function readPlace(agent: AgentActor): Promise<Omit<Navigation, "view">> {
  const { agentId: id, name, role } = agent;
  const [workspaceName, counts, rooms, mentionCount, reminderCount, unreadThreads] = await Promise.all([
    readWorkspaceName(agent.workspaceId),
    countOpen(agent),
    readRooms(agent),
    countUnreadMentions(agent),
    countTold(agent),
    readUnreadThreads(agent),
  ]);
  return { workspaceName, agent: { id, name, role }, counts, rooms, mentionCount, reminderCount, unreadThreads };
}

async function readWorkspaceName(id: string): Promise<string> {
  return (await prisma().workspace.findUniqueOrThrow({ where: { id }, select: { name: true } })).name;
}

async function listPane({ listing, before = null, currentId }: DeskPage, { agent, reader }: Visit): Promise<Html> {
  return "asked" in listing
    ? foundList({ ...listing, ...(await readFound(agent, listing.asked)), currentId }, reader)
    : inboxList(await readInbox(agent, { view: listing, before, currentId }), reader);
}

/**
 * Answers the cursor that live streams go on from; read it before the state that is shown. `shownUpTo` is how far the
 * page beside has come: the earlier of both is answered, so that neither misses anything.
 */
export function snapshotCursor(shownUpTo?: string): string {
  const { logName, position } = logEnd();
  const shown = shownUpTo ? positionOf(logName, shownUpTo) : position;
  return cursorOf(logName, typeof shown === "number" ? Math.min(shown, position) : position);
}
