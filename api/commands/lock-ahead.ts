import type { Transaction } from "../kernel/database.ts";
import { lockWorkspace } from "../people/lock-workspace.ts";
import { lockProject } from "../tasks/lock-project.ts";
import type { CommandCall } from "./command-line.ts";
import { commandsHere } from "./commands-here.ts";
import type { Giving } from "./giving.ts";

/**
 * Takes what several commands in a task's conversation are going to lock, in the order in which everybody does: the workspace, the
 * project, and the task after it. One by one they would hold the task and wait for the project, which whoever holds it lets
 * go of when they have the task.
 */
export async function lockAhead(tx: Transaction, giving: Giving, calls: readonly CommandCall[]): Promise<void> {
  const { actor, task } = giving;
  if (!task || calls.length < 2) return;
  const here = commandsHere(giving);
  const locks = new Set(calls.map(({ name }) => here.called(name)?.locks));
  if (locks.has("workspace")) await lockWorkspace(tx, actor.workspaceId);
  const lock = locks.has("project") ? "alone" : "shared";
  await lockProject(tx, actor, { projectId: task.project.id, lock });
}
