import type { ProgressStep, StateGroup, TaskProgress } from "../../prisma/generated/client/client.ts";
import { prisma } from "../kernel/database.ts";

/** What customers see of where a task stands: nothing of its project, its workflow or its people. */
// biome-ignore format: a table, aligned
const STEPS: Record<StateGroup, ProgressStep> = {
  triage:    "received",
  backlog:   "received",
  unstarted: "received",
  started:   "in_progress",
  completed: "done",
  cancelled: "closed",
};

/** The step of a task whose state means this. */
export function stepOf(group: StateGroup): ProgressStep {
  return STEPS[group];
}

/** So many of a conversation are told. */
export const MOST_PROGRESS = 50;

/** How the tasks made from what customers see of these conversations go on, the oldest first, by conversation. */
export async function findProgress(workspaceId: string, ids: string[]): Promise<Map<string, TaskProgress[]>> {
  const rows = await prisma().taskProgress.findMany({
    where: { workspaceId, conversationId: { in: ids } },
    orderBy: { id: "asc" },
  });
  const found = Map.groupBy(rows, ({ conversationId }) => conversationId);
  return new Map([...found].map(([id, all]) => [id, all.slice(-MOST_PROGRESS)]));
}
