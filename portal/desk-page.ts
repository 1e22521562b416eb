import { prisma } from "../api/kernel/database.ts";
import { logEnd } from "../api/kernel/live/follow.ts";
import { cursorOf, positionOf } from "../api/kernel/log/cursor.ts";
import { desk, page } from "./frame.ts";
import type { Html } from "./html.ts";
import { inboxList } from "./inbox/list.ts";
import { readInbox } from "./inbox/queries.ts";
import type { InboxView } from "./paths.ts";
import type { Visit } from "./visit.ts";

/** What a page of the desk shows beside the navigation. */
export type DeskPage = {
  title: string;
  view: InboxView;
  before?: string | null;
  currentId: string | null;
  conversation: Html;
};

/** Answers the whole desk: navigation, a page of the list, and what stands in the conversation's place. */
export async function deskPage(
  { title, view, before = null, currentId, conversation }: DeskPage,
  visit: Visit,
): Promise<string> {
  const { agent, reader, assets } = visit;
  const [workspace, list] = await Promise.all([
    prisma().workspace.findUniqueOrThrow({ where: { id: agent.workspaceId }, select: { name: true } }),
    readInbox(agent, { view, before, currentId }),
  ]);
  const { agentId: id, name, role } = agent;
  const body = desk(
    { workspaceName: workspace.name, agent: { id, name, role }, view, list: inboxList(list, reader), conversation },
    reader,
  );
  return page({ title: `${title} · ${workspace.name}`, reader, assets, body });
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
