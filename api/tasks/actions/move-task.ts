import { refuseBody, type BodyRefusal } from "../../chat/message.ts";
import type { Actor } from "../../kernel/actor.ts";
import { done, type Outcome, type Refused, refuse } from "../../kernel/outcome.ts";
import { actOnTask, type TaskAct, type TaskRefusal } from "../act-on-task.ts";
import { findStanding } from "../move-queries.ts";
import { performMove } from "../perform-move.ts";
import { roleInProject } from "../policy.ts";
import { bothNames } from "../state-names.ts";
import { moveOf, type MoveRefusal, refuseMove, stateOf, type WorkflowMove, workflowOf } from "../workflow.ts";

export type MoveTaskInput = {
  taskId: string;
  moveId: string;
  /** What the mover says about it: a message in the task's conversation. */
  comment?: string | undefined;
  /** Under which the comment is sent; without it, under one that nobody else has. */
  clientId?: string | undefined;
  /** Where the mover saw the task. */
  expectedState?: string | undefined;
};

export type MoveTaskRefusal =
  | TaskRefusal
  | BodyRefusal
  | MoveRefusal
  | "task_move_unknown"
  | "task_moved_meanwhile"
  | "task_needs_comment";

/**
 * Makes a move of a task, with its effects, and puts it at the end of its new column: the only writer of a task's state besides
 * a change of the workflow. A task that stands there already stays as it is, and nothing is said or told. Records `task.moved`,
 * what its effects change, and `message.sent` for the comment.
 */
export async function moveTask(
  actor: Actor,
  { taskId, moveId, comment = "", clientId, expectedState }: MoveTaskInput,
): Promise<Outcome<{ taskId: string; isMoved: boolean }, MoveTaskRefusal>> {
  const isSilent = comment.trim() === "";
  const unfit = isSilent ? undefined : refuseBody(comment);
  if (unfit) return { ...unfit, path: ["input", "comment"] };
  let isMoved = false;
  const outcome = await actOnTask<MoveTaskRefusal>(actor, { taskId, lock: "shared" }, async (act) => {
    const move = moveOf(workflowOf(act.project), moveId);
    if (!move) return refuse("task_move_unknown", ["input", "moveId"]);
    // Also for whoever lost the answer and asks again, or wanted what somebody else has just done.
    if (act.task.stateId === move.to) return undefined;
    const standing = await findStanding(act.tx, act.task);
    const refused = refuseNow(act, { move, standing, expectedState });
    if (refused) return refused;
    if (isSilent && move.needs.includes("comment")) return refuse("task_needs_comment", ["input", "comment"]);
    await performMove(act, { move, standing, comment: isSilent ? null : { body: comment, clientId } });
    isMoved = true;
    return undefined;
  });
  return outcome.ok ? done({ taskId, isMoved }) : outcome;
}

type Attempt = {
  move: WorkflowMove;
  standing: Awaited<ReturnType<typeof findStanding>>;
  expectedState: string | undefined;
};

function refuseNow(
  { agent, project, task }: TaskAct,
  { move, standing, expectedState }: Attempt,
): Refused<MoveTaskRefusal> | undefined {
  const names = { state: bothNames(stateOf(workflowOf(project), task.stateId)!) };
  if (expectedState !== undefined && expectedState !== task.stateId)
    return refuse("task_moved_meanwhile", ["input", "expectedState"], names);
  const mover = { agentId: agent.agentId, role: roleInProject(agent, project.role) };
  const refusal = refuseMove(move, standing, mover);
  return refusal && refuse(refusal, ["input", "moveId"], refusal === "task_move_impossible" ? names : undefined);
}
