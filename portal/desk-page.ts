import { countOpen } from "../api/helpdesk/ticket-lists.ts";
import type { AgentActor } from "../api/kernel/actor.ts";
import { prisma } from "../api/kernel/database.ts";
import { logEnd } from "../api/kernel/live/follow.ts";
import { cursorOf, positionOf } from "../api/kernel/log/cursor.ts";
import { desk, page } from "./frame.ts";
import type { Html } from "./html.ts";
import { inboxList } from "./inbox/list.ts";
import { readInbox } from "./inbox/queries.ts";
import { type InboxView, usualView } from "./inbox/view.ts";
import type { Navigation } from "./navigation.ts";
import type { Visit } from "./visit.ts";

/** What a page of the desk shows beside the navigation. */
export type DeskPage = {
  title: string;
  /** Which list stands beside; null: `list`, which is none of the views. */
  view: InboxView | null;
  list?: Html;
  before?: string | null;
  currentId: string | null;
  conversation: Html;
};

/** Answers the whole desk: navigation, a page of the list, and what stands in the conversation's place. */
export async function deskPage(shown: DeskPage, visit: Visit): Promise<string> {
  const { title, view, conversation } = shown;
  const { agent, reader, assets } = visit;
  const [place, list] = await Promise.all([readPlace(agent), shown.list ?? listOf(shown, visit)]);
  const body = desk({ ...place, view, list, conversation }, reader);
  return page({ title: `${title} · ${place.workspaceName}`, reader, assets, body });
}

/** Reads what the navigation of every page shows. */
export async function readPlace(agent: AgentActor): Promise<Omit<Navigation, "view">> {
  const { workspaceId, agentId: id, name, role } = agent;
  const [workspace, counts] = await Promise.all([
    prisma().workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { name: true } }),
    countOpen(agent),
  ]);
  return { workspaceName: workspace.name, agent: { id, name, role }, counts };
}

async function listOf({ view, before = null, currentId }: DeskPage, { agent, reader }: Visit): Promise<Html> {
  return inboxList(await readInbox(agent, { view: view ?? usualView, before, currentId }), reader);
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
